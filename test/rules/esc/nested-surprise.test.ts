/** People who come through a group inside. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const file = (marker = "", role = "Logs") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-ops
${marker}    roles: [${role}]
`;

const member = (login: string, via: string) => `{ login: ${login}, via: ${via} }`;
const many = Array.from({ length: 11 }, (_, index) => member(`p${index}`, "eng-all")).join(", ");

const live = (members: string) => `
#- live okta
groups: [{ name: dd-ops, members: [${members}] }, { name: dd-all, members: 40 }]
#- live datadog
roles: [{ name: Logs, permissions: [logs_write_archives] }, { name: Viewer, permissions: [dashboards_read] }]
`;

const only = { only: ["esc/nested-surprise"] };

test("many people, and a single outsider", () => {
  checkProblems(
    file(
      `    #      ^^^^^^ warning esc/nested-surprise: 11 of 12 people in "dd-ops" are there only through "eng-all", and get "Logs" (high); map the inner group by itself, or take it out\n`,
    ) + live(`ana, ${many}`),
    only,
  );
  checkProblems(
    file(
      `    #      ^^^^^^ warning esc/nested-surprise: 2 of 3 people in "dd-ops" are there only through "leads" and "suppliers", 1 of them an outsider, and get "Logs" (high); map the inner group by itself, or take it out\n`,
    ) + live(`ana, ${member("ben", "leads")}, ${member("sam@northquay.example", "suppliers")}`),
    only,
  );
});

test("a few of ours, a group of groups, and a role that gives little", () => {
  checkProblems(file() + live(many), only);
  checkProblems(file() + live(`ana, ${member("ben", "leads")}`), only);
  checkProblems(file("", "Viewer") + live(`ana, ${many}`), only);
});

test("a directory that does not tell the way", () =>
  checkProblems(file() + live(`ana, ${many.replaceAll(", via: eng-all", "")}`), only));
