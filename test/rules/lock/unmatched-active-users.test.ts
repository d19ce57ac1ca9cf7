/** People whom no mapping matches. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";
import { organization, unknowns } from "./support.ts";

const only = ["lock/unmatched-active-users"];
const words = (when: string) =>
  `error lock/unmatched-active-users: bo@acme.com matches no role mapping of "prod" and loses all roles ${when}; map a group that they are in`;
const parts = {
  marker: words("at the next SAML login"),
  push: "{ roles: saml }",
  mappings: "  - { group: dd-sre, roles: [SRE] }\n",
  okta: "groups: [{ name: dd-sre, members: [ana] }]",
  datadog:
    "switches: { roleMapping: true }\nroles: [SRE]\naccounts: [{ login: ana, roles: [SRE] }, { login: bo, roles: [SRE] }, { login: cy, status: disabled }]\nmappings: [{ group: dd-sre, role: SRE }]",
};

test("who is active and in no mapped group, now or once the switch is on", () => {
  checkProblems(organization(parts), { only });
  const off = parts.datadog.replace("roleMapping: true", "roleMapping: false");
  checkProblems(organization({ ...parts, marker: words("once role mapping is switched on"), datadog: off }), { only });
});

test("everybody is, or another way to push, or a live mapping that no file explains may match", () => {
  const near = { ...parts, marker: "" };
  checkProblems(organization({ ...near, okta: "groups: [{ name: dd-sre, members: [ana, bo] }]" }), { only });
  checkProblems(organization({ ...near, push: "{ roles: scim }" }), { only });
  const surplus = parts.datadog.replace("mappings: [", "mappings: [{ group: dd-else, role: SRE }, ");
  checkProblems(organization({ ...near, datadog: surplus }), { only });
});

test("one or two administrators in no mapped group are kept for emergencies, three are not", () => {
  const admins = (names: readonly string[]) =>
    parts.datadog.replace(
      "{ login: bo, roles: [SRE] }",
      names.map((name) => `{ login: ${name}, roles: [Datadog Admin Role] }`).join(", "),
    );
  checkProblems(organization({ ...parts, marker: "", datadog: admins(["bo", "di"]) }), { only });
  const marker = words("").split(":")[0] ?? "";
  checkProblems(organization({ ...parts, marker, datadog: admins(["bo", "di", "eve"]) }), { only });
});

test("it does not guess", () => {
  for (const text of unknowns(parts)) checkProblems(text, { only });
  checkProblems(organization({ ...parts, marker: "", datadog: `${parts.datadog}\nunread: [switches]` }), { only });
});
