/**
 * A start-up: Google, Datadog's own roles and one of their own, two founders who administer, one program. Well run, so every
 * finding would be a false alarm.
 */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

test("a start-up raises no finding", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: tiny
directories: { google: { type: google, customer: C0123abc, admin: it@tiny.example } }
organizations:
  main: { site: datadoghq.com, directory: google, push: { roles: members, teams: members } }
policy:
  bots: [{ name: deploys, owner: ada@tiny.example }]
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
  - group: on-call@tiny.example
    roles: [On Call]
    teams: [on-call]
    reason: Nights and weekends
  # The firm that answers tickets at night sees what is broken, until the contract ends.
  - group: night-desk@tiny.example
    roles: [Datadog Read Only Role]
    until: 2027-03-31
  - group: everyone@tiny.example
    roles: [Datadog Read Only Role]
expect:
  - { permission: user_access_manage, people: { min: 2, max: 2 } }
  - { group: night-desk@tiny.example, cannot: [logs_delete_data, monitors_write] }
#- live google
groups:
  - name: founders@tiny.example
    members: [{ login: ada@tiny.example, mfa: true }, { login: bo@tiny.example, mfa: true }]
    owners: [ada@tiny.example]
  - name: engineers@tiny.example
    members:
      - { login: ada@tiny.example, mfa: true }
      - { login: cy@tiny.example, mfa: true }
      - { login: di@tiny.example, mfa: true }
      - { login: fay@tiny.example, mfa: true, via: mobile@tiny.example }
    owners: [ada@tiny.example]
  - name: on-call@tiny.example
    members: [{ login: cy@tiny.example, mfa: true }, { login: di@tiny.example, mfa: true }]
    owners: [ada@tiny.example, bo@tiny.example]
  - { name: night-desk@tiny.example, members: [one@desk.example, two@desk.example, three@desk.example] }
  - name: everyone@tiny.example
    kind: everyone
    members: [ada@tiny.example, bo@tiny.example, cy@tiny.example, di@tiny.example, eve@tiny.example, fay@tiny.example]
#- live main
roles:
  - { name: On Call, permissions: [monitors_downtime, monitors_write, incident_write, logs_write_exclusion_filters] }
teams: [engineering, { handle: on-call, open: false }]
accounts:
  - { login: ada@tiny.example, roles: [Datadog Admin Role], lastLogin: 2026-11-20, mfa: true }
  - { login: bo@tiny.example, roles: [Datadog Admin Role], lastLogin: 2026-10-01, mfa: true }
  - { login: cy@tiny.example, roles: [Datadog Standard Role, On Call], lastLogin: 2026-11-22 }
  - { login: di@tiny.example, roles: [Datadog Standard Role, On Call], lastLogin: 2026-11-22 }
  - { login: eve@tiny.example, roles: [Datadog Read Only Role] }
  - { login: fay@tiny.example, roles: [Datadog Standard Role], lastLogin: 2026-11-21 }
  - { login: one@desk.example, roles: [Datadog Read Only Role], lastLogin: 2026-11-22 }
  - { login: two@desk.example, roles: [Datadog Read Only Role], lastLogin: 2026-11-20 }
  - { login: three@desk.example, status: pending }
  - { login: deploys@tiny.example, name: deploys, service: true, roles: [Datadog Standard Role] }
keys:
  - { name: events, owner: deploys@tiny.example, scopes: [events_read], created: 2026-10-01, used: 2026-11-22 }
switches: { roleMapping: false, teamSource: manually, jit: [tiny.example] }
`));
