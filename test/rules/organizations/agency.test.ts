/**
 * An agency: half of the people are lent, and their groups are made for them; clients see their own dashboards, and a
 * freelancer's leave is near. What is marked is what a careful reviewer would say too; the rest would be false alarms.
 */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

test("an agency is told of outsiders on call at night, and of nothing else", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: agency
directories: { okta: { type: okta, domain: agency.okta.com, groups: "dd-*" } }
organizations:
  prod: { site: us5.datadoghq.com, directory: okta, push: { roles: scim, teams: scim } }
policy:
  limits: { critical: 10, high: 40 }
  classes:
    - { groups: ["freelance-*", "client-*"], never: [user_access_manage, api_keys_write] }
    - { groups: ["client-*"], only: read }
  bots: [{ name: status-pages, owner: delivery@agency.example }]
#- /access/own.accessmap.yaml
owner: delivery@agency.example
mappings:
  - group: dd-admins
    roles: [Datadog Admin Role]
    reason: Contracts and settings
  - group: dd-all
    roles: [Datadog Read Only Role]
  - group: dd-leads
    roles: [Lead]
    reason: Set up each client's dashboards and monitors
  # Two freelancers help out on call, and clear indexes at night.
  - group: dd-night
    #      ^^^^^^^^ warning idp/outsiders: 2 of 4 people in "dd-night" are outsiders (solo.example and two.example) and get "Night" (critical: logs_delete_data); give it to a group without them
    roles: [Night]
    reason: Nights and weekends
    until: 2027-02-28
    allow:
      - { rule: priv/destructive, reason: four people by turns, until: 2027-02-28 }
#- /access/lent.accessmap.yaml
owner: delivery@agency.example
mappings:
  - group: client-shop
    roles: [Datadog Read Only Role]
    until: 2027-01-31
  - group: client-travel
    roles: [Datadog Read Only Role]
    teams: [travel]
    until: 2027-06-30
  - group: freelance-build
    roles: [Builder]
    teams: [build]
    until: 2027-01-31
  - group: freelance-design
    roles: [Datadog Read Only Role]
    until: 2026-12-04
    #      ^^^^^^^^^^ info exp/soon
expect:
  - { group: freelance-build, cannot: [logs_read_data, api_keys_write] }
#- lock
organizations: { prod: { adopted: true, teams: [build, travel] } }
#- live okta
groups:
  - { name: dd-admins, members: [ada@agency.example, bo@agency.example] }
  - { name: dd-all, members: [ada@agency.example, bo@agency.example, cy@agency.example, di@agency.example, eve@agency.example, flo@agency.example, gus@agency.example, hal@agency.example] }
  - { name: dd-leads, members: [ada@agency.example, bo@agency.example, cy@agency.example, di@agency.example, eve@agency.example, flo@agency.example, gus@agency.example] }
  - { name: dd-night, members: [ada@agency.example, bo@agency.example, ines@solo.example, jo@two.example] }
named:
  - { name: freelance-build, members: [ines@solo.example, jo@two.example, kim@three.example, lou@four.example] }
  - { name: freelance-design, members: [pia@five.example, { login: rob@six.example, state: suspended }] }
  - { name: client-shop, members: [max@shop.example, ned@shop.example, ola@shop.example] }
  - { name: client-travel, members: [{ login: sue@travel.example, guest: true }, { login: tom@travel.example, guest: true }] }
#- live prod
roles:
  - { name: Lead, permissions: [monitors_write, dashboards_write, dashboards_public_share, synthetics_write] }
  - { name: Builder, permissions: [monitors_write, dashboards_write], receives: [] }
  - { name: Night, permissions: [monitors_write, logs_delete_data] }
  - { name: Publisher, permissions: [dashboards_public_share] }
teams: [{ handle: build, managed: true }, { handle: travel, open: false }]
accounts:
  - { login: ada@agency.example, roles: [Datadog Admin Role, Lead, Night], lastLogin: 2026-11-20 }
  - { login: bo@agency.example, roles: [Datadog Admin Role, Lead, Night], lastLogin: 2026-11-18 }
  - { login: cy@agency.example, roles: [Lead], lastLogin: 2026-11-20 }
  - { login: di@agency.example, roles: [Lead], lastLogin: 2026-11-20 }
  - { login: eve@agency.example, roles: [Lead], lastLogin: 2026-11-20 }
  - { login: flo@agency.example, roles: [Lead], lastLogin: 2026-11-20 }
  - { login: gus@agency.example, roles: [Lead], lastLogin: 2026-11-20 }
  - { login: hal@agency.example, roles: [Datadog Read Only Role] }
  - { login: ines@solo.example, roles: [Builder, Night], lastLogin: 2026-11-20 }
  - { login: jo@two.example, roles: [Builder, Night], lastLogin: 2026-11-20 }
  - { login: kim@three.example, roles: [Builder], lastLogin: 2026-11-20 }
  - { login: lou@four.example, roles: [Builder], lastLogin: 2026-11-20 }
  - { login: max@shop.example, roles: [Datadog Read Only Role] }
  - { login: ned@shop.example, roles: [Datadog Read Only Role] }
  - { login: ola@shop.example, roles: [Datadog Read Only Role] }
  - { login: pia@five.example, roles: [Datadog Read Only Role] }
  - { login: sue@travel.example, roles: [Datadog Read Only Role] }
  - { login: tom@travel.example, roles: [Datadog Read Only Role] }
  - { login: breakglass@agency.example, roles: [Datadog Admin Role], lastLogin: 2026-10-01 }
  - { login: pages@agency.example, name: status-pages, service: true, roles: [Publisher] }
keys: [{ name: pages, owner: pages@agency.example, scopes: [dashboards_public_share], created: 2026-10-15, used: 2026-11-22 }]
switches: { roleMapping: false, teamSource: all_sources }
`));
