/** Owners who should not decide. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const file = (marker = "", role = "Logs") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-ops
${marker}    roles: [${role}]
`;

const live = (members: string, owners = "") => `
#- live okta
groups: [{ name: dd-ops, members: [${members}]${owners} }, { name: dd-all, members: 20 }]
#- live datadog
roles: [{ name: Logs, permissions: [logs_write_archives] }, { name: Viewer, permissions: [dashboards_read] }]
`;

const only = { only: ["esc/weak-group-owner"] };
const MEMBERS = "ana, { login: ben, state: suspended }, sam@northquay.example";

test("an outsider, and somebody who is away", () => {
  checkProblems(
    file(
      `    #      ^^^^^^ warning esc/weak-group-owner: sam@northquay.example (an outsider) owns "dd-ops" and may put anybody into it, which gets "Logs" (high); change the owner in "okta"\n`,
    ) + live(MEMBERS, ", owners: [ana, sam@northquay.example]"),
    only,
  );
  checkProblems(
    file(
      `    #      ^^^^^^ warning esc/weak-group-owner: ben@acme.com (suspended) and sam@northquay.example (an outsider) own "dd-ops" and may put anybody into it, which gets "Logs" (high); change the owner in "okta"\n`,
    ) + live(MEMBERS, ", owners: [ben, sam@northquay.example]"),
    only,
  );
});

test("one of ours, members who own nothing, and a role that gives little", () => {
  checkProblems(file() + live(MEMBERS, ", owners: [ana]"), only);
  checkProblems(file() + live(MEMBERS, ", owners: []"), only);
  checkProblems(file("", "Viewer") + live(MEMBERS, ", owners: [ben]"), only);
});

test("owners that the directory does not tell", () => checkProblems(file() + live(MEMBERS), only));
