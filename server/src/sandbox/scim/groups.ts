/** SCIM Groups: managed teams. Creating one links the team whose handle is the same; deleting one leaves the team, emptied. */

import type { AuditEvent, DatadogTeam, TeamMember } from "../company.ts";
import type { DatadogApp, DatadogContext } from "../datadog/caller.ts";
import { recordAccess, teamAsset } from "../datadog/record.ts";
import { createTeam } from "../datadog/teams.ts";
import type { Setting } from "../http/frame.ts";
import { readBody, textAt } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { patchGroup, readMembers } from "./groupPatch.ts";
import { handleOf, teamName } from "./handle.ts";
import { equalities, listOf, unsupported } from "./list.ts";
import { readOperations } from "./patch.ts";
import { toGroup } from "./wire.ts";

const PATH = "/api/v2/scim/Groups";

/** Only managed teams are groups here; the others are not there to SCIM. */
export function addGroups(app: DatadogApp, setting: Setting): void {
  const answer = (context: DatadogContext, team: DatadogTeam) =>
    toGroup(team, setting.company.datadog, new URL(context.req.url).origin);
  const managed = () => [...setting.company.datadog.teams.values()].filter((team) => team.managed);

  app.get(PATH, (context) => {
    const filter = context.req.query("filter");
    const found = filter ? managed().filter(byFilter(filter)) : managed();
    return context.json(
      listOf(
        context,
        found.map((team) => answer(context, team)),
      ),
    );
  });

  app.get(`${PATH}/:id`, (context) => context.json(answer(context, find(setting, context.req.param("id")))));

  app.post(PATH, async (context) => {
    const body = await readBody(context);
    const displayName = readName(body);
    const name = teamName(displayName);
    const handle = handleOf(displayName);
    const existing = [...setting.company.datadog.teams.values()].find((team) => team.handle === handle);
    if (existing?.managed) throw new VendorError(409, `A group with the name ${displayName} already exists`);
    const members = readMembers(setting, body?.members ?? []);
    const team = existing ?? createTeam(setting, name, handle, null);
    // 2026-09: whether members that SCIM does not know are removed when a team is linked, or with the next change, is not
    // documented. Here the list that was sent is the membership from the first moment, the harsher reading.
    link(team, textAt(body, "externalId") ?? null, members);
    record(setting, context, "created", team);
    return context.json(answer(context, team), 201);
  });

  app.put(`${PATH}/:id`, async (context) => {
    const team = find(setting, context.req.param("id"));
    const body = await readBody(context);
    const name = teamName(readName(body));
    if ([...setting.company.datadog.teams.values()].some((other) => other !== team && other.name === name))
      throw new VendorError(409, `A group with the name ${name} already exists`);
    link(team, textAt(body, "externalId") ?? team.externalId, readMembers(setting, body?.members ?? []));
    team.name = name;
    record(setting, context, "modified", team);
    return context.json(answer(context, team));
  });

  app.patch(`${PATH}/:id`, async (context) => {
    const team = find(setting, context.req.param("id"));
    const operations = readOperations(await readBody(context), ["add", "replace", "remove"]);
    // RFC 7644, 3.5.2: all or nothing, so a copy is changed first.
    Object.assign(team, patchGroup(setting, team, operations));
    record(setting, context, "modified", team);
    return context.json(answer(context, team));
  });

  app.delete(`${PATH}/:id`, (context) => {
    const team = find(setting, context.req.param("id"));
    Object.assign(team, { managed: false, externalId: null, members: [] });
    record(setting, context, "deleted", team);
    return context.body(null, 204);
  });
}

function link(team: DatadogTeam, externalId: string | null, members: TeamMember[]): void {
  Object.assign(team, { managed: true, externalId, members });
}

function readName(body: Record<string, unknown> | undefined): string {
  const name = textAt(body, "displayName");
  if (!name) throw new VendorError(400, "displayName is required");
  return name;
}

/** `displayName eq`, `externalId eq`, and the membership probe `id eq … and members eq …` in either order. 2026-08 */
function byFilter(filter: string): (team: DatadogTeam) => boolean {
  const wanted = equalities(filter);
  const [displayName, externalId, id, member] = ["displayName", "externalId", "id", "members"].map((key) =>
    wanted.get(key),
  );
  if (wanted.size === 1 && displayName !== undefined)
    return (team) => team.name.toLowerCase() === displayName.toLowerCase();
  if (wanted.size === 1 && externalId !== undefined) return (team) => team.externalId === externalId;
  if (wanted.size === 2 && id !== undefined && member !== undefined)
    return (team) => team.id === id && team.members.some(({ userId }) => userId === member);
  throw unsupported();
}

function find({ company }: Setting, id: string): DatadogTeam {
  const team = company.datadog.teams.get(id);
  if (!team?.managed) throw new VendorError(404, `Group ${id} not found`);
  return team;
}

function record(setting: Setting, context: DatadogContext, action: AuditEvent["action"], team: DatadogTeam): void {
  team.modifiedAt = setting.now().toISOString();
  const message = `Managed team ${team.handle} was ${action} through SCIM`;
  recordAccess(setting, context, action, teamAsset(team), message);
}
