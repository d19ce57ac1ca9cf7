/** The sample's mappings of the platform: administrators, engineers, the people on call. */

export const PLATFORM = `# Platform, reliability and everybody who builds software.
organization: prod
owner: platform-leads@acme.com

bundles:
  # What each engineer starts with; other files use it too.
  engineer: { roles: [Engineer], teams: [engineering] }

mappings:
  - group: dd-admins
    roles: [Datadog Admin Role]
    reason: Break glass and organization settings; not for daily work
    until: {{today+90d}}

  - group: dd-cutover
    roles: [Dashboard Publisher]
    reason: Publishing dashboards anew after the move
    until: {{today-20d}} # the move is over

  # Platform Admin was meant for the two weeks of the migration.
  - group: dd-engineering
    bundles: [engineer]
    roles: [Platform Admin]
    reason: Self-service during the platform migration
    until: {{today+120d}}

  - group: dd-incident-commanders
    roles: [Incident Commander]
    reason: Lead incidents and inform customers

  - group: dd-it
    roles: [Datadog Read Only Role]
    teams: [it-operations]

  - group: dd-log-admins
    roles: [Log Admin]
    until: {{today+60d}}
    allow:
      - { rule: priv/destructive, reason: drops broken indexes at night, until: {{today+60d}} }

  - group: dd-network
    teams: [network]

  - group: dd-oncall-primary
    roles: [SRE]
    teams: [oncall-primary]
    reason: Mitigate at night without waiting for anybody
    until: {{today+180d}}

  - group: dd-platform
    teams: [platform]

  - group: dd-platform-leads
    roles: [Platform Admin]
    reason: Run the organization day to day
    until: {{today+180d}}

  - group: dd-release
    roles: [Synthetics Author]
    teams: [release]
    reason: Release checks of the autumn train
    until: {{today+9d}}

  - group: dd-sre
    roles: [SRE]
    teams: [sre]
    reason: On call for production
    until: {{today+180d}}

  - group: dd-sre-leads
    roles: [Engineer, SRE]
    reason: Leads cover every rotation
    until: {{today+180d}}

expect:
  - { permission: org_management, people: { min: 2, max: 6 } }
  - { group: dd-platform, can: [dashboards_read] }
`;
