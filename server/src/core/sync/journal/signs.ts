/** Journals as signs: what each write of an apply tells of who held a role or was in a team, before it and after it. */

import type { Instant } from "../../model/time.ts";
import type { Cause, Change, Named } from "../plan.ts";
import { isThere, type RecordedApply, type StepResult } from "./journal.ts";

/** A thing that one write tells of: held or not, before it and after it. Undefined where the write does not say. */
export interface Sign {
  /** When the apply began. */
  readonly at: Instant;
  /** When its journal had its last line: what was read before that tells nothing of it. */
  readonly until: Instant;
  readonly account: Named;
  readonly kind: "role" | "team";
  /** Teams by their id, with the handle as name. */
  readonly what: Named;
  readonly before?: boolean;
  readonly after?: boolean;
  readonly because?: Cause;
  readonly action: Change["action"];
  /** Undefined for a step without an outcome: nobody knows whether it was written. */
  readonly result: StepResult | undefined;
}

/** Of all applies, in their order, and of each in the order of its steps. What was not written, or nobody knows, has no `after`. */
export function signsOf(applies: readonly RecordedApply[]): readonly Sign[] {
  return applies.flatMap(({ start, state }) =>
    [...state.intents].flatMap(([step, change]) => {
      const end = state.outcomes.get(step);
      const isDone = isThere(end);
      const known = { at: start.at, until: state.lastAt, action: change.action, result: end?.result };
      return tellings(change).map(
        ({ after, ...sign }): Sign => ({ ...sign, ...known, ...(isDone && after !== undefined && { after }) }),
      );
    }),
  );
}

type Telling = Pick<Sign, "account" | "kind" | "what" | "before" | "after" | "because">;

function tellings(change: Change): readonly Telling[] {
  switch (change.action) {
    case "set-roles": {
      const { account, before, after, grants } = change;
      const all = new Map([...before, ...after].map((role) => [role.id, role]));
      return [...all.values()].map((what) => ({
        account,
        kind: "role",
        what,
        before: has(before, what),
        after: has(after, what),
        ...reason(grants.find(({ id }) => id === what.id)?.because),
      }));
    }
    case "create-user":
      return change.roles.map((what) => ({
        account: change.account,
        kind: "role",
        what,
        before: false,
        after: true,
        because: what.because,
      }));
    case "set-members": {
      const sign = { kind: "team", what: change.team } as const;
      return [
        ...change.grants.map((one) => ({ ...sign, account: one, before: false, after: true, because: one.because })),
        ...change.revokes.map((one) => ({ ...sign, account: one, before: true, after: false })),
        ...change.keeps.map((one) => ({ ...sign, account: one, before: true, after: true })),
      ];
    }
    case "set-active":
      return change.roles.map((what) => ({
        account: change.account,
        kind: "role",
        what,
        before: !change.active,
        after: change.active,
      }));
    default:
      return [];
  }
}

function has(list: readonly Named[], { id }: Named): boolean {
  return list.some((one) => one.id === id);
}

function reason(because: Cause | undefined): { readonly because?: Cause } {
  return because ? { because } : {};
}
