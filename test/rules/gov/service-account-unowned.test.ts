/** Service accounts that nobody answers for. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const check = (live: string, finding?: string, policy = "{}") =>
  checkProblems(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
${finding === undefined ? "" : `  #^^^ warning gov/service-account-unowned: Nobody answers for ${finding} of "prod", with sensitive roles; name an owner in policy.bots\n`}policy: ${policy}
#- live datadog
roles: [{ name: Dev, permissions: [logs_write_pipelines] }, { name: Low, permissions: [monitors_write] }]
${live}
`,
    { only: ["gov/service-account-unowned"] },
  );

const BOTS = "accounts: [{ login: a, service: true, roles: [Dev] }, { login: b, service: true, roles: [Dev] }]";
const BOT = "accounts: [{ login: a, service: true, roles: [Dev], email: ana@acme.com }, ana]";

test("without an owner in the policy", () => {
  check(BOTS, 'the service accounts "a" and "b"');
  check(BOTS, 'the service account "b"', "{ bots: [{ name: a, owner: ana@acme.com }] }");
  check(BOTS, 'the service accounts "a" and "b"', "{ bots: [{ name: a, until: 2027-01-31 }] }");
  check(BOTS, undefined, "{ bots: [{ name: a, owner: x }, { name: b, owner: x }] }");
});

test("an address of somebody who is there answers", () => {
  check(BOT);
  check(BOT.replace(", ana]", ", { login: ana, status: disabled }]"), 'the service account "a"');
});

test("from the sensitivity that the policy names, or high", () => {
  check("accounts: [{ login: a, service: true, roles: [Low] }]");
  check(
    "accounts: [{ login: a, service: true, roles: [Low] }]",
    'the service account "a"',
    "{ require: { owner: medium } }",
  );
  check(BOTS, undefined, "{ require: { owner: critical } }");
});

test("accounts that are off, and what was not wholly read", () => {
  check("accounts: [{ login: a, service: true, roles: [Dev], status: disabled }]");
  check(`${BOTS}\nincomplete: [accounts]`);
  check(`${BOTS}\nunread: [roles]`);
});
