/**
 * Several organizations: Entra with nested and rule-fed groups, ids in the claim, production apart from staging, all by SAML.
 * Well run, so every finding would be a false alarm.
 */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

test("two organizations of one firm raise no finding", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: multi
directories: { corp: { type: entra, tenant: 7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10, claim: id, groups: "sg-*" } }
organizations:
  prod:
    site: datadoghq.eu
    attribute: http://schemas.microsoft.com/ws/2008/06/identity/claims/groups
    push: { roles: saml, teams: saml }
    linked: { connections: { pager: [On Call] } }
  staging:
    site: datadoghq.eu
    attribute: http://schemas.microsoft.com/ws/2008/06/identity/claims/groups
    push: { roles: saml, teams: saml }
policy:
  limits: { critical: 5 }
  require: { reason: high, until: critical }
  overrides:
    - { rules: [exp/*, "priv/admin-*"], organizations: [staging], severity: off }
  bots: [{ name: terraform, owner: sre@acme.com, until: 2027-06-30 }]
#- /prod.accessmap.yaml
organization: prod
owner: sre@acme.com
mappings:
  - group: sg-datadog-all
    roles: [Datadog Read Only Role]
  - group: sg-datadog-partners
    roles: [Datadog Read Only Role]
    until: 2027-05-31
  - group: sg-datadog-prod-admins
    roles: [Datadog Admin Role]
    reason: Break glass
    until: 2027-05-31
  - group: sg-datadog-prod-oncall
    roles: [On Call]
    teams: [oncall]
    reason: Nights
  - group: sg-datadog-prod-sre
    roles: [SRE]
    teams: [sre]
    reason: On call for production
  - group: sg-datadog-staging-dev
    roles: [Datadog Read Only Role]
expect:
  - { group: sg-datadog-staging-dev, cannot: [monitors_write] }
#- /staging.accessmap.yaml
organization: staging
owner: sre@acme.com
mappings:
  - group: sg-datadog-prod-sre
    roles: [Datadog Admin Role]
    reason: Rehearse changes of the organization
  - group: sg-datadog-staging-dev
    roles: [Datadog Standard Role]
    reason: Try everything where nothing breaks
#- live corp
groups:
  - { name: sg-datadog-all, kind: dynamic, rule: '(user.accountEnabled -eq true) and (user.userType -eq "Member")', members: 400 }
  - { name: sg-datadog-partners, members: [{ login: pat_partner.example#ext#@acme.onmicrosoft.com, email: pat@partner.example, guest: true }] }
  - { name: sg-datadog-prod-admins, members: [{ login: ada@acme.com, mfa: true }, { login: bo@acme.com, mfa: true }] }
  - { name: sg-datadog-prod-oncall, members: [ada@acme.com, bo@acme.com, { login: cy@acme.com, via: sg-team-sre }, { login: di@acme.com, via: sg-team-sre }] }
  - { name: sg-datadog-prod-sre, members: [ada@acme.com, bo@acme.com, cy@acme.com] }
  - { name: sg-datadog-staging-dev, kind: dynamic, rule: '(user.department -eq "Engineering")', members: 60 }
#- live prod
roles:
  - { name: SRE, permissions: [monitors_write, logs_write_pipelines, workflows_run, connections_resolve] }
  - { name: On Call, permissions: [monitors_downtime, incident_write] }
  - { name: Provisioner, permissions: [monitors_write, dashboards_write, synthetics_write] }
teams: [{ handle: sre, open: false }, { handle: oncall, open: false }]
accounts:
  - { login: ada@acme.com, roles: [Datadog Admin Role, SRE, On Call], lastLogin: 2026-11-20 }
  - { login: bo@acme.com, roles: [Datadog Admin Role, SRE, On Call], lastLogin: 2026-11-20 }
  - { login: cy@acme.com, roles: [SRE, On Call], lastLogin: 2026-11-20 }
  - { login: di@acme.com, roles: [On Call], lastLogin: 2026-11-20 }
  - { login: pat@partner.example, roles: [Datadog Read Only Role], lastLogin: 2026-11-02 }
  - { login: rescue@acme.com, roles: [Datadog Admin Role], lastLogin: 2026-10-28 }
  - { login: svc@acme.com, name: terraform, service: true, roles: [Provisioner] }
mappings:
  - { key: "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups", group: group-sg-datadog-prod-sre, role: SRE }
keys: [{ name: terraform, owner: svc@acme.com, scopes: [monitors_write, dashboards_write, synthetics_write], created: 2026-10-01, used: 2026-11-20 }]
switches: { roleMapping: true, teamSource: saml_only, jit: [acme.com] }
#- live staging
roles: []
accounts:
  - { login: ada@acme.com, roles: [Datadog Admin Role], lastLogin: 2026-11-20 }
  - { login: bo@acme.com, roles: [Datadog Admin Role], lastLogin: 2026-11-20 }
  - { login: cy@acme.com, roles: [Datadog Admin Role], lastLogin: 2026-11-20 }
  - { login: rescue@acme.com, roles: [Datadog Admin Role], lastLogin: 2026-10-28 }
switches: { roleMapping: true, teamSource: saml_only, jit: [acme.com] }
`));
