/** Who is in a team and in which teams somebody is; membership of teams that SCIM manages cannot be written here. */

import { createHash } from "node:crypto";
import type { DatadogTeam, TeamMember } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import { at, readBody, textAt } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { isUuid } from "../ids.ts";
import { type DatadogApp, type DatadogContext, forbidden, needs } from "./caller.ts";
import { findTeam, findUser } from "./find.ts";
import { pageOf, sortedBy, teamPaging } from "./paging.ts";
import { recordAccess, teamAsset } from "./record.ts";
import { managedElsewhere } from "./teams.ts";
import { toIncludedUser } from "./wire.ts";

/** Any key that reads teams may write here, unless the team is SCIM's. */
export function addMemberships(app: DatadogApp, setting: Setting): void {
  const organization = () => setting.company.datadog;
  const included = (members: readonly TeamMember[]) =>
    members.flatMap(({ userId }) => organization().users.get(userId) ?? []).map(toIncludedUser);

  app.get("/api/v2/team/:id/memberships", needs("teams_read"), (context) => {
    const team = findTeam(organization(), context.req.param("id"));
    const nameOf = (member: TeamMember) => organization().users.get(member.userId)?.name ?? "";
    const keyword = context.req.query("filter[keyword]")?.toLowerCase() ?? "";
    const found = team.members.filter((member) => nameOf(member).toLowerCase().includes(keyword));
    const sorted = sortedBy(found, context.req.query("sort"), {
      name: nameOf,
      email: (member) => organization().users.get(member.userId)?.email ?? "",
    });
    const page = pageOf(context, sorted);
    const data = page.rows.map((member) => toMembership(team, member));
    return context.json({ data, included: included(page.rows), ...teamPaging(context, page, found.length) });
  });

  app.post("/api/v2/team/:id/memberships", needs("teams_read"), async (context) => {
    const team = writableTeam(context, setting);
    const body = await readBody(context);
    const user = findMemberUser(setting, textAt(body, "data", "relationships", "user", "data", "id") ?? "");
    if (team.members.some(({ userId }) => userId === user.id))
      throw new VendorError(409, `users already present on the team [${user.id}]`, { code: "Conflict" });
    const member = { userId: user.id, admin: readRole(at(body, "data", "attributes", "role")) };
    team.members.push(member);
    record(setting, context, team, `User ${user.handle} was added to team ${team.handle}`);
    return context.json({ data: toMembership(team, member), included: included([member]) });
  });

  app.patch("/api/v2/team/:id/memberships/:user", needs("teams_read"), async (context) => {
    const team = writableTeam(context, setting);
    const member = findMember(setting, team, context.req.param("user"));
    member.admin = readRole(at(await readBody(context), "data", "attributes", "role"));
    return context.json({ data: toMembership(team, member), included: included([member]) });
  });

  app.delete("/api/v2/team/:id/memberships/:user", needs("teams_read"), (context) => {
    const team = writableTeam(context, setting);
    const member = findMember(setting, team, context.req.param("user"));
    team.members = team.members.filter(({ userId }) => userId !== member.userId);
    record(setting, context, team, `User ${member.userId} was removed from team ${team.handle}`);
    return context.body(null, 204);
  });

  // Not paged. 2023-08
  app.get("/api/v2/users/:id/memberships", needs("teams_read"), (context) => {
    const { id } = findUser(organization(), context.req.param("id"));
    const teams = [...organization().teams.values()];
    const data = teams.flatMap((team) =>
      team.members
        .filter(({ userId }) => userId === id)
        .map((member) => ({
          ...toMembership(team, member),
          relationships: { team: { data: { type: "team", id: team.id } }, user: { data: { type: "users", id } } },
        })),
    );
    return context.json({ data });
  });
}

/**
 * `teams_read` is the scope these calls name; besides it takes an administrator of the team or the right to manage teams
 * or people, which keys that may only look do not have. 2026-09
 */
function writableTeam(context: DatadogContext, setting: Setting): DatadogTeam {
  const team = findTeam(setting.company.datadog, context.req.param("id") ?? "");
  const { rights, user, key } = context.get("caller");
  const isTeamAdmin = key.scopes === null && team.members.some(({ userId, admin }) => admin && userId === user.id);
  if (!isTeamAdmin && !rights.has("teams_manage") && !rights.has("user_access_manage")) throw forbidden();
  if (team.managed) throw managedElsewhere(team);
  return team;
}

function findMemberUser(setting: Setting, id: string) {
  if (!isUuid(id)) throw new VendorError(404, `${id} is not a valid UUID not found`);
  const user = setting.company.datadog.users.get(id);
  if (!user) throw new VendorError(404, `User for ID ${id} not found`);
  return user;
}

function findMember(setting: Setting, team: DatadogTeam, id: string): TeamMember {
  const user = findMemberUser(setting, id);
  const member = team.members.find(({ userId }) => userId === user.id);
  if (!member) throw new VendorError(404, `User ${id} is not a member of Team ${team.id} not found`);
  return member;
}

/** `admin` or nothing; any other word is refused with a Python dictionary in a string. 2026-02 */
function readRole(role: unknown): boolean {
  if (role === "admin") return true;
  if (role === undefined || role === null) return false;
  throw new VendorError(
    400,
    "{'errors': [{'detail': 'Not a valid choice.', 'source': {'pointer': '/data/attributes/role'}}]}",
  );
}

function toMembership(team: DatadogTeam, { userId, admin, fromSaml = false }: TeamMember) {
  const number = createHash("sha256").update(`${team.id} ${userId}`).digest().readUInt32LE(0);
  return {
    type: "team_memberships",
    id: `TeamMembership-${team.id}-${number}`,
    attributes: {
      role: admin ? "admin" : null,
      provisioned_by: fromSaml ? "saml_mapping" : null,
      provisioned_by_id: null,
    },
    relationships: { user: { data: { type: "users", id: userId } } },
  };
}

function record(setting: Setting, context: DatadogContext, team: DatadogTeam, message: string): void {
  team.modifiedAt = setting.now().toISOString();
  recordAccess(setting, context, "modified", teamAsset(team), message);
}
