/** What a SAML login does to an account: roles and teams by the AuthN mappings that its assertion matches. */

import type { AuthnMapping, Company, DatadogOrganization, DatadogUser } from "../company.ts";

/** The attribute that the company's identity provider puts group names into. */
const ATTRIBUTE = "memberOf";

/**
 * Logs somebody in, with the names of their groups. False when they cannot: the identity provider does not let them, the
 * account is off, or no mapping gives them a role while role mapping is on, which takes all roles away for good. Roles that SCIM wrote are not touched. (2026-09)
 * https://docs.datadoghq.com/account_management/saml/mapping/
 */
export function logIn({ okta, datadog }: Company, user: DatadogUser, at: string): boolean {
  const person = [...okta.users.values()].find(({ login }) => login === user.handle);
  if (user.disabled || user.serviceAccount || person?.status !== "ACTIVE") return false;
  const groups = [...okta.groups.values()].filter(({ members }) => members.includes(person.id));
  const names = new Set(groups.map(({ name }) => name));
  const matching = [...datadog.mappings.values()].filter(({ key, value }) => key === ATTRIBUTE && names.has(value));
  if (datadog.roleMapping && !user.rolesFromScim)
    user.roleIds = [...new Set(matching.flatMap(({ roleId }) => roleId ?? []))];
  moveTeams(datadog, user, matching);
  if (datadog.roleMapping && user.roleIds.length === 0) return false;
  user.verified = true;
  user.lastLogin = at;
  return true;
}

/** `saml_only` takes out whom hands put in; a team that SCIM manages is SCIM's alone. (2026-09) */
function moveTeams(datadog: DatadogOrganization, user: DatadogUser, matching: readonly AuthnMapping[]): void {
  const source = datadog.configs.get("teams_provisioning_sources")?.value;
  if (source === "manually") return;
  for (const team of datadog.teams.values()) {
    if (team.managed) continue;
    const member = team.members.find(({ userId }) => userId === user.id);
    const isMatched = matching.some(({ teamId }) => teamId === team.id);
    if (isMatched && !member) team.members.push({ userId: user.id, admin: false, fromSaml: true });
    if (!isMatched && member && (member.fromSaml || source === "saml_only"))
      team.members = team.members.filter((other) => other !== member);
  }
}
