/** Changes in words, one line each, for steps, progress and journals. */

import { countOf } from "../../analysis/words.ts";
import type { Change, MappingContent, Named, SetRoles, SetTeamMembers } from "../plan.ts";
import { foldPeople, joinAnd } from "./words.ts";

/** Members named on one line; the plan holds them all. */
const MOST_MEMBERS = 5;

/** What a change does, in one line: `give ana@acme.com SRE`. */
export function describeChange(change: Change): string {
  switch (change.action) {
    case "set-roles":
      return describeRoles(change);
    case "set-members":
      return describeMembers(change);
    case "link-team": {
      const verb = change.team.id === "" ? "create team" : "put team";
      return `${verb} ${change.team.name} under SCIM as "${change.displayName}" (${change.externalId})`;
    }
    case "create-user":
      return `create account ${change.account.name} with ${joinAnd(change.roles.map(({ name }) => name))}`;
    case "set-active":
      return `switch account ${change.account.name} ${change.active ? "on" : "off"}`;
    case "create-mapping":
      return `create mapping ${describeMapping(change.mapping)}`;
    case "update-mapping":
      return `change mapping ${describeMapping(change.before)} to ${describeMapping(change.after)}`;
    case "delete-mapping":
      return `delete mapping ${describeMapping(change.mapping)}`;
  }
}

/** `memberOf=dd-sre → SRE`, `memberOf=dd-sre → team sre`. */
export function describeMapping({ key, value, gives }: MappingContent): string {
  return `${key}=${value} → ${gives.kind === "team" ? "team " : ""}${gives.name}`;
}

function describeMembers(change: SetTeamMembers): string {
  const keeps = change.keeps.length === 0 ? "" : `keep ${countOf(change.keeps.length, "member")}`;
  const parts = [people("add", change.grants), people("remove", change.revokes), keeps].filter((part) => part !== "");
  return `team ${change.team.name}: ${parts.join("; ")}`;
}

function describeRoles(change: SetRoles): string {
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
