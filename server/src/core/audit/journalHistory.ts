/** What journals of applies tell of who held a role or was in a team at a moment: before and after each write, nothing in between. */

import type { Instant } from "../model/time.ts";
import type { RecordedApply } from "../sync/journal.ts";
import type { Cause, Change, Named } from "../sync/plan.ts";
import { compareText, renderPlace } from "../sync/words.ts";

/** Something an account held at the moment, as far as applies before and after it tell. */
export interface RecordedHolding {
  readonly accountId: string;
  /** As the journal names it. */
  readonly account: string;
  readonly kind: "role" | "team";
  readonly name: string;
  readonly id: string;
  /** The apply before the moment that gave it, or found it there. */
  readonly since?: Instant;
  /** The apply after the moment that still found it there. */
  readonly stillAt?: Instant;
  /** `dd-sre → SRE  access/platform.accessmap.yaml:12`, where the apply before the moment gave it. */
  readonly because?: string;
}

/** A thing that one write tells of: held or not, before it and after it. Undefined where the write does not say. */
interface Sign {
  readonly at: Instant;
  readonly account: Named;
  readonly kind: "role" | "team";
  readonly what: Named;
  readonly before?: boolean;
  readonly after?: boolean;
  readonly because?: Cause;
}

/** Of one organization. What nothing tells of at or before the moment, and only later, has no `since`. */
export function recordedAt(applies: readonly RecordedApply[], moment: Instant): readonly RecordedHolding[] {
  const signs = applies.flatMap(signsOf).sort((a, b) => compareText(a.at, b.at));
  const known = new Map<string, Sign[]>();
  for (const sign of signs) {
    const key = `${sign.account.id} ${sign.kind} ${sign.what.id}`;
    known.set(key, [...(known.get(key) ?? []), sign]);
  }
  return [...known.values()]
    .flatMap((own) => holdingAt(own, moment) ?? [])
    .sort((a, b) => compareText(`${a.account} ${a.name}`, `${b.account} ${b.name}`));
}

function holdingAt(signs: readonly Sign[], moment: Instant): RecordedHolding | undefined {
  const earlier = signs.findLast(({ at, after }) => at <= moment && after !== undefined);
  const later = signs.find(({ at, before }) => at > moment && before !== undefined);
  const [any] = signs;
  // An apply found it gone or took it: what somebody else did after that, before the moment, no journal tells.
  if (!any || (earlier ? earlier.after !== true : later?.before !== true)) return undefined;
  const { account, kind, what } = earlier ?? any;
  return {
    accountId: account.id,
    account: account.name,
    kind,
    name: what.name,
    id: what.id,
    ...(earlier && { since: earlier.at }),
    ...(later?.before === true && { stillAt: later.at }),
    ...(earlier?.because && { because: `${earlier.because.text}${renderPlace(earlier.because)}` }),
  };
}

function signsOf({ start, state }: RecordedApply): readonly Sign[] {
  return [...state.intents].flatMap(([step, change]) => {
    const result = state.outcomes.get(step)?.result;
    // What was not written, or nobody knows, tells what was there before it alone.
    const isDone = result === "done" || result === "already";
    return signsIn(change, start.at).map(({ after, ...sign }) =>
      isDone && after !== undefined ? { ...sign, after } : sign,
    );
  });
}

function signsIn(change: Change, at: Instant): readonly Sign[] {
  switch (change.action) {
    case "set-roles": {
      const { account, before, after, grants } = change;
      const all = new Map([...before, ...after].map((role) => [role.id, role]));
      return [...all.values()].map((what) => ({
        at,
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
        at,
        account: change.account,
        kind: "role",
        what,
        before: false,
        after: true,
        because: what.because,
      }));
    case "set-members": {
      const sign = { at, kind: "team", what: change.team } as const;
      return [
        ...change.grants.map((one) => ({ ...sign, account: one, before: false, after: true, because: one.because })),
        ...change.revokes.map((one) => ({ ...sign, account: one, before: true, after: false })),
        ...change.keeps.map((one) => ({ ...sign, account: one, before: true, after: true })),
      ];
    }
    case "set-active":
      return change.roles.map((what) => ({
        at,
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
