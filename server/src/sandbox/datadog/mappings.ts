/** `/api/v2/authn_mappings`: what a SAML login gives. Without `resource_type` the list holds role mappings alone. */

import { randomUUID } from "node:crypto";
import type { AuthnMapping } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import { at, readBody, textAt } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { datadogId } from "../ids.ts";
import { type DatadogApp, needs } from "./caller.ts";
import { findRole, findTeam } from "./find.ts";
import { pageOf, sortedBy } from "./paging.ts";
import { type Asset, recordAccess } from "./record.ts";
import { toTeam } from "./teams.ts";
import { instant, toRole } from "./wire.ts";

/** 2026-09: per organization, for role mappings and for team mappings. */
const MOST = 1000;

/** Reading takes `user_access_read`, writing `user_access_manage`. */
export function addMappings(app: DatadogApp, setting: Setting): void {
  const organization = () => setting.company.datadog;

  app.get("/api/v2/authn_mappings", needs("user_access_read"), (context) => {
    const isTeams = context.req.query("resource_type") === "team";
    const all = [...organization().mappings.values()].filter((mapping) => (mapping.teamId !== null) === isTeams);
    const text = context.req.query("filter")?.toLowerCase() ?? "";
    const found = all.filter((mapping) =>
      `${mapping.key} ${mapping.value} ${roleName(setting, mapping)}`.toLowerCase().includes(text),
    );
    const sorted = sortedBy(found, context.req.query("sort"), {
      created_at: (mapping) => mapping.createdAt,
      role_id: (mapping) => mapping.roleId ?? "",
      "role.name": (mapping) => roleName(setting, mapping),
      saml_assertion_attribute_id: (mapping) => assertionId(mapping),
      "saml_assertion_attribute.attribute_key": (mapping) => mapping.key,
      "saml_assertion_attribute.attribute_value": (mapping) => mapping.value,
    });
    const { rows } = pageOf(context, sorted);
    const meta = { page: { total_count: all.length, total_filtered_count: found.length } };
    return context.json({ meta, data: rows.map(toMapping), included: included(setting, rows) });
  });

  app.get("/api/v2/authn_mappings/:id", needs("user_access_read"), (context) =>
    context.json(answer(setting, find(setting, context.req.param("id")))),
  );

  // 2026-09: no conflict is documented for a mapping that exists already, so duplicates are accepted.
  app.post("/api/v2/authn_mappings", needs("user_access_manage"), async (context) => {
    const body = await readBody(context);
    const attributes = at(body, "data", "attributes");
    const [key, value] = [textAt(attributes, "attribute_key"), textAt(attributes, "attribute_value")];
    const given = readGiven(setting, body);
    if (!key || !value || !given)
      throw new VendorError(400, "Attribute key, attribute value and one role or team are required");
    const kin = [...organization().mappings.values()].filter(
      ({ teamId }) => (teamId === null) === (given.teamId === null),
    );
    if (kin.length >= MOST)
      throw new VendorError(400, `An organization can have at most ${MOST} mappings of this kind`);
    const created = setting.now().toISOString();
    const mapping = { id: randomUUID(), key, value, ...given, createdAt: created, modifiedAt: created };
    organization().mappings.set(mapping.id, mapping);
    recordAccess(setting, context, "created", assetOf(mapping));
    return context.json(answer(setting, mapping));
  });

  app.patch("/api/v2/authn_mappings/:id", needs("user_access_manage"), async (context) => {
    const mapping = find(setting, context.req.param("id"));
    const body = await readBody(context);
    if (textAt(body, "data", "id") !== mapping.id)
      throw new VendorError(422, "The id attribute in the request body does not match the authn_mapping_id in the URL");
    const attributes = at(body, "data", "attributes");
    mapping.key = textAt(attributes, "attribute_key") ?? mapping.key;
    mapping.value = textAt(attributes, "attribute_value") ?? mapping.value;
    Object.assign(mapping, readGiven(setting, body));
    mapping.modifiedAt = setting.now().toISOString();
    recordAccess(setting, context, "modified", assetOf(mapping));
    return context.json(answer(setting, mapping));
  });

  app.delete("/api/v2/authn_mappings/:id", needs("user_access_manage"), (context) => {
    const mapping = find(setting, context.req.param("id"));
    organization().mappings.delete(mapping.id);
    recordAccess(setting, context, "deleted", assetOf(mapping));
    return context.body(null, 204);
  });
}

function find({ company }: Setting, id: string): AuthnMapping {
  const mapping = company.datadog.mappings.get(id);
  if (!mapping) throw new VendorError(404, `Mapping with id ${id} not found`);
  return mapping;
}

/** Exactly one of role and team; undefined when the body names neither. */
function readGiven({ company }: Setting, body: unknown): Pick<AuthnMapping, "roleId" | "teamId"> | undefined {
  const roleId = textAt(body, "data", "relationships", "role", "data", "id");
  const teamId = textAt(body, "data", "relationships", "team", "data", "id");
  if (roleId !== undefined && teamId !== undefined)
    throw new VendorError(400, "A mapping gives a role or a team, not both");
  if (roleId !== undefined) return { roleId: findRole(company.datadog, roleId).id, teamId: null };
  return teamId === undefined ? undefined : { roleId: null, teamId: findTeam(company.datadog, teamId).id };
}

function roleName({ company }: Setting, { roleId }: AuthnMapping): string {
  return roleId === null ? "" : (company.datadog.roles.get(roleId)?.name ?? "");
}

/** Mappings with the same key and value share one assertion attribute. */
function assertionId({ key, value }: AuthnMapping): string {
  return datadogId("assertion", `${key}=${value}`);
}

function answer(setting: Setting, mapping: AuthnMapping) {
  return { data: toMapping(mapping), included: included(setting, [mapping]) };
}

function toMapping(mapping: AuthnMapping) {
  return {
    type: "authn_mappings",
    id: mapping.id,
    attributes: {
      attribute_key: mapping.key,
      attribute_value: mapping.value,
      saml_assertion_attribute_id: assertionId(mapping),
      created_at: instant(mapping.createdAt),
      modified_at: instant(mapping.modifiedAt),
    },
    relationships: {
      ...(mapping.roleId !== null && { role: { data: { type: "roles", id: mapping.roleId } } }),
      // 2026: mappings to a role carry an explicit null here, though the specification knows objects only.
      team: { data: mapping.teamId === null ? null : { type: "team", id: mapping.teamId } },
      saml_assertion_attribute: { data: { type: "saml_assertion_attributes", id: assertionId(mapping) } },
    },
  };
}

function included({ company }: Setting, mappings: readonly AuthnMapping[]) {
  const { roles, teams } = company.datadog;
  const unique = <T extends { id: string }>(rows: readonly T[]) => [
    ...new Map(rows.map((row) => [row.id, row])).values(),
  ];
  const given = mappings.flatMap(({ roleId }) => roles.get(roleId ?? "") ?? []);
  const teamsGiven = mappings.flatMap(({ teamId }) => teams.get(teamId ?? "") ?? []);
  const assertions = mappings.map((mapping) => ({
    type: "saml_assertion_attributes",
    id: assertionId(mapping),
    attributes: { attribute_key: mapping.key, attribute_value: mapping.value },
  }));
  return [
    ...unique(given).map((role) => toRole(role, company.datadog, false)),
    ...unique(teamsGiven).map((team) => ({ ...toTeam(team), relationships: undefined })),
    ...unique(assertions),
  ];
}

function assetOf({ id, key, value }: AuthnMapping): Asset {
  return { type: "authn_mapping", id, name: `${key}=${value}` };
}
