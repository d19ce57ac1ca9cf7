/** Changes in words, one line each, for steps, progress and journals. */

import type { Change, Named } from "./plan.ts";
import { countOf, foldPeople, joinAnd } from "./words.ts";

/** Members named on one line; the plan holds them all. */
const MOST_MEMBERS = 5;

/** What a change does, in one line: `give ana@acme.com SRE`. */
export function describeChange(change: Change): string {
  if (change.action === "link-team") {
    const verb = change.team.id === "" ? "create team" : "put team";
    return `${verb} ${change.team.name} under SCIM as "${change.displayName}" (${change.externalId})`;
  }
  if (change.action === "set-members") {
    const keeps = change.keeps.length === 0 ? "" : `keep ${countOf(change.keeps.length, "member", "members")}`;
    const adds = people("add", change.grants);
    const parts = [adds, people("remove", change.revokes), keeps].filter((part) => part !== "");
    return `team ${change.team.name}: ${parts.join("; ")}`;
  }
  const gains = joinAnd(change.grants.map(({ name }) => name));
  const losses = joinAnd(change.revokes.map(({ name }) => name));
  const kept = change.after.filter(({ id }) => !change.grants.some((grant) => grant.id === id));
  const keeping = kept.length === 0 ? "" : ` (keeps ${joinAnd(kept.map(({ name }) => name))})`;
  const parts = [gains && `give ${gains}`, losses && `take ${losses}`].filter((part) => part !== "");
  return `${change.account.name}: ${parts.join("; ")}${keeping}`;
}

function people(verb: string, accounts: readonly Named[]): string {
  const names = accounts.map(({ name }) => name);
  return names.length === 0 ? "" : `${verb} ${foldPeople(names, MOST_MEMBERS)}`;
}
