/** An organization that is adopted and known whole, for rules about what a push would leave. */

export interface Parts {
  /** Marker line below the organization's entry. */
  readonly marker?: string;
  readonly push?: string;
  readonly adopted?: boolean;
  readonly project?: string;
  readonly mappings: string;
  readonly lock?: string;
  readonly okta: string;
  readonly datadog: string;
}

export function organization({
  marker = "",
  push = "{ roles: scim }",
  adopted = true,
  project = "",
  mappings,
  lock = "",
  okta,
  datadog,
}: Parts): string {
  return `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, push: ${push} }
${marker === "" ? "" : `  #^^^ ${marker}\n`}${project}#- /a.accessmap.yaml
mappings:
${mappings}#- lock
organizations: { prod: { adopted: ${adopted} } }
${lock}#- live okta
${okta}
#- live datadog
${datadog}
`;
}

/** The same without complete accounts, with a group that nobody could read, and with a role nobody knows. */
export function unknowns(parts: Parts): readonly string[] {
  const open = { ...parts, marker: "" };
  return [
    organization({ ...open, datadog: `${parts.datadog}\nincomplete: [accounts]` }),
    organization({
      ...open,
      datadog: `${parts.datadog}\nincomplete: [roles]`,
      mappings: `${parts.mappings}  - { group: x, roles: [Nobody] }\n`,
    }),
    organization({ ...open, mappings: `${parts.mappings}  - { group: unread, roles: [] }\n` }),
  ];
}
