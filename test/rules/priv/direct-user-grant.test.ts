/** Sensitive roles that people hold and no group gives. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const file = (marker = "", role = "Viewer") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
${marker}
#- /a.accessmap.yaml
mappings:
  - { group: dd-web, roles: [${role}] }
`;

const live = (accounts: string, more = "") => `
#- live datadog
roles: [{ name: Logs, permissions: [logs_write_archives] }, { name: Keys, permissions: [api_keys_write] }, { name: Viewer, permissions: [dashboards_read] }]
accounts: [${accounts}]
${more}`;

const only = { only: ["priv/direct-user-grant"] };
const logs = (login: string) => `{ login: ${login}, roles: [Logs] }`;

test("one finding for the organization, with the roles and how many hold them", () =>
  checkProblems(
    file(
      `  #^^^ warning priv/direct-user-grant: 3 people in "prod" hold sensitive roles that no group gives: "Logs" (3) and "Keys" (1). Map a group to them, or take them away\n`,
    ) + live(`${logs("ana")}, ${logs("ben")}, { login: cleo, roles: [Logs, Keys] }`),
    only,
  ));

test("more administrators than it takes to break the glass", () => {
  const admin = (login: string) => `{ login: ${login}, roles: [Datadog Admin Role] }`;
  checkProblems(file() + live(`${admin("ana")}, ${admin("ben")}`), only);
  checkProblems(
    file(
      `  #^^^ warning priv/direct-user-grant: 3 people in "prod" hold sensitive roles that no group gives: "Datadog Admin Role" (3). Map a group to them, or take them away\n`,
    ) + live(`${admin("ana")}, ${admin("ben")}, ${admin("cleo")}`),
    only,
  );
});

test("given by a mapping that still writes the former name", () => {
  const pinned = "#- lock\norganizations: { prod: { roles: { Old Logs: role-logs } } }\n";
  checkProblems(file("", "Old Logs") + live(logs("ana")) + pinned, only);
  checkProblems(file("  #^^^ warning priv/direct-user-grant\n", "Older Logs") + live(logs("ana")) + pinned, only);
});

test("given by a mapping of the files or a live one, harmless, switched off, or a program's", () => {
  checkProblems(file("", "Logs") + live(logs("ana")), only);
  checkProblems(file() + live(logs("ana"), "mappings: [{ group: dd-logs, role: Logs }]\n"), only);
  checkProblems(file() + live("{ login: ana, roles: [Viewer] }"), only);
  checkProblems(file() + live("{ login: ana, roles: [Logs], status: disabled }"), only);
  checkProblems(file() + live("{ login: ana, roles: [Logs], service: true }"), only);
});

test("accounts, roles or live mappings that were not wholly read", () => {
  for (const part of ["accounts", "roles", "mappings"])
    checkProblems(file() + live(logs("ana"), `incomplete: [${part}]\n`), only);
});
