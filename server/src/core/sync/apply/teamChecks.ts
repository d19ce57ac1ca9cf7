/** Looks whether the teams of a plan are still those that it names: they are written to by id, and linked by handle. */

import { handleOf } from "../../analysis/resolve.ts";
import type { Change, Named, Plan } from "../plan.ts";
import { openChanges, type Progress } from "./progress.ts";
import type { ApplyContext } from "./types.ts";

/** Why not, or nothing. One listing answers for all teams; a plan without any asks for none. */
export async function checkTeams(
  plan: Plan,
  progress: Progress,
  { writer, signal }: Pick<ApplyContext, "writer" | "signal">,
): Promise<readonly string[]> {
  const teams = new Map(
    openChanges(plan, progress)
      .filter((change) => !isMade(change, progress))
      .flatMap(teamOf)
      .map((team) => [`${team.id} ${team.name}`, team]),
  );
  if (teams.size === 0) return [];
  const read = await writer.readTeams({ signal });
  if (!read.ok) return [`teams could not be read again: ${read.why.message}`];
  const byId = new Map(read.value.map(({ id, handle }) => [id, handle]));
  // Whose a team is that SCIM manages, its mark tells; ours was linked as this plan would.
  const unlinked = new Set(read.value.filter(({ managed }) => !managed).map(({ handle }) => handleOf(handle)));
  return [...teams.values()].flatMap(({ id, name }) => {
    const handle = byId.get(id);
    if (id === "") return unlinked.has(handleOf(name)) ? [`team ${name} was made since the plan was made`] : [];
    if (handle === undefined) return [`team ${name} does not exist any more`];
    return handle === name ? [] : [`team ${name} is called ${handle} since the plan was made`];
  });
}

/** A link that an interrupted run had begun may have made its team. */
function isMade(change: Change, { begun }: Progress): boolean {
  return change.action === "link-team" && begun.has(change);
}

/** What is deleted needs no team; members of a team that the plan makes are in the team that its link makes. */
function teamOf(change: Change): readonly Named[] {
  switch (change.action) {
    case "link-team":
      return [change.team];
    case "set-members":
      return change.team.id === "" ? [] : [change.team];
    case "create-mapping":
      return change.mapping.gives.kind === "team" ? [change.mapping.gives] : [];
    case "update-mapping":
      return change.after.gives.kind === "team" ? [change.after.gives] : [];
    default:
      return [];
  }
}
