/** Keys that are old, and keys that nobody uses. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const check = (live: string, ...findings: readonly string[]) =>
  checkProblems(`
#- now 2026-11-23
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
${findings.map((finding) => `  #^^^ info cred/old-or-unused: "prod" has ${finding}\n`).join("")}#- live datadog
${live}
`);

const UNUSED = (keys: string) => `${keys}; delete what nobody needs`;
const OLD = (keys: string) => `${keys}; replace them by new ones`;

test("older than 90 days, whoever uses it", () => {
  check(
    'keys: [{ name: ci, created: "2026-08-24" }, { name: old, created: "2026-08-24" }, { name: new, created: "2026-08-25" }]',
    OLD('2 keys older than 90 days: "ci" and "old"'),
  );
  check('keys: [{ name: ci, created: "2020-01-31", used: "2026-11-22" }]', OLD('one key older than 90 days: "ci"'));
});

test("keys and tokens of every kind, but those that end need no reminder", () => {
  check('keys: [{ name: agents, kind: api-key, created: "2020-01-31" }]', OLD('one key older than 90 days: "agents"'));
  check('keys: [{ name: laptop, kind: personal-token, created: "2026-01-31", expires: "2027-01-31" }]');
  check(
    'keys: [{ name: deploy, kind: service-token, created: "2026-01-31" }]',
    OLD('one key older than 90 days: "deploy"'),
  );
});

test("nobody used it for 30 days, which is the more urgent thing to say", () => {
  check(
    'keys: [{ name: a, created: "2026-10-23", used: "2026-10-23" }, { name: b, created: "2020-01-31" }, { name: c, created: "2026-10-24", used: "2026-10-24" }]',
    UNUSED('2 keys that nobody used for 30 days: "a" and "b"'),
  );
  check(
    'keys: [{ name: x, kind: api-key, created: "2026-01-31", used: "2026-11-22" }, { name: y, kind: api-key, created: "2026-01-31" }]',
    UNUSED('one key that nobody used for 30 days: "y"'),
    OLD('one key older than 90 days: "x"'),
  );
});

test("where no date of use is told at all, nothing is unused", () => {
  check('keys: [{ name: a, created: "2026-09-23" }, { name: b, created: "2026-09-23" }]');
});

test("the policy may set other limits", () =>
  checkProblems(`
#- now 2026-11-23
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
  #^^^ info cred/old-or-unused: "prod" has one key that nobody used for 10 days: "b"; delete what nobody needs
  #^^^ info cred/old-or-unused: "prod" has one key older than 20 days: "a"; replace them by new ones
policy: { credentials: { age: 20d, unused: 10d } }
#- live datadog
keys: [{ name: a, created: "2026-11-02", used: "2026-11-22" }, { name: b, created: "2026-11-10", used: "2026-11-12" }]
`));

test("a directory's tokens, keys and secrets, with the application they belong to", () => {
  const inDirectory = (credentials: string, ...findings: readonly string[]) =>
    checkProblems(`
#- now 2026-11-23
#- /accessmap.yaml
version: 1
project: acme
directories:
  okta: { type: okta, domain: acme.okta.com }
${findings.map((finding) => `  #^^^ info cred/old-or-unused: "okta" has ${finding}\n`).join("")}organizations: { prod: { site: datadoghq.eu } }
#- live okta
groups: []
${credentials}
`);
  inDirectory(
    'credentials: [{ name: t, created: "2020-01-31", used: "2026-11-22" }, { name: k, kind: app-key, of: sync, created: "2026-01-31" }]',
    OLD('2 keys older than 90 days: "k" of "sync" and "t"'),
  );
  inDirectory(
    'credentials: [{ name: t, created: "2026-10-01", used: "2026-10-02" }]',
    UNUSED('one key that nobody used for 30 days: "t"'),
  );
  inDirectory(
    'credentials: [{ name: s, kind: client-secret, of: app, created: "2026-01-31", expires: "2099-01-31" }]',
    OLD('one key older than 90 days: "s" of "app"'),
  );
  inDirectory('credentials: [{ name: c, kind: certificate, of: app, created: "2024-01-31", expires: "2028-01-31" }]');
  inDirectory('credentials: [{ name: t, created: "2020-01-31" }]\nincomplete: [credentials]');
  inDirectory('credentials: [{ name: t, created: "2020-01-31" }]\nunread: [credentials]');
});

test("keys that were not asked for, or not wholly listed", () => {
  check("accounts: [ana]");
  check('keys: [{ name: old, created: "2020-01-31" }]\nunread: [keys]');
  check('keys: [{ name: old, created: "2020-01-31" }]\nincomplete: [keys]');
});
