/** Ways to an administrator's power: one planted of each kind, with the steps, the places and the fewest edits. */

import { test } from "vitest";
import { ask } from "../../../server/src/core/analysis/questions/ask.ts";
import { expectText } from "../../support/expectText.ts";
import { parseFixture } from "../../support/fixture.ts";

function checkWays(company: string, expected: string, group?: string): void {
  const { snapshot } = parseFixture(company);
  const [organization] = snapshot.project?.content.organizations.values() ?? [];
  if (!organization) throw new Error("no organization");
  const reply = ask(
    snapshot,
    organization,
    { kind: "escalation", ...(group === undefined ? {} : { group }) },
    "counts",
  );
  expectText(`${("problem" in reply ? [reply.problem] : [reply.title, ...reply.lines]).join("\n")}\n`, expected);
}

const company = (mappings: string, linked = "{}") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { corp: { type: entra, tenant: 7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10 } }
organizations: { prod: { site: datadoghq.eu, linked: ${linked} } }
#- /a.accessmap.yaml
mappings:
${mappings}
#- live corp
groups:
  - { name: sg-admins, members: [bob] }
  - { name: sg-ci, members: [ana] }
  - { name: sg-club, members: [ana], joinable: true }
  - { name: sg-dev, members: [ana, cyd] }
  - { name: sg-names, kind: dynamic, rule: 'user.displayName -contains "SRE"', members: [cyd] }
#- live datadog
roles:
  - { name: Boss, permissions: [user_access_manage] }
  - { name: Cloud, permissions: [workload_identity_federation_write] }
  - { name: Deployer, permissions: [service_account_write] }
  - { name: Key Keeper, permissions: [org_app_keys_write] }
  - { name: Runner, permissions: [connections_resolve, workflows_run] }
  - { name: Viewer, permissions: [cases_read] }
accounts:
  - { login: bob, roles: [Boss] }
  - { login: robot, name: deploy-bot, roles: [Boss], service: true }
teams: [{ handle: sre, open: true }]
keys: [{ name: ci, owner: robot, scopes: [monitors_write] }, { name: bobs, owner: bob, scopes: [monitors_write] }]
`;
const GAPS = `Not checked, so there may be more
  roles linked to teams: no API tells them, and none is declared for prod
  what stored connections may do: no API tells it, and none is declared for prod
`;
const TITLE = "Ways to an administrator's power in prod";
const BOSS = `    "Boss" permits user_access_manage
    whoever edits roles and mappings grants themselves the rest
`;

test("a service account with a key to be made", () =>
  checkWays(
    company("  - { group: sg-ci, roles: [Deployer] }\n  - { group: sg-dev, roles: [Viewer] }"),
    `${TITLE}
  "sg-ci"
    "sg-ci" gets "Deployer"  a.accessmap.yaml:2
    "Deployer" permits service_account_write
    service_account_write makes keys for service account "deploy-bot"
    "deploy-bot" holds "Boss"
${BOSS}One edit ends all of them
  take "Deployer" from "sg-ci"
${GAPS}`,
  ));

test("an administrator's key with scopes, without the administrator's name", () =>
  checkWays(
    company("  - { group: sg-ci, roles: [Key Keeper] }"),
    `${TITLE}
  "sg-ci"
    "sg-ci" gets "Key Keeper"  a.accessmap.yaml:2
    "Key Keeper" permits org_app_keys_write
    org_app_keys_write lifts the scopes of the key "bobs", and whoever has it may do all that its owner, an administrator, may
One edit ends all of them
  take "Key Keeper" from "sg-ci"
${GAPS}`,
  ));

test("an outside identity that acts as an account", () =>
  checkWays(
    company("  - { group: sg-ci, roles: [Cloud] }"),
    `${TITLE}
  "sg-ci"
    "sg-ci" gets "Cloud"  a.accessmap.yaml:2
    "Cloud" permits workload_identity_federation_write
    workload_identity_federation_write lets an outside identity act as an administrator's account
One edit ends all of them
  take "Cloud" from "sg-ci"
${GAPS}`,
  ));

test("a declared connection, for two groups by one role", () =>
  checkWays(
    company(
      "  - { group: sg-ci, roles: [Runner] }\n  - { group: sg-dev, roles: [Runner] }",
      "{ connections: { deploys: [Boss] }, teams: { other: [Viewer] } }",
    ),
    `${TITLE}
  "sg-ci" and "sg-dev"
    "sg-ci" gets "Runner"  a.accessmap.yaml:2
    "Runner" permits connections_resolve
    connections_resolve uses the connection "deploys" in any action that they may start
    the connection acts with "Boss"
${BOSS}One edit ends all of them
  take connections_resolve out of "Runner"
Not checked, so there may be more
  who is in linked teams (other) by other ways than mappings is not read
`,
  ));

test("a declared link of a team that anybody may join", () =>
  checkWays(
    company(
      "  - { group: sg-ci, teams: [sre] }\n  - { group: sg-dev, roles: [Viewer] }",
      "{ teams: { sre: [Boss] }, connections: { reports: [Viewer] } }",
    ),
    `${TITLE}
  "sg-ci"
    "sg-ci" gets team "sre"  a.accessmap.yaml:2
    team "sre" is linked to "Boss"
${BOSS}  "sg-dev"
    everybody in "sg-dev" is in the organization
    anybody in the organization may join team "sre"
    team "sre" is linked to "Boss"
${BOSS}One edit ends all of them
  unlink "Boss" from team "sre"
Not checked, so there may be more
  who is in linked teams (sre) by other ways than mappings is not read
`,
  ));

test("a group that anybody may join, and one that people set themselves into", () => {
  checkWays(
    company("  - { group: sg-club, roles: [Boss] }\n  - { group: sg-dev, roles: [Viewer] }"),
    `${TITLE}
Openly administrators: "sg-club"
  "sg-dev"
    everybody in "sg-dev" is in "corp"
    anybody in "corp" may join "sg-club"
    "sg-club" gets "Boss"  a.accessmap.yaml:2
${BOSS}One edit ends all of them
  make "sg-club" private
${GAPS}`,
  );
  checkWays(
    company("  - { group: sg-dev, roles: [Viewer] }\n  - { group: sg-names, roles: [Boss] }"),
    `${TITLE} for "sg-dev"
  "sg-dev"
    everybody in "sg-dev" is in "corp"
    anybody in "corp" may set user.displayName, by which the rule of "sg-names" takes them in
    "sg-names" gets "Boss"  a.accessmap.yaml:3
${BOSS}One edit ends all of them
  let the rule of "sg-names" read other attributes
${GAPS}`,
    "sg-dev",
  );
});

test("no way, no mapping of that name, and accounts that were not read", () => {
  checkWays(
    company("  - { group: sg-admins, roles: [Boss] }\n  - { group: sg-dev, roles: [Viewer] }"),
    `${TITLE}\nOpenly administrators: "sg-admins"\nNo other way is known\n${GAPS}`,
  );
  checkWays(
    company("  - { group: sg-dev, roles: [Viewer] }"),
    'No mapping in force of prod names the group "sg-de"; did you mean "sg-dev"?\n',
    "sg-de",
  );
  checkWays(
    `${company("  - { group: sg-ci, roles: [Deployer] }")}unread: [accounts]\n`,
    `${TITLE}\nNo other way is known\n${GAPS}  accounts of prod not known: accounts may not be read\n`,
  );
});
