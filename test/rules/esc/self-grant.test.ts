/** esc/self-grant: a permission to act as a chosen account is an administrator's where there is one to act as. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const ONLY = { only: ["esc/self-grant"] };
const LIVE = `
#- live okta
groups: [{ name: dd-cloud, members: [ana] }]
#- live datadog
roles: [{ name: Cloud, permissions: [workload_identity_federation_write] }]
`;
const ADMIN = 'accounts: [{ login: bob, roles: ["Datadog Admin Role"] }]\n';
const FINDING = `
#- /a.accessmap.yaml
mappings:
  - group: dd-cloud
    roles: [Cloud]
    #       ^^^^^ error esc/self-grant: "dd-cloud" leads to an administrator's power: "Cloud" permits workload_identity_federation_write; workload_identity_federation_write lets an outside identity act as an administrator's account. To end it, take "Cloud" from "dd-cloud" [fix]
    teams: [cloud]
${LIVE}${ADMIN}`;

test("the way is told, and the fewest edits that end it", () => checkProblems(FINDING, ONLY));

test("the role can be taken away", () =>
  checkFix(FINDING, "Remove this role", "mappings:\n  - group: dd-cloud\n    roles: []\n    teams: [cloud]\n", ONLY));

test("what a bundle brings is told without a fix", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
bundles: { cloud: { roles: [Cloud] } }
mappings:
  - { group: dd-cloud, bundles: [cloud] }
    #                            ^^^^^ error esc/self-grant
${LIVE}${ADMIN}`,
    ONLY,
  ));

test("without an administrator to act as there is no way, and accounts that were not read prove none", () => {
  checkProblems(`#- /a.accessmap.yaml\nmappings:\n  - { group: dd-cloud, roles: [Cloud] }\n${LIVE}`, ONLY);
  checkProblems(
    `#- /a.accessmap.yaml\nmappings:\n  - { group: dd-cloud, roles: [Cloud] }\n${LIVE}unread: [accounts]\n`,
    ONLY,
  );
});

test("a mapping that has ended leads nowhere", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-cloud, roles: [Cloud], until: 2026-01-01 }
${LIVE}${ADMIN}`,
    ONLY,
  ));
