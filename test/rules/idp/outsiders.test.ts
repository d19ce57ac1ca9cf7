/** Guests and other firms among those who hold much. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";
import { projectWith } from "../../support/fixture.ts";

const file = (marker = "", role = "Logs") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-ops
${marker}    roles: [${role}]
`;

const live = (members: string, more = "") => `
#- live okta
groups: [{ name: dd-ops, members: [${members}]${more} }, { name: dd-all, members: 40 }]
#- live datadog
roles: [{ name: Logs, permissions: [logs_write_archives, monitors_write] }, { name: Watcher, permissions: [monitors_write] }]
`;

const SUPPLIER = "sam@northquay.example";
const only = { only: ["idp/outsiders"] };

test("a supplier, and a guest with an address of the house", () => {
  checkProblems(
    file(
      `    #      ^^^^^^ warning idp/outsiders: 1 of 3 people in "dd-ops" is an outsider (northquay.example) and gets "Logs" (high: logs_write_archives); give it to a group without them [fix]\n`,
    ) + live(`ana, ben, ${SUPPLIER}`),
    only,
  );
  checkProblems(
    file(
      `    #      ^^^^^^ warning idp/outsiders: 2 of 3 people in "dd-ops" are outsiders (acme.com and northquay.example) and get "Logs" (high: logs_write_archives); give it to a group without them\n`,
    ) + live(`ana, { login: gus, guest: true }, ${SUPPLIER}`),
    only,
  );
});

test("a smaller role is offered", () =>
  checkFix(
    file() + live(`ana, ${SUPPLIER}`),
    'Use "Watcher" instead',
    "\nmappings:\n  - group: dd-ops\n    roles: [Watcher]\n",
    only,
  ));

test("our own people, wherever their address is", () => {
  checkProblems(file() + live("ana, ben@acme.co.uk, cleo@mail.acme.com"), only);
  const many = Array.from({ length: 20 }, (_, index) => `p${index}@sister.example`).join(", ");
  checkProblems(file() + live(`ana, ${many}`), only);
});

test("a role that gives little, an outsider who left, and a group that the policy has a class for", () => {
  checkProblems(file("", "Watcher") + live(`ana, ${SUPPLIER}`), only);
  checkProblems(file() + live(`ana, { login: ${SUPPLIER}, state: deactivated }`), only);
  checkProblems(
    `${projectWith("{ classes: [{ groups: [dd-ops], never: [billing_edit] }] }")}${file()}${live(`ana, ${SUPPLIER}`)}`,
    only,
  );
});

test("where no domain is that of most people, nobody is a stranger", () =>
  checkProblems(
    `${file()}#- live okta\ngroups: [{ name: dd-ops, members: [a@one.example, b@two.example, c@three.example] }]\n#- live datadog\nroles: [{ name: Logs, permissions: [logs_write_archives] }]\n`,
    only,
  ));

test("members that were not read", () =>
  checkProblems(
    file() + live(`ana, ${SUPPLIER}`).replace("members: [ana", "count: 2 }, { name: other, members: [ana"),
    only,
  ));
