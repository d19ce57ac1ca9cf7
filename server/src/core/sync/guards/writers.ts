/** Guards against writing to the wrong place, beside somebody else, or more than fits. */

import { itemsOf } from "../../model/knowledge.ts";
import { renderInstant } from "../../model/time.ts";
import { wrongTarget } from "../desire/requirements.ts";
import type { JournalState } from "../journal/journal.ts";
import type { Guarded, Objection } from "./guards.ts";

/** `plat/wrong-organization`: the identity in use, or the site read, is not what the files name. Never lifted. */
export function wrongOrganization({ desired: { organization, target }, actor }: Guarded): readonly Objection[] {
  const message = wrongTarget(organization, target, actor);
  return message === undefined ? [] : [{ message, isFinal: true }];
}

/** Whose a team is, is looked at once more before the first write. */
export const MANAGED_TEAM = "plat/managed-team";

/**
 * `plat/managed-team`: SCIM owns the team already, and the lock does not say that it was this project that linked it. Where
 * a journal of this folder does, that is told; the lock alone counts, since it is what everybody plans with.
 */
export function managedTeam({ desired, changes, applies = [] }: Guarded): readonly Objection[] {
  const pins = desired.snapshot.lock.organizations.get(desired.organization.name)?.teams;
  return changes.flatMap((change): Objection[] => {
    if (change.action !== "set-members") return [];
    const { name, id } = change.team;
    if (!itemsOf(desired.target.teams).get(id)?.managed || pins?.has(name)) return [];
    const linked = applies.find(({ state }) => hasLinked(state, name));
    const message = linked
      ? `the apply of ${renderInstant(linked.start.at, desired.snapshot.now)} put team ${name} under SCIM, and accessmap.lock does not record it yet; run \`accessmap lock\``
      : `team ${name} is managed through SCIM and accessmap.lock does not record it, so another tool may own it; if it is yours, run \`accessmap lock\``;
    return [{ object: ofTeam(name), message }];
  });
}

/** How a refusal and its waiver name a team. */
export function ofTeam(handle: string): string {
  return `team=${handle}`;
}

function hasLinked({ intents, outcomes }: JournalState, team: string): boolean {
  return [...intents].some(
    ([step, change]) =>
      change.action === "link-team" && change.team.name === team && outcomes.get(step)?.result === "done",
  );
}

/** 2026-09: each kind by itself. https://docs.datadoghq.com/account_management/authn_mapping/ */
const MOST_MAPPINGS = 1000;

/** `plat/mapping-limit`: more AuthN mappings than an organization can have. Never lifted: Datadog refuses the rest. */
export function mappingLimit({ desired: { target }, changes }: Guarded): readonly Objection[] {
  return (["role", "team"] as const).flatMap((kind): Objection[] => {
    const live = [...itemsOf(target.mappings).values()].filter(({ grants }) => `${kind}Id` in grants).length;
    const added = changes.filter((change) => change.action === "create-mapping" && change.mapping.gives.kind === kind);
    // Deletes come last, so there must be room for all that is created before them.
    if (added.length === 0 || live + added.length <= MOST_MAPPINGS) return [];
    const message = `${live} mappings of ${kind}s and ${added.length} new ones are more than the ${MOST_MAPPINGS} that an organization can have`;
    return [{ message, isFinal: true }];
  });
}
