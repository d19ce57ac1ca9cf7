/** Groups that anybody may join. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const file = (role: string, marker = "") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-club
${marker}    roles: [${role}]
`;

const live = (fields: string) => `
#- live okta
groups: [{ name: dd-club${fields} }]
#- live datadog
roles: [{ name: Builder, permissions: [monitors_write] }, { name: Big, permissions: [monitors_write, workflows_run, product_analytics_metrics_read] }, { name: Viewer, permissions: [product_analytics_metrics_read] }]
`;

const only = { only: ["esc/self-join-group"] };

test("more than reading for whoever joins", () =>
  checkProblems(
    file(
      "Builder",
      `    #      ^^^^^^^ error esc/self-join-group: "dd-club" gets "Builder" (medium: monitors_write), and anybody in "okta" may join it; map a group that somebody keeps, or make this one private [fix]\n`,
    ) + live(", joinable: true"),
    only,
  ));

test("a role that only reads is offered", () =>
  checkFix(
    file("Big") + live(", joinable: true"),
    'Use "Viewer" instead',
    "\nmappings:\n  - group: dd-club\n    roles: [Viewer]\n",
    only,
  ));

test("reading, and a group that somebody keeps", () => {
  checkProblems(file("Viewer") + live(", joinable: true"), only);
  checkProblems(file("Builder") + live(", joinable: false"), only);
});

test("not known: who may join, or what the role permits", () => {
  checkProblems(file("Builder") + live(""), only);
  checkProblems(
    `${file("Builder")}#- live okta\ngroups: [{ name: dd-club, joinable: true }]\n#- live datadog unreachable timeout\n`,
    only,
  );
});
