/** The sample's mappings of support, finance, product and management. */

export const BUSINESS = `# Support, finance, product, management.
organization: prod
owner: business-systems@acme.com

mappings:
  - group: dd-execs-readonly
    roles: [Datadog Read Only Role]

  - group: dd-finance
    roles: [Billing Viewer]
    reason: Cost allocation

  - group: dd-finance-leads
    roles: [Billing Manager]
    reason: Contract and payment details
    until: {{today+120d}}

  - group: dd-product-readonly
    roles: [Datadog Read Only Role, Product Viewer]

  - group: dd-support
    roles: [Read Only Support]
    teams: [support]
    reason: Answer tickets with the facts

  - group: dd-support-leads
    teams: [support-escalations]

  - group: dd-support-readonly
    roles: [Datadog Read Only Role]

expect:
  - { group: dd-support, cannot: [logs_delete_data, billing_edit] }
`;
