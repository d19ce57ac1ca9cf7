/** More than reading for everybody. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const file = (roles: string, marker = "") => `
#- /a.accessmap.yaml
mappings:
  - group: Everyone
    roles: [${roles}]
${marker}`;

const LIVE = `
#- live okta
groups: [{ name: Everyone, kind: everyone, count: 900 }]
#- live datadog
roles: [{ name: Builder, permissions: [workflows_run, monitors_write] }, { name: Viewer, permissions: [dashboards_read] }]
`;

const only = { only: ["priv/everyone-elevated", "priv/limit-exceeded", "priv/code-execution"] };

test("one finding says it all", () =>
  checkProblems(
    file(
      "Builder",
      `    #       ^^^^^^^ error priv/everyone-elevated: "Everyone" holds everybody, and "Builder" permits more than reading (high: workflows_run); give everybody "Datadog Read Only Role" [fix]\n`,
    ) + LIVE,
    only,
  ));

test("reading is offered instead, unless it is there already", () => {
  const title = 'Use "Datadog Read Only Role" instead';
  checkFix(
    file("Builder") + LIVE,
    title,
    "\nmappings:\n  - group: Everyone\n    roles: [Datadog Read Only Role]\n",
    only,
  );
  checkFix(
    file("Builder, Datadog Read Only Role") + LIVE,
    "Remove this role",
    "\nmappings:\n  - group: Everyone\n    roles: [Datadog Read Only Role]\n",
    only,
  );
});

test("reading, a group that merely is large, and administrators, whom another rule judges", () => {
  checkProblems(file("Viewer, Datadog Read Only Role") + LIVE, only);
  checkProblems(file("Builder") + LIVE.replace("kind: everyone", "kind: static"), { only: ["priv/everyone-elevated"] });
  checkProblems(file("Datadog Admin Role") + LIVE, { only: ["priv/everyone-elevated"] });
});

test("not known: the role, or that it is everybody's group", () => {
  checkProblems(
    `${file("Builder")}#- live okta\ngroups: [{ name: Everyone, kind: everyone }]\n#- live datadog unreachable timeout\n`,
  );
  checkProblems(
    `${file("Builder")}#- live okta unreachable timeout\n#- live datadog\nroles: [{ name: Builder, permissions: [monitors_write] }]\n`,
  );
});
