/** `/api/v2/team`: listing, one team, creating, changing, deleting. What SCIM manages, only SCIM changes. */

import { randomUUID } from "node:crypto";
import type { DatadogTeam } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import { at, readBody, textAt } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { type DatadogApp, needs } from "./caller.ts";
import { findTeam } from "./find.ts";
import { pageOf, sortedBy, teamPaging } from "./paging.ts";
import { recordAccess, teamAsset } from "./record.ts";
import { instant } from "./wire.ts";

/** Reading takes `teams_read`, writing `teams_manage` besides. */
export function addTeams(app: DatadogApp, setting: Setting): void {
  const organization = () => setting.company.datadog;

  app.get("/api/v2/team", needs("teams_read"), (context) => {
    const keyword = context.req.query("filter[keyword]")?.toLowerCase() ?? "";
    const isMine = (team: DatadogTeam) => team.members.some(({ userId }) => userId === context.get("caller").user.id);
    const found = [...organization().teams.values()].filter(
      (team) =>
        `${team.name} ${team.handle}`.toLowerCase().includes(keyword) &&
        (context.req.query("filter[me]") !== "true" || isMine(team)),
    );
    const sorted = sortedBy(found, context.req.query("sort") ?? "name", {
      name: (team) => team.name.toLowerCase(),
      user_count: (team) => team.members.length,
    });
    const page = pageOf(context, sorted);
    return context.json({ data: page.rows.map(toTeam), ...teamPaging(context, page, found.length) });
  });

  app.get("/api/v2/team/:id", needs("teams_read"), (context) =>
    context.json({ data: toTeam(findTeam(organization(), context.req.param("id"))) }),
  );

  app.post("/api/v2/team", needs("teams_read", "teams_manage"), async (context) => {
    const body = await readBody(context);
    const [name, handle] = [textAt(body, "data", "attributes", "name"), textAt(body, "data", "attributes", "handle")];
    if (!name || !handle) throw new VendorError(400, "Team name and handle are required");
    refuseTaken(setting, name, handle);
    const team = createTeam(setting, name, handle, textAt(body, "data", "attributes", "description") ?? null);
    recordAccess(setting, context, "created", teamAsset(team));
    return context.json({ data: toTeam(team) }, 201);
  });

  // `teams_read` is the scope it names; who may edit is a setting of each team, here those who manage teams. 2026-09
  app.patch("/api/v2/team/:id", needs("teams_read", "teams_manage"), async (context) => {
    const team = findTeam(organization(), context.req.param("id"));
    const attributes = at(await readBody(context), "data", "attributes");
    const name = textAt(attributes, "name") ?? team.name;
    const handle = textAt(attributes, "handle") ?? team.handle;
    if (team.managed && (name !== team.name || handle !== team.handle)) throw managedElsewhere(team);
    refuseTaken(setting, name, handle, team);
    Object.assign(team, { name, handle, description: textAt(attributes, "description") ?? team.description });
    team.modifiedAt = setting.now().toISOString();
    recordAccess(setting, context, "modified", teamAsset(team));
    return context.json({ data: toTeam(team) });
  });

  app.delete("/api/v2/team/:id", needs("teams_read", "teams_manage"), (context) => {
    const team = findTeam(organization(), context.req.param("id"));
    organization().teams.delete(team.id);
    for (const mapping of organization().mappings.values())
      if (mapping.teamId === team.id) organization().mappings.delete(mapping.id);
    recordAccess(setting, context, "deleted", teamAsset(team));
    return context.body(null, 204);
  });
}

/** A team without members that nobody manages. */
export function createTeam(
  { company, now }: Setting,
  name: string,
  handle: string,
  description: string | null,
): DatadogTeam {
  const at = now().toISOString();
  const team = {
    id: randomUUID(),
    handle,
    name,
    description,
    managed: false,
    externalId: null,
    createdAt: at,
    modifiedAt: at,
    members: [],
  };
  company.datadog.teams.set(team.id, team);
  return team;
}

/** The answer to writes on a team that SCIM owns. That they are refused is documented, the words are not. 2026-09 */
export function managedElsewhere(team: DatadogTeam): VendorError {
  return new VendorError(403, `Team ${team.handle} is managed by an external identity provider`);
}

/** A team as `/api/v2/team` answers it; who is in it is asked for apart. */
export function toTeam(team: DatadogTeam) {
  const related = (what: string) => ({ links: { related: `/api/v2/team/${team.id}/${what}` } });
  return {
    type: "team",
    id: team.id,
    attributes: {
      name: team.name,
      handle: team.handle,
      summary: null,
      description: team.description,
      avatar: null,
      banner: 6,
      visible_modules: [],
      hidden_modules: [],
      is_managed: team.managed,
      created_at: instant(team.createdAt),
      modified_at: instant(team.modifiedAt),
      user_count: team.members.length,
      link_count: 0,
    },
    relationships: { team_links: related("links"), user_team_permissions: related("permission-settings") },
  };
}

function refuseTaken({ company }: Setting, name: string, handle: string, own?: DatadogTeam): void {
  const others = [...company.datadog.teams.values()].filter((team) => team !== own);
  if (others.some((team) => team.name === name || team.handle === handle))
    throw new VendorError(409, "Team name and handle must be unique");
}
