/** A company as JSON: what `GET /__sandbox/state` shows, and a seed file that starts the same company again. */

import type { Company, DatadogOrganization, OktaOrganization } from "./company.ts";

/** Everything but secrets: keys are made anew for each sandbox. */
export function toSeed({ okta, datadog }: Company) {
  return { okta: oktaSeed(okta), datadog: datadogSeed(datadog) };
}

function oktaSeed({ domain, users, groups, rules }: OktaOrganization) {
  return { domain, users: [...users.values()], groups: [...groups.values()], rules };
}

function datadogSeed(organization: DatadogOrganization) {
  const { site, id, publicId, name, roleMapping, audit } = organization;
  return {
    site,
    id,
    publicId,
    name,
    roleMapping,
    justInTime: organization.justInTime.domains,
    configs: Object.fromEntries([...organization.configs.values()].map((config) => [config.name, config.value])),
    roles: [...organization.roles.values()],
    users: [...organization.users.values()].map(({ roleIds, ...user }) => ({ ...user, roles: roleIds })),
    teams: [...organization.teams.values()].map(({ members, ...team }) => ({
      ...team,
      members: members.map(({ userId }) => userId),
      admins: members.filter(({ admin }) => admin).map(({ userId }) => userId),
    })),
    mappings: [...organization.mappings.values()].map(({ roleId, teamId, ...mapping }) => ({
      ...mapping,
      ...(roleId === null ? {} : { role: roleId }),
      ...(teamId === null ? {} : { team: teamId }),
    })),
    audit,
  };
}
