/** Whether Datadog makes accounts at a first SAML login, from the SAML configuration or from the settings before it. */

import type { JustInTime } from "../../core/model/target.ts";
import { RequestError } from "../../http/failures.ts";
import { at, type Get, textAt } from "./get.ts";
import { OLD_ORGANIZATION, OLD_ROLE_CODES, SAML_CONFIGURATIONS } from "./quirks.ts";

const NEEDS = "the permission org_management";

/** The old settings are asked only where the new endpoint is not there: who may not read one may not read the other. */
export async function readJustInTime(get: Get): Promise<JustInTime | undefined> {
  try {
    return fromConfigurations(await get(SAML_CONFIGURATIONS, NEEDS));
  } catch (error) {
    if (!(error instanceof RequestError) || error.failure.kind !== "rejected") throw error;
    return fromOrganization(await get(OLD_ORGANIZATION, NEEDS));
  }
}

/** Without any configuration nobody logs in by SAML, so nobody is made by it. */
export function fromConfigurations(json: unknown): JustInTime | undefined {
  const data = at(json, "data");
  if (!Array.isArray(data)) return undefined;
  const domains = data.map((row: unknown) => at(row, "attributes", "jit_domains"));
  if (!domains.every(isTexts)) return undefined;
  const roles = data.flatMap((row: unknown) => at(row, "relationships", "default_roles", "data") ?? []);
  const ids = roles.map((role: unknown) => textAt(role, "id")).filter((id) => id !== undefined);
  return { domains: domains.flat(), defaultRoles: ids.map((id) => ({ id })) };
}

/** `orgs` is the organization of the key, and of a parent the children too; those are told apart by place alone. */
export function fromOrganization(json: unknown): JustInTime | undefined {
  const organizations = at(json, "orgs");
  if (!Array.isArray(organizations) || organizations.length !== 1) return undefined;
  const settings = at(organizations[0], "settings");
  const autocreate = at(settings, "saml_autocreate_users_domains");
  const [enabled, domains] = [at(autocreate, "enabled"), at(autocreate, "domains")];
  if (typeof enabled !== "boolean" || !isTexts(domains)) return undefined;
  const name = OLD_ROLE_CODES[textAt(settings, "saml_autocreate_access_role") ?? ""];
  return { domains: enabled ? domains : [], defaultRoles: name === undefined ? [] : [{ name }] };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}
