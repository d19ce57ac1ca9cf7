/** The sample's accessmap.yaml. */

export const PROJECT = `# Where things are and what is allowed. One such file per repository.
version: 1
project: acme-access

directories:
  # Only these groups are listed. Names outside the pattern, such as contractor-*, are looked up one by one.
  okta: { type: okta, domain: acme.okta.com, groups: "dd-*" }

organizations:
  prod:
    site: datadoghq.eu
    id: 0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005 # keys of any other organization are refused
    directory: okta
    attribute: memberOf
    push: { roles: scim, teams: scim, users: off }

policy:
  # Most people whom a grant of that sensitivity may reach.
  limits: { high: 50, critical: 10 }
  # From which sensitivity on a mapping has to say why, who answers for it, and until when.
  require: { reason: high, owner: high, until: critical }
  longest: 365d
  # Datadog does not know who answers for a service account, nor until when it is needed.
  bots:
    - { name: accessmap-sync, owner: platform-leads@acme.com, until: {{today+360d}} }
  classes:
    - groups: ["*-readonly"]
      only: read
    # Suppliers see dashboards, not our customers' logs, and never hand out access.
    - groups: ["contractor-*"]
      never: [logs_read_data, user_access_manage]
  # Whoever pays the bill does not switch off the records of it.
  apart: [[billing_edit, audit_logs_write]]
  rules: { exp/missing-on-privileged: warning }
  locked: [lock/*, cred/*]

safety:
  removals: { share: 25%, people: 50, floor: 3 }
  admins: 2
`;
