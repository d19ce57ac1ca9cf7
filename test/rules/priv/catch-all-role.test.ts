/** Roles that are dangerous in several ways. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const MAPPING = `
#- /a.accessmap.yaml
mappings:
  - group: dd-eng
    roles: [Builder]
    reason: engineers build
`;

const live = (permissions: string, members = "members: 143") => `
#- live okta
groups: [{ name: dd-eng, ${members} }]
#- live datadog
roles: [{ name: Builder, permissions: [${permissions}, monitors_write] }, { name: Watcher, permissions: [monitors_write] }]
`;

const THREE = "api_keys_read, workflows_run, logs_modify_indexes";

test("three dangers for many are one finding, and the rules on each are silent", () =>
  checkProblems(
    MAPPING.replace(
      "roles: [Builder]",
      `roles: [Builder]
    #       ^^^^^^^ warning priv/catch-all-role: "dd-eng" gives "Builder" to 143 people, who can destroy data (logs_modify_indexes), get at stored secrets (api_keys_read) and act on other systems (workflows_run). Give each of these to those whose work it is [fix]`,
    ) + live(THREE),
  ));

test("a role without any of them is offered", () =>
  checkFix(
    MAPPING + live(THREE),
    'Use "Watcher" instead',
    "\nmappings:\n  - group: dd-eng\n    roles: [Watcher]\n    reason: engineers build\n",
  ));

test("two dangers, ten people, administrators", () => {
  const only = { only: ["priv/catch-all-role"] };
  checkProblems(MAPPING + live("api_keys_read, workflows_run"), only);
  checkProblems(MAPPING + live(THREE, "members: 10"), only);
  checkProblems(MAPPING + live(`${THREE}, user_access_manage`), only);
});

test("a group of unknown size", () =>
  checkProblems(MAPPING + live(THREE, "kind: static"), { only: ["priv/catch-all-role"] }));
