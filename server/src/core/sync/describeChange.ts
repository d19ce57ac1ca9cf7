/** Changes in words, one line each, for steps, progress and journals. */

import type { Change } from "./plan.ts";
import { countOf, joinAnd } from "./words.ts";

/** What a change does, in one line: `give ana@acme.com SRE`. */
export function describeChange(change: Change): string {
  if (change.action === "link-team") {
    const verb = change.team.id === "" ? "create team" : "put team";
    return `${verb} ${change.team.name} under SCIM as "${change.displayName}" (${change.externalId})`;
  }
  const gains = joinAnd(change.grants.map(({ name }) => name));
  const losses = joinAnd(change.revokes.map(({ name }) => name));
  if (change.action === "set-members") {
    const keeps = change.keeps.length === 0 ? "" : `keep ${countOf(change.keeps.length, "member", "members")}`;
    const parts = [gains && `add ${gains}`, losses && `remove ${losses}`, keeps].filter((part) => part !== "");
    return `team ${change.team.name}: ${parts.join("; ")}`;
  }
  const kept = change.after.filter(({ id }) => !change.grants.some((grant) => grant.id === id));
  const keeping = kept.length === 0 ? "" : ` (keeps ${joinAnd(kept.map(({ name }) => name))})`;
  const parts = [gains && `give ${gains}`, losses && `take ${losses}`].filter((part) => part !== "");
  return `${change.account.name}: ${parts.join("; ")}${keeping}`;
}
