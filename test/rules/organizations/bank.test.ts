/**
 * A bank: Okta, a strict policy, custom roles, ends everywhere, break-glass, lent people and an outside auditor, programs
 * with owners, teams that SCIM keeps. Well run, so every finding would be a false alarm.
 */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const POLICY = `
policy:
  limits: { critical: 6, high: 25 }
  require: { reason: medium, owner: medium, until: high }
  longest: 180d
  classes:
    - { groups: ["*-ro"], only: read }
    - { groups: ["ext-*"], never: [logs_read_data, user_access_manage] }
  apart: [[billing_edit, audit_logs_write], [user_access_manage, audit_logs_write]]
  names: { groups: ["dd-*", "ext-*"] }
  bots:
    - { name: accessmap, owner: iam@bank.example, until: 2027-03-31 }
    - { name: siem-export, owner: soc@bank.example, until: 2027-03-31 }
  locked: [lock/*, cred/*, sod/*]
`;

test("a bank raises no finding", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: bank
directories: { okta: { type: okta, domain: bank.okta.com } }
organizations:
  prod:
    site: datadoghq.eu
    directory: okta
    attribute: groups
    push: { roles: scim, teams: scim, users: deactivate }
    linked: { teams: { fraud: [Auditor] }, connections: { tickets: [Engineer] } }
${POLICY}
#- /access/security.accessmap.yaml
owner: ciso@bank.example
mappings:
  - group: dd-admins
    roles: [Datadog Admin Role]
    reason: Break glass, change BC-17
    until: 2027-03-31
  - group: dd-audit-trail
    roles: [Trail Keeper]
    reason: Retention of the audit trail
    until: 2027-03-31
  - group: dd-iam
    roles: [Access Manager]
    reason: Joiners and leavers by hand when the push is down
    until: 2027-02-28
    allow:
      - { rule: priv/admin-equivalent-role, reason: reviewed monthly in AC-4, until: 2027-02-28 }
  - group: dd-soc
    roles: [Detection Engineer]
    teams: [soc]
    reason: Detection rules and suppressions
    until: 2027-03-31
  - group: ext-auditors
    roles: [Auditor]
    reason: Yearly audit
    until: 2027-01-31
expect:
  - { group: ext-auditors, cannot: [logs_read_data, user_access_manage] }
  - { permission: user_access_manage, people: { min: 2, max: 8 } }
#- /access/engineering.accessmap.yaml
owner: cto@bank.example
bundles:
  engineer: { roles: [Engineer], teams: [engineering] }
mappings:
  - group: dd-automation
    roles: [Automation]
    reason: Owners of the incident workflows
    until: 2027-02-28
  - group: dd-finance
    roles: [Billing]
    reason: Contract and cost allocation
    until: 2027-02-28
  - group: dd-fraud
    teams: [fraud]
  - group: dd-payments
    bundles: [engineer]
    teams: [payments]
    reason: Run the payment services
  - group: dd-payments-ro
    roles: [Datadog Read Only Role]
  - group: ext-core-banking
    roles: [Supplier]
    teams: [core-banking]
    reason: Supplier of the core banking system, contract 4711
    until: 2027-03-31
#- lock
organizations: { prod: { adopted: true, teams: [payments, soc, fraud, core-banking, engineering] } }
#- live okta
groups:
  - { name: dd-admins, members: [ada@bank.example, bo@bank.example, cy@bank.example] }
  - { name: dd-audit-trail, members: [gil@bank.example, hal@bank.example] }
  - { name: dd-iam, members: [ian@bank.example, jan@bank.example] }
  - { name: dd-soc, members: [di@bank.example, eve@bank.example, flo@bank.example] }
  - { name: ext-auditors, members: [ines@audit.example, jo@audit.example] }
  - name: dd-payments
    kind: dynamic
    rule: user.department=="Payments"
    members: [kim@bank.example, lou@bank.example, max@bank.example, ned@bank.co.uk, pam@bank.example, quin@bank.example]
  - { name: dd-payments-ro, members: [ola@bank.example, pia@bank.example, { login: zed@bank.example, state: staged }] }
  - { name: dd-automation, members: [kim@bank.example, lou@bank.example] }
  - { name: dd-finance, members: [rob@bank.example, sue@bank.example] }
  - { name: dd-fraud, members: [tom@bank.example, uma@bank.example] }
  - { name: ext-core-banking, members: [vic@core.example, wim@core.example] }
#- live prod
roles:
  - { name: Access Manager, permissions: [user_access_manage, user_access_invite, teams_manage] }
  - { name: Auditor, permissions: [audit_logs_read, org_app_keys_read] }
  - { name: Automation, permissions: [workflows_write, workflows_run, connections_resolve] }
  - { name: Billing, permissions: [billing_read, billing_edit, usage_read] }
  - { name: Detection Engineer, permissions: [security_monitoring_rules_write, security_monitoring_suppressions_write, logs_read_data] }
  - { name: Engineer, permissions: [logs_read_data, logs_read_index_data, monitors_write, dashboards_write, incident_write] }
  - { name: Exporter, permissions: [logs_read_data, logs_read_index_data] }
  - { name: Supplier, permissions: [monitors_write, dashboards_write] }
  - { name: Trail Keeper, permissions: [audit_logs_write, audit_logs_read] }
teams:
  - { handle: payments, managed: true }
  - { handle: engineering, managed: true }
  - { handle: soc, managed: true }
  - { handle: fraud, managed: true }
  - { handle: core-banking, managed: true }
accounts:
  - { login: ada@bank.example, roles: [Datadog Admin Role], lastLogin: 2026-11-20 }
  - { login: bo@bank.example, roles: [Datadog Admin Role], lastLogin: 2026-09-02 }
  - { login: cy@bank.example, roles: [Datadog Admin Role], lastLogin: 2026-10-30 }
  - { login: ian@bank.example, roles: [Access Manager], lastLogin: 2026-11-10 }
  - { login: jan@bank.example, roles: [Access Manager], lastLogin: 2026-11-12 }
  - { login: kim@bank.example, roles: [Engineer, Automation], lastLogin: 2026-11-20 }
  - { login: lou@bank.example, roles: [Engineer, Automation], lastLogin: 2026-11-20 }
  - { login: max@bank.example, roles: [Engineer], lastLogin: 2026-11-19 }
  - { login: ned@bank.co.uk, roles: [Engineer], lastLogin: 2026-11-19 }
  - { login: pam@bank.example, roles: [Engineer], lastLogin: 2026-11-19 }
  - { login: quin@bank.example, roles: [Engineer], lastLogin: 2026-11-19 }
  - { login: di@bank.example, roles: [Detection Engineer], lastLogin: 2026-11-18 }
  - { login: eve@bank.example, roles: [Detection Engineer], lastLogin: 2026-11-18 }
  - { login: flo@bank.example, roles: [Detection Engineer], lastLogin: 2026-11-18 }
  - { login: gil@bank.example, roles: [Trail Keeper], lastLogin: 2026-11-01 }
  - { login: hal@bank.example, roles: [Trail Keeper], lastLogin: 2026-11-01 }
  - { login: ines@audit.example, roles: [Auditor], lastLogin: 2026-11-01 }
  - { login: jo@audit.example, roles: [Auditor], lastLogin: 2026-11-01 }
  - { login: ola@bank.example, roles: [Datadog Read Only Role] }
  - { login: pia@bank.example, roles: [Datadog Read Only Role] }
  - { login: rob@bank.example, roles: [Billing], lastLogin: 2026-11-03 }
  - { login: sue@bank.example, roles: [Billing], lastLogin: 2026-11-03 }
  - { login: tom@bank.example, roles: [Datadog Read Only Role] }
  - { login: uma@bank.example, roles: [Datadog Read Only Role] }
  - { login: vic@core.example, roles: [Supplier], lastLogin: 2026-11-03 }
  - { login: wim@core.example, roles: [Supplier], lastLogin: 2026-11-03 }
  - { login: gone@bank.example, status: disabled, roles: [Engineer] }
  - { login: vault@bank.example, roles: [Datadog Admin Role], lastLogin: 2026-11-02 }
  - { login: svc-accessmap@bank.example, name: accessmap, service: true, roles: [Access Manager] }
  - { login: svc-siem@bank.example, name: siem-export, service: true, roles: [Exporter] }
  - { login: svc-checks@bank.example, name: accessmap-checks, service: true, roles: [Datadog Read Only Role] }
keys:
  - { name: checks, owner: svc-checks@bank.example, scopes: [user_access_read, teams_read], created: 2026-10-01, used: 2026-11-22 }
  - { name: push, owner: svc-accessmap@bank.example, scopes: [user_access_manage, user_access_invite, teams_manage], created: 2026-10-01, used: 2026-11-22 }
  - { name: export, owner: svc-siem@bank.example, scopes: [logs_read_data], created: 2026-10-01, used: 2026-11-22 }
actor: { login: svc-checks@bank.example, roles: [Datadog Read Only Role] }
switches: { roleMapping: true, teamSource: all_sources }
`));
