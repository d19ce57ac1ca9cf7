/**
 * Well-run organizations of five kinds. What they do is right for them, so every finding that is not marked here is a false
 * alarm; what is marked is what a careful reviewer would say too.
 */

import { test } from "vitest";
import { checkProblems } from "../support/checks.ts";

test("a start-up: Google, Datadog's own roles, two founders who administer", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: tiny
directories: { google: { type: google, customer: C0123abc, admin: it@tiny.example } }
organizations:
  main: { site: datadoghq.com, directory: google, push: { roles: members, teams: members } }
#- /access.accessmap.yaml
owner: founders@tiny.example
mappings:
  - group: founders@tiny.example
    roles: [Datadog Admin Role]
    reason: Run the company's accounts
  - group: engineers@tiny.example
    roles: [Datadog Standard Role]
    teams: [engineering]
    reason: Build and run the product
  - group: everyone@tiny.example
    roles: [Datadog Read Only Role]
#- live google
groups:
  - name: founders@tiny.example
    members: [{ login: ada@tiny.example, mfa: true }, { login: bo@tiny.example, mfa: true }]
    owners: [ada@tiny.example]
  - name: engineers@tiny.example
    members: [{ login: ada@tiny.example, mfa: true }, { login: cy@tiny.example, mfa: true }, { login: di@tiny.example, mfa: true }]
    owners: [ada@tiny.example]
  - { name: everyone@tiny.example, kind: everyone, members: [ada@tiny.example, bo@tiny.example, cy@tiny.example, di@tiny.example, eve@tiny.example] }
#- live datadog
teams: [engineering]
accounts:
  - { login: ada@tiny.example, roles: [Datadog Admin Role], lastLogin: 2026-11-20 }
  - { login: bo@tiny.example, roles: [Datadog Admin Role], lastLogin: 2026-10-01 }
  - { login: cy@tiny.example, roles: [Datadog Standard Role], lastLogin: 2026-11-22 }
  - { login: di@tiny.example, roles: [Datadog Standard Role], lastLogin: 2026-11-22 }
  - eve@tiny.example
`));

const BANK_POLICY = `
policy:
  limits: { critical: 6, high: 25 }
  require: { reason: medium, owner: medium, until: high }
  longest: 180d
  classes:
    - { groups: ["*-ro"], only: read }
    - { groups: ["ext-*"], never: [logs_read_data, user_access_manage] }
  apart: [[billing_edit, audit_logs_write], [user_access_manage, audit_logs_write]]
`;

test("a bank: strict policy, custom roles, ends everywhere, an outside auditor", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: bank
directories: { okta: { type: okta, domain: bank.okta.com } }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim, users: deactivate } }
${BANK_POLICY}
#- /access/security.accessmap.yaml
owner: ciso@bank.example
mappings:
  - group: dd-admins
    roles: [Datadog Admin Role]
    reason: Break glass, change BC-17
    until: 2027-03-31
  - group: dd-soc
    roles: [Detection Engineer]
    reason: Detection rules and suppressions
    until: 2027-03-31
  - group: dd-audit-trail
    roles: [Trail Keeper]
    reason: Retention of the audit trail
    until: 2027-03-31
  - group: ext-auditors
    roles: [Auditor]
    reason: Yearly audit
    until: 2027-01-31
#- /access/engineering.accessmap.yaml
owner: cto@bank.example
mappings:
  - group: dd-payments
    roles: [Engineer]
    teams: [payments]
    reason: Run the payment services
  - group: dd-payments-ro
    roles: [Datadog Read Only Role]
  - group: dd-automation
    roles: [Automation]
    reason: Owners of the incident workflows
    until: 2027-02-28
  - group: dd-finance
    roles: [Billing]
    reason: Contract and cost allocation
    until: 2027-02-28
#- lock
organizations: { prod: { adopted: true, teams: [payments] } }
#- live okta
groups:
  - { name: dd-admins, members: [ada@bank.example, bo@bank.example, cy@bank.example] }
  - { name: dd-soc, members: [di@bank.example, eve@bank.example, flo@bank.example] }
  - { name: dd-audit-trail, members: [gil@bank.example, hal@bank.example] }
  - { name: ext-auditors, members: [ines@audit.example, jo@audit.example] }
  - { name: dd-payments, members: [kim@bank.example, lou@bank.example, max@bank.example, ned@bank.co.uk, pam@bank.example, quin@bank.example] }
  - { name: dd-payments-ro, members: [ola@bank.example, pia@bank.example] }
  - { name: dd-automation, members: [kim@bank.example, lou@bank.example] }
  - { name: dd-finance, members: [rob@bank.example, sue@bank.example] }
#- live datadog
roles:
  - { name: Detection Engineer, permissions: [security_monitoring_rules_write, security_monitoring_suppressions_write, logs_read_data] }
  - { name: Trail Keeper, permissions: [audit_logs_write, audit_logs_read] }
  - { name: Auditor, permissions: [audit_logs_read, org_app_keys_read] }
  - { name: Engineer, permissions: [logs_read_data, logs_read_index_data, monitors_write, dashboards_write, incident_write] }
  - { name: Automation, permissions: [workflows_write, workflows_run, connections_resolve] }
  - { name: Billing, permissions: [billing_read, billing_edit, usage_read] }
teams: [{ handle: payments, managed: true }]
accounts:
  - { login: ada@bank.example, roles: [Datadog Admin Role], lastLogin: 2026-11-20 }
  - { login: kim@bank.example, roles: [Engineer, Automation], lastLogin: 2026-11-20 }
  - { login: gone@bank.example, status: disabled, roles: [Engineer] }
  - { login: vault@bank.example, roles: [Datadog Admin Role], lastLogin: 2026-11-02 }
  - bo@bank.example
  - cy@bank.example
  - di@bank.example
  - eve@bank.example
  - flo@bank.example
  - gil@bank.example
  - hal@bank.example
  - lou@bank.example
  - max@bank.example
  - pam@bank.example
  - quin@bank.example
  - ola@bank.example
  - pia@bank.example
  - rob@bank.example
  - sue@bank.example
  - ned@bank.co.uk
  - ines@audit.example
  - jo@audit.example
switches: { roleMapping: true, teamSource: saml_only }
`));

test("an agency: half of the people are lent, and their groups are made for them", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: agency
directories: { okta: { type: okta, domain: agency.okta.com } }
organizations:
  prod: { site: us5.datadoghq.com, directory: okta, push: { roles: scim, teams: scim } }
policy:
  classes:
    - { groups: ["freelance-*", "client-*"], never: [user_access_manage, api_keys_write] }
#- /access.accessmap.yaml
owner: delivery@agency.example
mappings:
  - group: dd-leads
    roles: [Lead]
    reason: Set up each client's dashboards and monitors
  - group: freelance-build
    roles: [Builder]
    until: 2027-01-31
  - group: client-shop
    roles: [Datadog Read Only Role]
    until: 2027-01-31
  # Three freelancers help out on call, and clear indexes at night.
  - group: dd-night
    #      ^^^^^^^^ warning idp/outsiders: 2 of 4 people in "dd-night" are outsiders (solo.example and two.example) and get "Night" (critical: logs_delete_data); give it to a group without them
    roles: [Night]
    #       ^^^^^ warning priv/destructive
    reason: Nights and weekends
#- live okta
groups:
  - { name: dd-leads, members: [ada@agency.example, bo@agency.example, cy@agency.example, di@agency.example, eve@agency.example, flo@agency.example, gus@agency.example, hal@agency.example] }
  - { name: freelance-build, members: [ines@solo.example, jo@two.example, kim@three.example, lou@four.example] }
  - { name: client-shop, members: [max@shop.example, ned@shop.example, ola@shop.example] }
  - { name: dd-night, members: [ada@agency.example, bo@agency.example, ines@solo.example, jo@two.example] }
#- live datadog
roles:
  - { name: Lead, permissions: [monitors_write, dashboards_write, dashboards_public_share, synthetics_write] }
  - { name: Builder, permissions: [monitors_write, dashboards_write] }
  - { name: Night, permissions: [monitors_write, logs_delete_data] }
`));

test("several organizations: Entra, ids in the claim, production apart from staging", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: multi
directories: { corp: { type: entra, tenant: 7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10, claim: id, groups: "sg-*" } }
organizations:
  prod: { site: datadoghq.eu, push: { roles: saml, teams: saml } }
  staging: { site: datadoghq.eu, push: { roles: saml, teams: saml } }
policy: { limits: { critical: 5 } }
#- /prod.accessmap.yaml
organization: prod
owner: sre@acme.com
mappings:
  - group: sg-datadog-prod-sre
    roles: [SRE]
    teams: [sre]
    reason: On call for production
  - group: sg-datadog-all
    roles: [Datadog Read Only Role]
  - group: sg-datadog-staging-dev
    roles: [Datadog Read Only Role]
#- /staging.accessmap.yaml
organization: staging
owner: sre@acme.com
mappings:
  - group: sg-datadog-staging-dev
    roles: [Datadog Standard Role]
    reason: Try everything where nothing breaks
  - group: sg-datadog-prod-sre
    roles: [Datadog Admin Role]
    reason: Rehearse changes of the organization
#- live corp
groups:
  - { name: sg-datadog-prod-sre, members: [ada@acme.com, bo@acme.com, cy@acme.com] }
  - { name: sg-datadog-all, kind: dynamic, rule: '(user.accountEnabled -eq true) and (user.userType -eq "Member")', members: 400 }
  - { name: sg-datadog-staging-dev, kind: dynamic, rule: '(user.department -eq "Engineering")', members: 60 }
#- live prod
roles: [{ name: SRE, permissions: [monitors_write, logs_write_pipelines, workflows_run] }]
teams: [{ handle: sre, open: false }]
switches: { roleMapping: true, teamSource: saml_only }
#- live staging
switches: { roleMapping: true, teamSource: saml_only }
`));

test("from Okta to Entra: the same people twice, half of the groups moved, one directory without users", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: move
directories:
  okta: { type: okta, domain: move.okta.com }
  corp: { type: entra, tenant: 7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10 }
organizations:
  prod: { site: datadoghq.com, directory: okta, push: { roles: scim, teams: scim } }
policy: { apart: [[billing_edit, audit_logs_write]] }
#- /access.accessmap.yaml
owner: it@move.example
mappings:
  - group: dd-sre
    roles: [SRE]
    reason: On call
    until: 2027-01-31
  - group: { directory: corp, name: sg-sre }
    roles: [SRE]
    reason: On call, after the move
  - group: { directory: corp, name: sg-finance }
    roles: [Billing]
    reason: Cost allocation and contracts
  - group: dd-old-finance
    roles: [Bills]
    until: 2026-12-31
#- live okta
groups:
  - { name: dd-sre, members: [ada@move.example, bo@move.example, { login: cy@move.example, state: suspended }] }
  - { name: dd-old-finance, members: [{ login: eve@move.example, state: staged }, flo@move.example] }
#- live corp
groups:
  - name: sg-sre
    members: [{ login: ada@move.onmicrosoft.com, email: ada@move.example }, { login: bo@move.onmicrosoft.com, email: bo@move.example }]
  - { name: sg-finance, count: 4 }
#- live datadog
roles:
  - { name: SRE, permissions: [monitors_write, logs_write_pipelines] }
  - { name: Billing, permissions: [billing_edit] }
  - { name: Bills, permissions: [billing_read] }
accounts:
  - { login: ada@move.example, roles: [SRE], lastLogin: 2026-11-20 }
  - { login: bo@move.example, roles: [SRE], lastLogin: 2026-06-01 }
  - { login: cy@move.example, roles: [SRE], lastLogin: 2026-06-01 }
  - flo@move.example
`));
