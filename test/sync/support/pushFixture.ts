/** Fixtures that differ in push path, mappings and live data alone. */

export interface Setting {
  readonly push: string;
  readonly mappings: string;
  readonly lock?: string;
  readonly okta: string;
  readonly datadog: string;
  readonly attribute?: string;
  readonly claim?: string;
}

export function pushFixture({
  push,
  mappings,
  lock,
  okta,
  datadog,
  attribute = "attribute: memberOf,",
  claim = "",
}: Setting): string {
  return `
#- /accessmap.yaml
version: 1
project: acme-access
directories: { okta: { type: okta, domain: acme.okta.com${claim} } }
organizations:
  prod: { site: datadoghq.eu, directory: okta, ${attribute} push: ${push} }
#- /a.accessmap.yaml
organization: prod
mappings:
${mappings}
#- lock
organizations: { prod: ${lock ?? "{ adopted: true, roles: [SRE, Engineer], teams: [sre] }"} }
#- live okta
groups: ${okta}
#- live datadog
${datadog}
`;
}
