/** Tokens, secrets and certificates that end soon, or have ended. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const check = (live: string, organization: string, directory = "") =>
  checkProblems(`
#- now 2026-11-23
#- /accessmap.yaml
version: 1
project: acme
directories:
  okta: { type: okta, domain: acme.okta.com }
${directory && `  #^^^ warning cred/ending: ${directory}\n`}organizations:
  prod: { site: datadoghq.eu }
${organization && `  #^^^ warning cred/ending: ${organization}\n`}${live}
`);

const REMEDY = "put new ones in their place, then delete these";
const datadog = (expires: string) =>
  `#- live datadog\nkeys: [{ name: ci, kind: personal-token, created: "2026-11-01", scopes: [], expires: "${expires}" }]`;

test("a token of an organization", () => {
  check(datadog("2026-12-07"), `There is a credential of "prod" at an end: "ci" ends in 14 days; ${REMEDY}`);
  check(datadog("2026-12-08"), "");
  check(datadog("2026-11-23"), `There is a credential of "prod" at an end: "ci" ends today; ${REMEDY}`);
  check(datadog("2026-11-22"), `There is a credential of "prod" at an end: "ci" has ended; ${REMEDY}`);
});

test("secrets and certificates of a directory's applications", () => {
  const live = `#- live okta
groups: []
credentials:
  - { name: CN=sso, kind: signing-certificate, of: Datadog, created: "2023-12-01", expires: "2026-12-01" }
  - { name: old, kind: client-secret, of: "HR", created: "2026-10-01", expires: "2026-11-01" }
  - { name: new, kind: client-secret, of: "HR", created: "2026-11-01", expires: "2027-11-01" }`;
  const told = `There are 2 credentials of "okta" at an end: "CN=sso" of "Datadog" ends in 8 days and "old" of "HR" has ended; ${REMEDY}`;
  check(live, "", told);
  check(`${live}\nincomplete: [credentials]`, "");
  check(`${live}\nunread: [credentials]`, "");
});

test("what has no end", () => {
  check('#- live okta\ngroups: []\ncredentials: [{ name: t, created: "2026-11-01", used: "2026-11-22" }]', "");
});
