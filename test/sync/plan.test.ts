/** What a plan changes, and what it leaves alone. */

import { expect, test } from "vitest";
import { checkPlan, planOf } from "./support/checkPlan.ts";

const PLATFORM = `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    roles: [SRE]
`;
const ADOPTED = `
#- lock
organizations: { prod: { adopted: true, roles: [SRE] } }
`;

test("a member gains the role of the group and keeps what nobody here manages", () =>
  checkPlan(
    `${PLATFORM}
#- live okta
groups: [{ name: dd-sre, members: [ana, bob] }]
#- live datadog
roles: [SRE, Legacy]
accounts: [{ login: ana, roles: [Legacy] }, { login: bob, roles: [SRE, Legacy] }]
`,
    "ana: give SRE (keeps Legacy)",
  ));

test("several mappings add up to one write per person", () => {
  const plan = planOf(`
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    roles: [SRE, Engineer]
  - group: dd-eng
    roles: [Engineer]
#- live okta
groups: [{ name: dd-sre, members: [ana] }, { name: dd-eng, members: [ana] }]
#- live datadog
roles: [SRE, Engineer]
accounts: [ana]
`);
  expect(plan.changes).toHaveLength(1);
  expect(plan.changes[0]).toMatchObject({
    action: "set-roles",
    before: [],
    after: [{ name: "Engineer" }, { name: "SRE" }],
    grants: [{ because: { text: "dd-sre → Engineer", line: 4 } }, { because: { text: "dd-sre → SRE", line: 4 } }],
  });
});

test("who left the group loses the role once the organization is adopted", () =>
  checkPlan(
    `${PLATFORM}${ADOPTED}
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [SRE, Legacy]
accounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE, Legacy] }]
`,
    "bob: take SRE (keeps Legacy)",
  ));

test("before adoption the same is listed and nothing is removed", () =>
  checkPlan(
    `${PLATFORM}
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [SRE, Legacy]
accounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE, Legacy] }]
`,
    "held: bob keeps SRE: the organization is not adopted yet, so nothing is removed; `accessmap lock --adopt` allows it",
  ));

test("a role that only the lock names is still managed", () =>
  checkPlan(
    `${PLATFORM}
#- lock
organizations: { prod: { adopted: true, roles: [SRE, Old] } }
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [SRE, Old]
accounts: [{ login: ana, roles: [SRE, Old] }]
`,
    `
ana: take Old (keeps SRE)
refused: Old has people today and would have none [lock/emptied:role=Old]`,
  ));

test("people join by login before they join by address", () =>
  checkPlan(
    `${PLATFORM}
#- live okta
groups: [{ name: dd-sre, members: [{ login: ana@corp.acme.com, email: ana@acme.com }, { login: bob@corp.acme.com, email: robert@acme.com }] }]
#- live datadog
roles: [SRE]
accounts: [ana, { login: bob.smith, email: robert@acme.com }]
`,
    `
ana: give SRE
bob.smith: give SRE`,
  ));

test("a mapping past its last day gives nothing, and takes what it gave", () =>
  checkPlan(
    `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    roles: [SRE]
    until: 2026-11-22
  - group: dd-all
    roles: [Reader]
${ADOPTED}
#- live okta
groups: [{ name: dd-sre, members: [ana] }, { name: dd-all, members: [ana, bob] }]
#- live datadog
roles: [SRE, Reader]
accounts: [{ login: ana, roles: [SRE, Reader] }, { login: bob, roles: [Reader] }]
`,
    `
ana: take SRE (keeps Reader)
refused: SRE has people today and would have none [lock/emptied:role=SRE]`,
  ));

test("suspended people lose, pending accounts gain, disabled ones are left", () =>
  checkPlan(
    `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    roles: [SRE]
${ADOPTED}
#- live okta
groups: [{ name: dd-sre, members: [{ login: sue, state: suspended }, pat, dan, ok] }]
#- live datadog
roles: [SRE, Legacy]
accounts:
  - { login: sue, roles: [SRE, Legacy] }
  - { login: pat, status: pending }
  - { login: dan, status: disabled }
  - { login: gone, status: disabled, roles: [SRE] }
  - { login: ok, roles: [SRE] }
`,
    `
pat: give SRE
sue: take SRE (keeps Legacy)
held: dan gains nothing: disabled in Datadog
warning: 1 disabled account keeps managed roles that no mapping gives; they count again when somebody enables them`,
  ));

test("a disabled account is named once, whatever it would gain", () =>
  checkPlan(
    `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, roles: [SRE], teams: [sre] }
#- live okta
groups: [{ name: dd-sre, members: [dan] }]
#- live datadog
roles: [SRE]
accounts: [{ login: dan, status: disabled }]
`,
    "held: dan gains nothing: disabled in Datadog",
  ));

test("who would hold nothing is left and reported", () =>
  checkPlan(
    `${PLATFORM}${ADOPTED}
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [SRE]
accounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE] }]
`,
    "held: bob keeps SRE: they would hold no role at all; deactivate the account or give it another role",
  ));

test("members without an account are reported, service accounts never changed", () =>
  checkPlan(
    `${PLATFORM}${ADOPTED}
#- live okta
groups: [{ name: dd-sre, members: [new, robot, ana] }]
#- live datadog
roles: [SRE, Legacy]
accounts: [{ login: ana, roles: [SRE] }, { login: robot, service: true }, { login: other, service: true, roles: [SRE, Legacy] }]
`,
    `
held: new: no Datadog account yet; the identity provider creates accounts, the next push gives them their access
held: robot: service accounts are never changed
warning: other is a service account that holds managed roles; service accounts are never changed`,
  ));

test("a role that permits what no list explains says so, where somebody gains or loses it", () =>
  checkPlan(
    `${PLATFORM}
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [{ name: SRE, permissions: [monitors_write], unresolved: 2 }, { name: Legacy, unresolved: 1 }]
accounts: [{ login: ana, roles: [Legacy] }]
`,
    `
ana: give SRE (keeps Legacy)
warning: SRE has 2 permissions in no list: whoever gains or loses it gains or loses more than is told here`,
  ));

test("with SAML role mapping on, people without a match are named", () =>
  checkPlan(
    `${PLATFORM}
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [SRE, Legacy]
accounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [Legacy] }]
switches: { roleMapping: true }
`,
    "warning: bob gets no role from any mapping; the organization's SAML role mapping is on, and where it is on, people without a match lose their roles at the next login",
  ));

test("order: creates, grants, mixed changes, revokes", () =>
  checkPlan(
    `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-a
    roles: [A]
    teams: [alpha]
  - group: dd-b
    roles: [B]
#- lock
organizations: { prod: { adopted: true } }
#- live okta
groups: [{ name: dd-a, members: [gain, mixed, a1, a2] }, { name: dd-b, members: [b1, b2] }]
#- live datadog
roles: [A, B, Keep]
accounts:
  - { login: mixed, roles: [B, Keep] }
  - { login: lose, roles: [B, Keep] }
  - { login: a1, roles: [A] }
  - { login: a2, roles: [A] }
  - { login: b1, roles: [B] }
  - { login: b2, roles: [B] }
  - gain
`,
    `
create team alpha under SCIM as "alpha" (accessmap:acme-access:alpha)
team alpha: add a1, a2, gain and mixed
gain: give A
mixed: give A; take B (keeps Keep)
lose: take B (keeps Keep)`,
  ));
