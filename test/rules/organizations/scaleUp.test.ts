/**
 * A scale-up whose machines outnumber its people: workload identities, a SCIM service beside Okta, teams that confer roles,
 * open teams without any, connections that act with little, bundles over three files. Well run, so every finding would be a
 * false alarm.
 */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

test("a scale-up with federated machines and team-linked roles raises no finding", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: scale
directories:
  okta: { type: okta, domain: scale.okta.com, groups: "app-datadog-*" }
  hr: { type: scim, url: https://hr.scale.example/scim/v2 }
organizations:
  main:
    site: datadoghq.com
    directory: okta
    push: { roles: scim, teams: scim, users: deactivate }
    linked:
      teams: { edge: [Edge Responder] }
      connections: { status-page: [Publisher], pager: [Edge Responder] }
policy:
  limits: { critical: 8, high: 60 }
  require: { reason: high, owner: high }
  bots:
    - { name: gha-deploy, owner: edge@scale.example, until: 2027-04-30 }
    - { name: terraform, owner: core@scale.example, until: 2027-04-30 }
  overrides:
    - { rules: [exp/soon], files: ["teams/*"], severity: "off" }
#- /teams/core.accessmap.yaml
organization: main
owner: core@scale.example
bundles:
  everyday: { roles: [Builder], teams: [everyone] }
mappings:
  - group: app-datadog-core
    bundles: [everyday]
    roles: [Core]
    teams: [core]
    reason: Run the shared clusters
  - group: app-datadog-owners
    roles: [Datadog Admin Role]
    reason: Owners of the contract, for emergencies
    until: 2026-12-01
#- /teams/edge.accessmap.yaml
organization: main
owner: edge@scale.example
mappings:
  - group: app-datadog-edge
    bundles: [everyday]
    teams: [edge]
    reason: First line for the edge
#- /people.accessmap.yaml
organization: main
owner: people@scale.example
mappings:
  - group: { directory: hr, name: Interns 2026 }
    roles: [Datadog Read Only Role]
    until: 2027-02-28
  - group: { directory: hr, name: Office }
    roles: [Datadog Read Only Role]
expect:
  - { permission: workload_identity_federation_write, people: { max: 5 } }
#- lock
organizations: { main: { adopted: true, roles: [Builder, Core], teams: [core, edge, everyone] } }
#- live okta
groups:
  - { name: app-datadog-core, kind: dynamic, rule: 'user.department=="Core"', members: [a@scale.example, b@scale.example, c@scale.example, d@scale.example, e@scale.example, f@scale.example, g@scale.example, h@scale.example, i@scale.example] }
  - { name: app-datadog-edge, kind: dynamic, rule: 'user.department=="Edge"', members: [k@scale.example, l@scale.example, m@scale.example] }
  - { name: app-datadog-owners, members: [a@scale.example, k@scale.example] }
#- live hr
groups:
  - { name: Interns 2026, members: [{ login: n@scale.example }, { login: o@scale.example }] }
  - { name: Office, members: [p@scale.example, q@scale.example] }
#- live main
roles:
  - { name: Builder, permissions: [monitors_write, dashboards_write, notebooks_write, logs_read_data] }
  - { name: Core, permissions: [synthetics_write, logs_write_pipelines, metric_tags_write] }
  - { name: Edge Responder, permissions: [incident_write, monitors_downtime] }
  - { name: Publisher, permissions: [dashboards_public_share] }
  - { name: Deployer, permissions: [monitors_write, dashboards_write] }
teams:
  - { handle: core, managed: true, members: [a@scale.example, b@scale.example] }
  - { handle: edge, managed: true, members: [k@scale.example] }
  - { handle: everyone, managed: true, members: [a@scale.example] }
  - { handle: bikes, open: true, members: [p@scale.example] }
accounts:
  - { login: a@scale.example, roles: [Datadog Admin Role, Builder, Core], lastLogin: 2026-11-20 }
  - { login: b@scale.example, roles: [Builder, Core], lastLogin: 2026-11-20 }
  - { login: c@scale.example, roles: [Builder, Core], lastLogin: 2026-11-20 }
  - { login: d@scale.example, roles: [Builder, Core], lastLogin: 2026-11-20 }
  - { login: e@scale.example, roles: [Builder, Core], lastLogin: 2026-11-20 }
  - { login: f@scale.example, roles: [Builder, Core], lastLogin: 2026-11-20 }
  - { login: g@scale.example, roles: [Builder, Core], lastLogin: 2026-11-20 }
  - { login: h@scale.example, roles: [Builder, Core], lastLogin: 2026-11-20 }
  - { login: i@scale.example, roles: [Builder, Core], lastLogin: 2026-11-20 }
  - { login: k@scale.example, roles: [Datadog Admin Role, Builder], lastLogin: 2026-11-20 }
  - { login: l@scale.example, roles: [Builder], lastLogin: 2026-11-20 }
  - { login: m@scale.example, roles: [Builder], lastLogin: 2026-11-20 }
  - { login: n@scale.example, roles: [Datadog Read Only Role], lastLogin: 2026-11-20 }
  - { login: o@scale.example, roles: [Datadog Read Only Role], lastLogin: 2026-11-20 }
  - { login: p@scale.example, roles: [Datadog Read Only Role], lastLogin: 2026-11-20 }
  - { login: q@scale.example, roles: [Datadog Read Only Role], lastLogin: 2026-11-20 }
  - { login: rescue@scale.example, roles: [Datadog Admin Role], lastLogin: 2026-09-20 }
  - { login: gha@scale.example, name: gha-deploy, service: true, roles: [Deployer] }
  - { login: tf@scale.example, name: terraform, service: true, roles: [Deployer] }
keys:
  - { name: deploys, owner: gha@scale.example, scopes: [monitors_write], created: 2026-10-15, used: 2026-11-22 }
  - { name: plan, owner: tf@scale.example, kind: service-token, scopes: [dashboards_write], created: 2026-10-15, used: 2026-11-22, expires: 2027-01-15 }
switches: { roleMapping: false, teamSource: all_sources }
`));
