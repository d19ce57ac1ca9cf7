/** Keys of service accounts without scopes. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const check = (live: string, finding?: string) =>
  checkProblems(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
${finding === undefined ? "" : `  #^^^ warning cred/unscoped-service-key: ${finding}; make new ones with the scopes that are used\n`}#- live datadog
roles: [{ name: Dev, permissions: [logs_write_pipelines] }]
${live}
`,
    { only: ["cred/unscoped-service-key"] },
  );

const BOT = "accounts: [{ login: bot, service: true, roles: [Dev] }, { login: ana, roles: [Dev] }]";

test("application keys and tokens", () => {
  check(
    `${BOT}\nkeys: [{ name: deploy, owner: bot }]`,
    'A key of service accounts in "prod" has no scopes and may do all that the account may: "deploy" of "bot"',
  );
  check(
    `${BOT}\nkeys: [{ name: deploy, owner: bot }, { name: old, kind: service-token, owner: bot }]`,
    '2 keys of service accounts in "prod" have no scopes and may do all that the account may: "deploy" of "bot" and "old" of "bot"',
  );
});

test("scoped keys, keys of people, API keys, and accounts that may do nothing", () => {
  check(`${BOT}\nkeys: [{ name: deploy, owner: bot, scopes: [logs_write_pipelines] }]`);
  check(`${BOT}\nkeys: [{ name: mine, owner: ana }]`);
  check(`${BOT}\nkeys: [{ name: agents, kind: api-key, owner: bot }]`);
  check("accounts: [{ login: bot, service: true }]\nkeys: [{ name: deploy, owner: bot }]");
  check(
    "accounts: [{ login: bot, service: true, roles: [Dev], status: disabled }]\nkeys: [{ name: deploy, owner: bot }]",
  );
});

test("what was not read", () => {
  check(BOT);
  check(`${BOT}\nkeys: [{ name: deploy, owner: bot }]\nunread: [keys]`);
  check(`${BOT}\nkeys: [{ name: deploy, owner: bot }]\nunread: [accounts]`);
});
