/** More groups than a login carries. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const TYPES = {
  google: "{ type: google, customer: C1, admin: a@acme.com }",
  okta: "{ type: okta, domain: acme.okta.com }",
  entra: "{ type: entra, tenant: t }",
};

function fixture(kind: keyof typeof TYPES, count: number, marker = "", push = "saml", member = "ana"): string {
  const names = Array.from({ length: count }, (_, index) => `g${index}`);
  return `
#- /accessmap.yaml
version: 1
project: acme
directories: { dir: ${TYPES[kind]} }
organizations:
  prod: { site: datadoghq.eu, push: { roles: ${push} } }
${marker === "" ? "" : `  #^^^ error lock/claim-overage: ${marker}\n`}#- /a.accessmap.yaml
mappings:
${names.map((name) => `  - { group: ${name}, roles: [] }`).join("\n")}
#- live dir
groups: [${names.map((name, index) => `{ name: ${name}, members: [${index === 0 ? "ana" : member}] }`).join(", ")}]
`;
}

const only = ["lock/claim-overage"];

test("each provider has its own limit", () => {
  checkProblems(
    fixture(
      "google",
      76,
      '76 groups of "dir" are mapped in "prod", and a Google SAML app sends 75 at most; map fewer groups, or push through SCIM',
      "saml",
      "bo",
    ),
    { only },
  );
  checkProblems(
    fixture(
      "okta",
      101,
      'Somebody in "dir" is in 101 groups that are mapped in "prod", and a login carries 100 at most; map fewer groups, or push through SCIM',
    ),
    { only },
  );
  checkProblems(
    fixture(
      "entra",
      151,
      'Somebody in "dir" is in 151 groups that are mapped in "prod", and a login carries 150 at most; map fewer groups, or push through SCIM',
    ),
    { only },
  );
});

test("up to the limit, spread over people, another way to push, members that were not read", () => {
  checkProblems(fixture("google", 75), { only });
  checkProblems(fixture("okta", 100), { only });
  checkProblems(fixture("okta", 101, "", "saml", "bo"), { only });
  checkProblems(fixture("google", 76, "", "scim"), { only });
  checkProblems(fixture("okta", 101).replaceAll(", members: [ana]", ""), { only });
});
