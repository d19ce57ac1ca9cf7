/**
 * From Okta to Entra: the same people twice, half of the groups moved, one group whose members were not read, SAML mappings
 * beside SCIM, accounts of people who left. What is marked is what a careful reviewer would say too.
 */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

test("a move is told of those who left, and of nothing else", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: move
directories:
  okta: { type: okta, domain: move.okta.com }
  corp: { type: entra, tenant: 7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10 }
organizations:
  prod: { site: datadoghq.com, directory: okta, attribute: groups, push: { roles: scim, teams: scim } }
policy:
  apart: [[billing_edit, audit_logs_write]]
  bots: [{ name: migrator, owner: it@move.example, until: 2027-01-31 }]
#- /access/okta.accessmap.yaml
owner: it@move.example
mappings:
  - group: dd-admins
    roles: [Datadog Admin Role]
    reason: Run the organization during the move
    until: 2027-01-31
  - group: dd-old-finance
    roles: [Bills]
    until: 2026-12-31
  - group: dd-sre
    roles: [SRE]
    teams: [sre]
    reason: On call
    until: 2027-01-31
  - group: dd-support
    #      ^^^^^^^^^^ error idp/leaver-still-active
    roles: [Support]
    teams: [support]
#- /access/entra.accessmap.yaml
owner: it@move.example
mappings:
  - group: { directory: corp, name: sg-everyone }
    roles: [Datadog Read Only Role]
  - group: { directory: corp, name: sg-finance }
    roles: [Billing]
    reason: Cost allocation and contracts
  - group: { directory: corp, name: sg-mobile }
    roles: [Mobile]
    teams: [mobile]
  - group: { directory: corp, name: sg-sre }
    roles: [SRE]
    teams: [sre]
    reason: On call, after the move
#- lock
organizations: { prod: { adopted: false, teams: [mobile, sre, support] } }
#- live okta
groups:
  - { name: dd-admins, members: [ada@move.example, gus@move.example] }
  - { name: dd-sre, members: [ada@move.example, bo@move.example, { login: cy@move.example, state: suspended }] }
  - { name: dd-old-finance, members: [{ login: eve@move.example, state: staged }, flo@move.example] }
  - { name: dd-support, members: [hal@move.example, { login: ida@move.example, state: deactivated }] }
#- live corp
groups:
  - name: sg-sre
    members: [{ login: ada@move.onmicrosoft.com, email: ada@move.example }, { login: bo@move.onmicrosoft.com, email: bo@move.example }]
  - { name: sg-finance, count: 4 }
  - { name: sg-everyone, kind: dynamic, rule: '(user.accountEnabled -eq true)', members: [{ login: ada@move.onmicrosoft.com, email: ada@move.example }, { login: bo@move.onmicrosoft.com, email: bo@move.example }, { login: jo@move.onmicrosoft.com, email: jo@move.example }, { login: kim@move.onmicrosoft.com, email: kim@move.example }] }
  - { name: sg-mobile, members: [{ login: jo@move.onmicrosoft.com, email: jo@move.example }, { login: kim@move.onmicrosoft.com, email: kim@move.example }] }
#- live prod
roles:
  - { name: SRE, permissions: [monitors_write, logs_write_pipelines] }
  - { name: Billing, permissions: [billing_edit] }
  - { name: Bills, permissions: [billing_read] }
  - { name: Mobile, permissions: [rum_apps_write, rum_session_replay_read] }
  - { name: Support, permissions: [logs_read_data, logs_read_index_data] }
teams: [{ handle: sre, managed: true }, { handle: support, managed: true }, { handle: mobile, managed: true }]
accounts:
  - { login: ada@move.example, roles: [Datadog Admin Role, SRE], lastLogin: 2026-11-20 }
  - { login: bo@move.example, roles: [SRE], lastLogin: 2026-11-01 }
  - { login: cy@move.example, status: disabled, roles: [SRE] }
  - { login: flo@move.example, roles: [Bills], lastLogin: 2026-11-01 }
  - { login: gus@move.example, roles: [Datadog Admin Role], lastLogin: 2026-11-20 }
  - { login: hal@move.example, roles: [Support], lastLogin: 2026-11-20 }
  - { login: ida@move.example, roles: [Support], lastLogin: 2026-08-20 }
  - { login: jo@move.example, roles: [Mobile], lastLogin: 2026-11-20 }
  - { login: kim@move.example, roles: [Mobile], lastLogin: 2026-11-20 }
  - { login: root@move.example, roles: [Datadog Admin Role], lastLogin: 2026-11-01 }
  - { login: svc@move.example, name: migrator, service: true, roles: [Datadog Read Only Role] }
mappings: [{ key: groups, group: dd-sre, role: SRE }, { key: groups, group: dd-support, role: Support }]
switches: { roleMapping: false, teamSource: all_sources }
`));
