/** Service accounts without an end, and those whose end has passed. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const only = ["exp/service-account-end"];
const fixture = (live: string, policy: string, endless?: string) => `
#- now 2026-11-23
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
${endless === undefined ? "" : `  #^^^ warning exp/service-account-end: ${endless}; say in policy.bots until when\n`}policy:
  require: { until: high }
  bots:
${policy}
#- live datadog
roles: [{ name: Dev, permissions: [logs_write_pipelines] }, { name: Low, permissions: [monitors_write] }]
${live}
`;
const check = (live: string, policy: string, endless?: string) =>
  checkProblems(fixture(live, policy, endless), { only });

const A = "accounts: [{ login: a, service: true, roles: [Dev] }]";
const PASSED = `    - { name: a, until: 2026-11-22 }
    #                   ^^^^^^^^^^ warning exp/service-account-end: The service account "a" was needed until 2026-11-22 and is still on in "prod"; switch it off, or give it another end [fix]`;

test("no end", () => {
  check(A, "    - { name: a }", 'The service account "a" of "prod" has sensitive roles and no end');
  check(
    "accounts: [{ login: a, service: true, roles: [Dev] }, { login: b, service: true, roles: [Dev] }]",
    "    - { name: a, owner: x }\n    - { name: b }",
    'The service accounts "a" and "b" of "prod" have sensitive roles and no ends',
  );
  check("accounts: [{ login: a, service: true, roles: [Low] }]", "    - { name: a }");
});

test("accounts that nobody answers for are another finding, and a policy that asks for no ends gets none", () => {
  check(A, "    - { name: b }");
  checkProblems(fixture(A, "    - { name: a, owner: x }").replace("  require: { until: high }\n", ""), { only });
});

test("an end that is to come, that has passed, or is no day", () => {
  check(A, "    - { name: a, until: 2026-11-23 }");
  check(A, PASSED);
  check(A, "    - { name: a, until: soon }");
});

test("accounts that are off, of people, or that were not read", () => {
  check(A.replace("roles", "status: disabled, roles"), "    - { name: a, until: 2026-11-22 }");
  check("accounts: [{ login: a, roles: [Dev] }]", "    - { name: a, until: 2026-11-22 }");
  check(`${A}\nunread: [accounts]`, "    - { name: a, until: 2026-11-22 }");
  check(`${A}\nunread: [roles]`, "    - { name: a }");
});

test("another end", () =>
  checkFix(
    fixture(A, PASSED),
    "Change to 2027-02-21",
    `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
policy:
  require: { until: high }
  bots:
    - { name: a, until: 2027-02-21 }
`,
    { only },
  ));
