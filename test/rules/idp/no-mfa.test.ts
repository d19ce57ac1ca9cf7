/** People without a second factor. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const file = (marker = "", role = "Logs") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-ops
${marker}    roles: [${role}]
`;

const live = (members: string) => `
#- live okta
groups: [{ name: dd-ops, members: [${members}] }]
#- live datadog
roles: [{ name: Logs, permissions: [logs_write_archives] }, { name: Viewer, permissions: [dashboards_read] }]
accounts: [{ login: ana, mfa: false }]
`;

const only = { only: ["idp/no-mfa"] };

test("one of them, and all of them", () => {
  checkProblems(
    file(
      `    #      ^^^^^^ warning idp/no-mfa: 1 of 2 people in "dd-ops" signs in to "okta" without a second factor and gets "Logs" (high); enforce it for this group\n`,
    ) + live("{ login: ana, mfa: true }, { login: ben, mfa: false }"),
    only,
  );
  checkProblems(
    file(
      `    #      ^^^^^^ warning idp/no-mfa: 2 of 2 people in "dd-ops" sign in to "okta" without a second factor and get "Logs" (high); enforce it for this group\n`,
    ) + live("{ login: ana, mfa: false }, { login: ben, mfa: false }"),
    only,
  );
});

test("everybody has one, somebody without has left, or the role gives little", () => {
  checkProblems(file() + live("{ login: ana, mfa: true }"), only);
  checkProblems(file() + live("{ login: ana, mfa: true }, { login: ben, mfa: false, state: deactivated }"), only);
  checkProblems(file("", "Viewer") + live("{ login: ana, mfa: false }"), only);
});

test("a directory that does not tell, whatever Datadog says", () => checkProblems(file() + live("ana"), only));
