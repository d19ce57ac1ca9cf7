/** What a dry run found, on the lines of the files that cause it: what guards refuse, and what is held back. */

import type { Severity } from "../model/problem.ts";
import type { OrganizationConfig } from "../model/project.ts";
import type { Place } from "../model/text.ts";
import { quoted } from "../sync/guards/waivers.ts";
import type { Cause, Change, Plan, Refusal } from "../sync/plan.ts";
import { describeChange } from "../sync/render/describeChange.ts";

export interface PlanNote {
  readonly place: Place;
  readonly severity: Severity;
  /** Id of the guard, or `held-back`. */
  readonly code: string;
  readonly message: string;
}

/** Lines on which one refusal is told. Who would lose all of a thousand lines learns nothing from the last of them. */
const MOST_LINES = 50;

/** A refusal that no line of a mapping file causes stands at the organization in accessmap.yaml. */
export function planNotes(plan: Plan, projectFile: string, organization: OrganizationConfig): readonly PlanNote[] {
  const home: Place = { file: projectFile, span: organization.span };
  return [...plan.refusals.flatMap((refusal) => refusalNotes(plan, refusal, home)), ...heldNotes(plan)];
}

function refusalNotes(plan: Plan, refusal: Refusal, home: Place): readonly PlanNote[] {
  const { guard, message, waiver } = refusal;
  const lift =
    waiver === undefined ? "This guard cannot be lifted" : `Lift it with \`accessmap apply --allow ${quoted(waiver)}\``;
  const places = placesOf(causesOf(plan, refusal));
  return (places.length === 0 ? [home] : places.slice(0, MOST_LINES)).map((place) => ({
    place,
    severity: "error",
    code: guard,
    message: `Sync would be refused: ${message}. ${lift}`,
  }));
}

function heldNotes({ heldBack }: Plan): readonly PlanNote[] {
  return heldBack.flatMap(({ what, why, place }): PlanNote[] =>
    place ? [{ place, severity: "info", code: "held-back", message: `Held back: ${what}: ${why}` }] : [],
  );
}

/** Why the changes that a guard looks at are there. */
function causesOf({ changes }: Plan, { guard, object, message }: Refusal): readonly Cause[] {
  const [kind, name] = splitObject(object);
  switch (guard) {
    case "lock/mass-grant":
      return changes.flatMap((change) =>
        grantsIn(change).flatMap((given) => (given.name === name ? given.because : [])),
      );
    case "lock/mass-removal":
    case "lock/emptied":
      return changes.flatMap((change) =>
        revokesIn(change).flatMap((taken) =>
          kind === "total" || (taken.kind === kind && taken.name === name) ? taken.because : [],
        ),
      );
    case "plat/managed-team":
      return changes.flatMap((change) =>
        change.action === "set-members" && change.team.name === name
          ? [...change.grants, ...change.revokes].map(({ because }) => because)
          : [],
      );
    case "lock/incomplete-read":
    case "lock/empty-role-set":
      // The guard says what it is about in the words of the step.
      return changes.flatMap((change) =>
        message.startsWith(`${describeChange(change)}: `) ? revokesIn(change).map(({ because }) => because) : [],
      );
    default:
      return [];
  }
}

/** `role=SRE` is a kind and a name, `total` a kind alone. */
function splitObject(object = ""): readonly [kind: string, name: string] {
  const at = object.indexOf("=");
  return at < 0 ? [object, ""] : [object.slice(0, at), object.slice(at + 1)];
}

interface Movement {
  readonly kind: "role" | "team";
  readonly name: string;
  readonly because: Cause;
}

function grantsIn(change: Change): readonly Movement[] {
  switch (change.action) {
    case "set-roles":
      return change.grants.map(({ name, because }) => ({ kind: "role", name, because }));
    case "create-user":
      return change.roles.map(({ name, because }) => ({ kind: "role", name, because }));
    case "set-active":
      return change.active ? change.roles.map(({ name }) => ({ kind: "role", name, because: change.because })) : [];
    case "create-mapping":
      return [{ kind: change.mapping.gives.kind, name: change.mapping.gives.name, because: change.because }];
    case "update-mapping":
      return [{ kind: change.after.gives.kind, name: change.after.gives.name, because: change.because }];
    default:
      return [];
  }
}

function revokesIn(change: Change): readonly Movement[] {
  switch (change.action) {
    case "set-roles":
      return change.revokes.map(({ name, because }) => ({ kind: "role", name, because }));
    case "set-members":
      return change.revokes.map(({ because }) => ({ kind: "team", name: change.team.name, because }));
    case "set-active":
      return change.active ? [] : change.roles.map(({ name }) => ({ kind: "role", name, because: change.because }));
    case "update-mapping":
      return [{ kind: change.before.gives.kind, name: change.before.gives.name, because: change.because }];
    case "delete-mapping":
      return [{ kind: change.mapping.gives.kind, name: change.mapping.gives.name, because: change.because }];
    default:
      return [];
  }
}

/** Each place once, in the order of files and lines. */
function placesOf(causes: readonly Cause[]): readonly Place[] {
  const places = new Map<string, Place>();
  for (const { place } of causes) if (place) places.set(`${place.file} ${place.span.start}`, place);
  return [...places.values()].sort((a, b) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start,
  );
}
