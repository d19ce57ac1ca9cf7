/** Sensitive permissions that a change brings to people, compared with the base commit. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const ONLY = { only: ["sod/new-access"] };

const LIVE = `
#- live okta
groups: [{ name: dd-sre, members: [ana, bob] }, { name: dd-web, members: [bob, cyd] }, dd-unread]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data, user_access_invite, monitors_write] }, { name: Viewer, permissions: [cases_read] }]
accounts: [ana, bob, { login: cyd, roles: [SRE] }, dan]
`;

const OLD = "\n#- base a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [Viewer] }\n";

test("who gains what is told at the line that brings it", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [Viewer] }
  - { group: dd-sre, roles: [SRE] }
    #                        ^^^ info sod/new-access: This change gives ana@acme.com and bob@acme.com what nothing gave them before: logs_delete_data and user_access_invite. Whoever approves it agrees to that
${OLD}${LIVE}`,
    ONLY,
  ));

test("a bundle brings it to whoever uses the bundle, and who has it anyway gains nothing", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
bundles:
  all: { roles: [SRE] }
mappings:
  - { group: dd-web, bundles: [all] }
    #                          ^^^ info sod/new-access: This change gives bob@acme.com what nothing gave them before: logs_delete_data and user_access_invite. Whoever approves it agrees to that
${OLD}${LIVE}`,
    ONLY,
  ));

test("where the members are not known the group is told", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-unread, roles: [SRE] }
    #                           ^^^ info sod/new-access: This change gives the members of "dd-unread" what nothing gave them before: logs_delete_data and user_access_invite. Whoever approves it agrees to that
${OLD}${LIVE}`,
    ONLY,
  ));

test.each([
  ["nothing is compared", "  - { group: dd-sre, roles: [SRE] }", ""],
  ["the base gave it already", "  - { group: dd-sre, roles: [SRE] }", OLD.replace("Viewer", "SRE")],
  ["what is gained is harmless", "  - { group: dd-web, roles: [Viewer] }", OLD],
  ["the change takes something away", "  - { group: dd-sre, roles: [] }", OLD.replace("Viewer", "SRE")],
])("silent: %s", (_, mapping, base) =>
  checkProblems(`\n#- /a.accessmap.yaml\nmappings:\n${mapping}\n${base}${LIVE}`, ONLY),
);

test("unknown: nothing was read", () =>
  checkProblems(
    `\n#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, roles: [SRE] }\n${OLD}${LIVE.split("#- live datadog")[0]}#- live datadog unreachable no network\n`,
    ONLY,
  ));
