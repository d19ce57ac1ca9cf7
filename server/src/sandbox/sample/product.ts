/** The sample's mappings of the product teams. */

export const PRODUCT = `# Product engineering: mostly teams, and the roles that belong to a craft.
organization: prod
owner: engineering-managers@acme.com

mappings:
  - group: dd-checkout
    teams: [checkout]

  - group: dd-chekout-oncall
    roles: [Mobile Insights]
    reason: Sessions of customers who cannot pay

  - group: dd-dashboards
    roles: [Dashboard Publisher]
    reason: Status walls for customers
    until: {{today+200d}}

  - group: dd-data-platform
    roles: [Data Platform]
    teams: [data-platform]
    reason: Own the pipelines behind our reports

  # New: models are debugged with the same data as pipelines.
  - group: dd-data-science
    roles: [Data Platform]
    teams: [data-science]
    reason: Model quality dashboards

  - group: dd-identity
    roles: [Synthetics Author]
    reason: Sign-in is tested from outside

  - group: dd-ml
    teams: [data-science]

  - group: dd-mobile
    roles: [Mobile Insights]
    teams: [mobile]
    reason: Crashes and sessions of the apps

  # Two groups feed the team payments.
  - group: dd-payments
    teams: [payments]

  - group: dd-payments-oncall
    roles: [Incident Commander]
    teams: [payments]
    reason: Payment incidents are led by payments

  - group: dd-quality
    roles: [Datadog Read Only Role, Synthetics Author]
    reason: Browser tests of every product

  - group: dd-search
    teams: [search]

  - group: dd-web
    teams: [web]
`;
