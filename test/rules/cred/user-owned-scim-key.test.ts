/** Keys that push, and whose they are. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

interface Situation {
  readonly keys: string;
  readonly push?: string;
  readonly lock?: string;
  readonly more?: string;
  readonly finding?: string;
}

const LOCKED = "#- lock\norganizations: { prod: { adopted: true } }\n";

const check = ({ keys, push = "roles: scim, teams: scim", lock = LOCKED, more = "", finding }: Situation) =>
  checkProblems(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, push: { ${push} } }
${finding ? `  #^^^ error cred/user-owned-scim-key: Every key that can push to "prod" through SCIM belongs to a person (${finding}) and stops when they leave; make one of a service account with the scopes user_access_invite and user_access_manage\n` : ""}${lock}#- live datadog
roles: [{ name: Access, permissions: [user_access_invite, user_access_manage] }, { name: Half, permissions: [user_access_manage] }]
accounts: [{ login: ana, roles: [Access] }, { login: bo, roles: [Half] }, { login: sync, roles: [Access], service: true }]
keys: [${keys}]
${more}
`,
    { only: ["cred/user-owned-scim-key"] },
  );

const ANA = "{ name: a, owner: ana }";

test("a person's key is the only one that can", () => {
  check({ keys: ANA, finding: "ana@acme.com" });
  check({ keys: "{ name: a, owner: ana, scopes: [user_access_invite, user_access_manage] }", finding: "ana@acme.com" });
  check({ keys: `${ANA}, { name: s, owner: sync, scopes: [user_access_read] }`, finding: "ana@acme.com" });
});

test("a service account has one that can, or that may", () => {
  check({ keys: `${ANA}, { name: s, owner: sync }` });
  check({ keys: `${ANA}, { name: s, owner: sync, kind: service-token }` });
  check({ keys: `${ANA}, { name: s, owner: somebody-new }` });
});

test("nobody's key can", () => {
  check({ keys: "{ name: b, owner: bo }" });
  check({ keys: "{ name: a, owner: ana, scopes: [user_access_manage] }" });
});

test("nothing is pushed through SCIM, or not yet from here", () => {
  check({ keys: ANA, push: "roles: members, teams: members" });
  check({ keys: ANA, lock: "" });
});

test("keys, accounts or roles that are not wholly known", () => {
  check({ keys: ANA, more: "incomplete: [keys]" });
  check({ keys: ANA, more: "unread: [keys]" });
  check({ keys: ANA, more: "incomplete: [accounts]" });
  check({
    keys: `${ANA}, { name: s, owner: sync, scopes: [user_access_invite, user_access_manage] }`,
    more: "unread: [roles]",
  });
});
