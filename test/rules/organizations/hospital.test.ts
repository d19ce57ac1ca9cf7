/**
 * A hospital group: Google Workspace with groups in groups, an organization for the public sector on Datadog's government site
 * beside the commercial one, data that few may unmask, and an expectation for each promise to the auditor. Well run, so every
 * finding would be a false alarm.
 */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

test("a hospital with a government organization raises no finding", () =>
  checkProblems(`
#- /accessmap.yaml
version: 1
project: clinic
directories:
  google: { type: google, customer: C0clinic, admin: reader@clinic.example, groups: "dd-*" }
  gov: { type: entra, tenant: 3b1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b77, cloud: usgov, claim: id }
organizations:
  care:
    site: us3.datadoghq.com
    directory: google
    push: { roles: members, teams: members }
  agency:
    site: ddog-gov.com
    directory: gov
    attribute: groups
    push: { roles: saml, teams: "off" }
policy:
  limits: { critical: 4, high: 30 }
  require: { reason: high, owner: high, until: critical }
  longest: 400d
  review: 120d
  classes:
    - { groups: ["dd-*-ro@clinic.example"], only: read }
    - { groups: ["dd-vendor-*"], never: [logs_read_data, data_scanner_unmask, user_access_manage] }
  apart: [[audit_logs_write, user_access_manage]]
  names: { groups: ["dd-*", "GOV-*"] }
  locked: [lock/*, sod/*]
#- /care/clinical.accessmap.yaml
organization: care
owner: clinical-it@clinic.example
mappings:
  - group: dd-admins@clinic.example
    roles: [Datadog Admin Role]
    reason: Settings of the organization, by turns
    until: 2027-06-30
  - group: dd-clinical-ro@clinic.example
    roles: [Datadog Read Only Role]
  - group: dd-integration@clinic.example
    roles: [Integration Engineer]
    teams: [interfaces]
    reason: Interfaces to laboratory and radiology
  - group: dd-privacy@clinic.example
    roles: [Privacy Desk]
    reason: Look into reported leaks of patient data
    until: 2027-03-31
  - group: dd-vendor-imaging@clinic.example
    roles: [Vendor]
    until: 2027-01-31
expect:
  - { group: dd-vendor-imaging@clinic.example, cannot: [logs_read_data, dashboards_write] }
  - { permission: data_scanner_unmask, people: { max: 5 } }
  - { group: dd-integration@clinic.example, can: [monitors_write], cannot: [data_scanner_unmask] }
#- /agency/gov.accessmap.yaml
organization: agency
owner: public-sector@clinic.example
mappings:
  - group: GOV-Datadog-Admins
    roles: [Datadog Admin Role]
    reason: Two administrators with clearance
    until: 2027-06-30
  - group: GOV-Datadog-Operators
    roles: [Operator]
    reason: Keep the public portal up
#- lock
organizations:
  care: { adopted: true, reviewed: 2026-10-01, roles: [Integration Engineer, Privacy Desk, Vendor], teams: [interfaces] }
  agency: { adopted: true, reviewed: 2026-10-01, roles: [Operator] }
#- live google
groups:
  - { name: dd-admins@clinic.example, members: [{ login: ann@clinic.example, mfa: true }, { login: ben@clinic.example, mfa: true }, { login: cleo@clinic.example, mfa: true }] }
  - { name: dd-clinical-ro@clinic.example, members: [{ login: hana@clinic.example, via: wards@clinic.example }, { login: ivo@clinic.example, via: wards@clinic.example }, { login: joy@clinic.example, via: pharmacy@clinic.example }, dora@clinic.example] }
  - { name: dd-integration@clinic.example, members: [dora@clinic.example, { login: emil@clinic.example, via: lab-it@clinic.example }, { login: fay@clinic.example, via: lab-it@clinic.example }] }
  - { name: dd-privacy@clinic.example, members: [{ login: gita@clinic.example, mfa: true }, { login: hugo@clinic.example, mfa: true }] }
  - { name: dd-vendor-imaging@clinic.example, members: [x@imaging.example, y@imaging.example, { login: z@imaging.example, state: suspended }] }
#- live gov
groups:
  - { name: GOV-Datadog-Admins, members: [{ login: ann@gov.clinic.example, mfa: true }, { login: kay@gov.clinic.example, mfa: true }] }
  - { name: GOV-Datadog-Operators, kind: dynamic, rule: '(user.department -eq "Public Sector IT")', members: [ann@gov.clinic.example, kay@gov.clinic.example, lee@gov.clinic.example, mo@gov.clinic.example] }
#- live care
roles:
  - { name: Integration Engineer, permissions: [monitors_write, dashboards_write, synthetics_write, logs_read_data] }
  - { name: Privacy Desk, permissions: [data_scanner_unmask, logs_read_data] }
  - { name: Vendor, permissions: [dashboards_read, apm_read] }
teams: [{ handle: interfaces, open: false }]
accounts:
  - { login: ann@clinic.example, roles: [Datadog Admin Role], lastLogin: 2026-11-20, mfa: true }
  - { login: ben@clinic.example, roles: [Datadog Admin Role], lastLogin: 2026-11-18, mfa: true }
  - { login: cleo@clinic.example, roles: [Datadog Admin Role], lastLogin: 2026-10-18, mfa: true }
  - { login: dora@clinic.example, roles: [Integration Engineer, Datadog Read Only Role], lastLogin: 2026-11-18 }
  - { login: emil@clinic.example, roles: [Integration Engineer], lastLogin: 2026-11-18 }
  - { login: fay@clinic.example, roles: [Integration Engineer], lastLogin: 2026-11-18 }
  - { login: gita@clinic.example, roles: [Privacy Desk], lastLogin: 2026-11-18 }
  - { login: hugo@clinic.example, roles: [Privacy Desk], lastLogin: 2026-11-18 }
  - { login: hana@clinic.example, roles: [Datadog Read Only Role], lastLogin: 2026-11-18 }
  - { login: ivo@clinic.example, roles: [Datadog Read Only Role], lastLogin: 2026-11-18 }
  - { login: joy@clinic.example, roles: [Datadog Read Only Role], lastLogin: 2026-11-18 }
  - { login: x@imaging.example, roles: [Vendor], lastLogin: 2026-11-18 }
  - { login: y@imaging.example, roles: [Vendor], lastLogin: 2026-11-18 }
switches: { roleMapping: false, teamSource: manually }
#- live agency
roles: [{ name: Operator, permissions: [monitors_write, monitors_downtime, dashboards_write, incident_write] }]
accounts:
  - { login: ann@gov.clinic.example, roles: [Datadog Admin Role, Operator], lastLogin: 2026-11-20 }
  - { login: kay@gov.clinic.example, roles: [Datadog Admin Role, Operator], lastLogin: 2026-11-20 }
  - { login: lee@gov.clinic.example, roles: [Operator], lastLogin: 2026-11-20 }
  - { login: mo@gov.clinic.example, roles: [Operator], lastLogin: 2026-11-20 }
  - { login: rescue@gov.clinic.example, roles: [Datadog Admin Role], lastLogin: 2026-09-20 }
mappings:
  - { key: groups, group: group-gov-datadog-admins, role: Datadog Admin Role }
  - { key: groups, group: group-gov-datadog-operators, role: Operator }
switches: { roleMapping: true, teamSource: manually }
`));
