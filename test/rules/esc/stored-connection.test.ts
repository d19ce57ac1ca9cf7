/** esc/stored-connection: said once for a declared connection, with everybody who may use it. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const ONLY = { only: ["esc/stored-connection", "ref/unknown-role"] };
const LIVE = `
#- live okta
groups: [{ name: dd-dev, members: [ana] }, { name: dd-web, members: [bob] }, { name: dd-ro, members: [cyd] }]
#- live datadog
roles:
  - { name: Automation, permissions: [connections_resolve, workflows_run] }
  - { name: Viewer, permissions: [workflows_read] }
  - { name: Boss, permissions: [user_access_manage] }
`;
const project = (linked: string) => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod:
    site: datadoghq.eu
    linked:
      connections:
${linked}`;
const MAPPINGS = `
#- /a.accessmap.yaml
mappings:
  - { group: dd-dev, roles: [Automation] }
  - { group: dd-ro, roles: [Viewer] }
  - { group: dd-web, roles: [Automation] }
${LIVE}`;

test("the groups, the role they use it through, and what ends it for all", () =>
  checkProblems(
    `${project(`        deploys: [Boss]
        #^^^^^^ error esc/stored-connection: The connection "deploys" acts with "Boss", and "dd-dev" and "dd-web" may use it through "Automation" in what workflows_run starts: that leads to an administrator's power unless Datadog restricts who may use the connection. To end it, take connections_resolve out of "Automation"`)}${MAPPINGS}`,
    ONLY,
  ));

test("a connection that acts with little is none of its business", () =>
  checkProblems(`${project("        reports: [Viewer]")}${MAPPINGS}`, ONLY));

test("whoever may start nothing is not told of, whatever a role of another group permits", () =>
  checkProblems(
    `${project(`        deploys: [Boss]
        #^^^^^^ error esc/stored-connection: The connection "deploys" acts with "Boss", and "dd-web" may use it through "Resolver" in what workflows_write and apps_write start: that leads to an administrator's power unless Datadog restricts who may use the connection. To end it, take "Resolver" from "dd-web"`)}
#- /a.accessmap.yaml
mappings:
  - { group: dd-dev, roles: [Resolver] }
  - { group: dd-ro, roles: [Maker] }
  - { group: dd-web, roles: [Resolver, Maker] }
${LIVE}  - { name: Resolver, permissions: [connections_resolve] }
  - { name: Maker, permissions: [workflows_write, apps_write] }
`,
    ONLY,
  ));

test("one that nobody may use is not told, and neither are groups that administer openly", () =>
  checkProblems(
    `${project("        deploys: [Boss]")}
#- /a.accessmap.yaml
mappings:
  - { group: dd-ro, roles: [Viewer] }
  - { group: dd-dev, roles: [Automation, Boss] }
  - { group: dd-web, roles: [Automation], until: 2026-01-01 }
${LIVE}`,
    ONLY,
  ));

test("roles that were not read prove nothing", () =>
  checkProblems(`${project("        deploys: [Boss]")}${MAPPINGS}unread: [roles]\n`, ONLY));

test("without a declaration nothing is known, and a role that is not there is told", () => {
  checkProblems(MAPPINGS, ONLY);
  checkProblems(
    `${project(`        deploys: [Bos]
        #         ^^^ error ref/unknown-role: "prod" has no role "Bos"; did you mean "Boss"? [fix]`)}${MAPPINGS}`,
    ONLY,
  );
});
