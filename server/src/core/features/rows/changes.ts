/** Rows of a plan: what a push would change for people, what stands in its way, and its steps. */

import { countOf } from "../../analysis/words.ts";
import { isEmpty, openRefusals } from "../../sync/makePlan.ts";
import type { AccessDiff, Cause, Change, HeldBack, Plan, Refusal } from "../../sync/plan.ts";
import { describeChange } from "../../sync/render/describeChange.ts";
import { foldPeople } from "../../sync/render/words.ts";
import { privilegesIn } from "../support/privileges.ts";
import { type Level, levelOf, note, type Row, type RowPlace } from "./row.ts";

/** What the section says behind its name: `31 gain · 4 lose · 1 guard in the way`. */
export function describePending(plan: Plan): string {
  if (isEmpty(plan)) return "nothing";
  const sum = (is: (diff: AccessDiff) => boolean) =>
    plan.access.reduce((all, diff) => all + (is(diff) ? diff.accounts.length : 0), 0);
  const gaining = sum(({ rolesGained, teamsGained }) => rolesGained.length + teamsGained.length > 0);
  const losing = sum(({ rolesLost, teamsLost }) => rolesLost.length + teamsLost.length > 0);
  const refusals = openRefusals(plan, []).length;
  return [
    ...(gaining > 0 ? [`${gaining} gain`] : []),
    ...(losing > 0 ? [`${losing} lose`] : []),
    ...(gaining + losing === 0 ? [countOf(plan.changes.length, "step")] : []),
    ...(refusals > 0 ? [`${countOf(refusals, "guard")} in the way`] : []),
  ].join(" · ");
}

/** Whom a plan changes, below what stands in its way. */
export function changesLevel(plan: Plan, filter: string): Level {
  const access = levelOf(plan.access, textOfAccess, accessRow, filter);
  const refusals = openRefusals(plan, []).map(refusalRow);
  const held = plan.heldBack.map(heldRow);
  const steps: readonly Row[] = isEmpty(plan)
    ? []
    : [{ key: "steps", kind: "steps", label: "Steps", detail: String(plan.changes.length), opens: true }];
  const nothing = isEmpty(plan) ? [note("nothing", "Nothing to push")] : [];
  return { rows: [...nothing, ...refusals, ...steps, ...access.rows, ...held], hidden: access.hidden };
}

/** The steps of a plan in their order. */
export function stepsLevel(plan: Plan, filter: string): Level {
  const numbered = plan.changes.map((change, index) => ({ change, index }));
  return levelOf(
    numbered,
    ({ change }) => describeChange(change),
    ({ change, index }): Row => ({
      key: String(index),
      kind: "step",
      label: describeChange(change),
      ...placeIn(causeOf(change)),
    }),
    filter,
  );
}

function textOfAccess({ accounts, ...diff }: AccessDiff): string {
  return `${accounts.map(({ name }) => name).join(" ")} ${describeAccess({ accounts, ...diff })}`;
}

function accessRow(diff: AccessDiff): Row {
  const { accounts, gains, losses } = diff;
  const privileged = privilegesIn(gains.map(({ sensitivity }) => sensitivity));
  const because = [...diff.rolesGained, ...diff.rolesLost, ...diff.teamsGained, ...diff.teamsLost][0]?.because;
  const handles = accounts.map(({ name }) => name);
  return {
    key: `access ${handles[0]} ${handles.length}`,
    kind: "access",
    label: foldPeople(handles),
    detail: [describeAccess(diff), ...(privileged ? [`gains ${privileged}`] : [])].join(" · "),
    tooltip: [
      ...handles.slice(0, MOST_NAMES),
      ...gains.slice(0, MOST_NAMES).map(({ permission, sensitivity }) => `gains ${permission} (${sensitivity})`),
      ...losses.slice(0, MOST_NAMES).map(({ permission, sensitivity }) => `loses ${permission} (${sensitivity})`),
    ].join("\n"),
    ...(privileged ? { tone: "warning" } : {}),
    ...(handles.length === 1 && handles[0] !== undefined ? { name: handles[0] } : {}),
    ...placeIn(because),
  };
}

const MOST_NAMES = 12;

/** `+SRE −Admin +team sre`. */
function describeAccess({ state, rolesGained, rolesLost, teamsGained, teamsLost }: AccessDiff): string {
  const states = { created: "new account", off: "switched off", on: "switched on" };
  return [
    ...(state === undefined ? [] : [states[state]]),
    ...rolesGained.map(({ role }) => `+${role}`),
    ...rolesLost.map(({ role }) => `−${role}`),
    ...teamsGained.map(({ team }) => `+team ${team}`),
    ...teamsLost.map(({ team }) => `−team ${team}`),
  ].join(" ");
}

function refusalRow({ guard, object, message }: Refusal): Row {
  return {
    key: `refusal ${guard} ${object ?? ""}`,
    kind: "refusal",
    label: message,
    detail: guard,
    tooltip: message,
    tone: "error",
  };
}

function heldRow({ what, why, people, ...cause }: HeldBack, index: number): Row {
  return {
    key: `held ${index}`,
    kind: "held",
    label: what,
    detail: "held back",
    tooltip: [why, ...(people.length > 0 ? [countOf(people.length, "person", "people")] : [])].join("\n"),
    tone: "info",
    ...placeIn(cause),
  };
}

function causeOf(change: Change): Pick<Cause, "place" | "line"> | undefined {
  if ("because" in change) return change.because;
  return [...change.grants, ...change.revokes][0]?.because;
}

/** Lines are those of the files as they were when the plan was made. */
function placeIn(cause: Pick<Cause, "place" | "line"> | undefined): { readonly place?: RowPlace } {
  if (!cause?.place) return {};
  return { place: { file: cause.place.file, line: (cause.line ?? 1) - 1, column: 0 } };
}
