/** Credentials in files. */

import { expect, test } from "vitest";
import { checkFix, checkProblems, problemsOf } from "../../support/checks.ts";
import { parseFixture } from "../../support/fixture.ts";

const only = ["cred/secret-in-file"];

/** Made up, and put together here so that no scanner takes this file for a leak. */
const SAMPLES: readonly (readonly [kind: string, secret: string])[] = [
  ["a Datadog token", `ddapp_${"aB3".repeat(11)}`],
  ["a Datadog token", `ddpat_${"Zz9".repeat(11)}`],
  ["a Datadog token", `ddsat_${"q1W".repeat(11)}`],
  ["an Okta API token", `00${"aB3-_".repeat(8)}`],
  ["a Slack token", `xoxb-${"1234567890".repeat(2)}`],
  ["an AWS access key", `AKIA${"ABCD".repeat(4)}`],
  ["a private key", `-----BEGIN ${"RSA "}PRIVATE KEY-----`],
  ["a signed token (JWT)", `eyJ${"hbGci".repeat(4)}.eyJ${"zdWI".repeat(4)}.${"sig_".repeat(6)}`],
  ["a Google API key", `AIza${"x".repeat(35)}`],
  ["a GitHub token", `ghp_${"a1B2".repeat(9)}`],
];

test.each(SAMPLES)("%s", (kind, secret) => {
  const fixture = parseFixture(`#- /a.accessmap.yaml\n# left over: ${secret}\nmappings: []\n`);
  const [problem, ...others] = problemsOf(fixture, { only });
  expect(others).toEqual([]);
  expect(problem?.message).toBe(`This looks like ${kind}; revoke it, then remove it here, since history keeps it`);
  expect(fixture.files.get("a.accessmap.yaml")?.slice(problem?.place.span.start, problem?.place.span.end)).toBe(secret);
  expect(JSON.stringify(problem)).not.toContain(secret);
});

test("hexadecimal text is a key where a word says so, in the project file too", () =>
  checkProblems(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
# DD_API_KEY=${"0123456789abcdef".repeat(2)}
#            ${"^".repeat(32)} error cred/secret-in-file: This looks like a Datadog API key; revoke it, then remove it here, since history keeps it
# app_key: "${"0123456789".repeat(4)}"
#           ${"^".repeat(40)} error cred/secret-in-file: This looks like a Datadog application key; revoke it, then remove it here, since history keeps it
`,
    { only },
  ));

test("ids, hashes and ordinary names are no secrets", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
# reviewed at commit ${"0123456789".repeat(4)}, sha256 ${"0123456789abcdef".repeat(4)}
mappings:
  - group: { directory: okta, id: 00g1emaKYZTWRYYRRTSK }
    roles: [{ name: SRE, id: 0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005 }]
    reason: rotates the API key at night
`,
    { only },
  ));

test("it cannot be lowered or allowed", () =>
  checkProblems(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy: { rules: { cred/secret-in-file: off } }
#- /a.accessmap.yaml
mappings:
  - group: ddapp_${"aB3".repeat(11)}
    #      ${"^".repeat(39)} error cred/secret-in-file
    allow: [{ rule: cred/secret-in-file, reason: x, until: 2027-01-31 }]
`,
    { only },
  ));

test("the secret can be taken out, and what stands beside it stays", () =>
  checkFix(
    `#- /a.accessmap.yaml\nowner: ana # ddapp_${"aB3".repeat(11)} of last year\nmappings: []\n`,
    "Take the secret out",
    "owner: ana # REMOVED of last year\nmappings: []\n",
    { only },
  ));
