/** Suppressions of nothing. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";
import { projectWith } from "../../support/fixture.ts";

const fixture = (allow: string, marker = "", live = "") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
    reason: on call
    allow:
      - { rule: ${allow}, reason: y, until: 2027-01-31 }
${marker}#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [{ name: SRE, permissions: [monitors_write] }]
accounts: [{ login: ana, roles: [SRE] }]
${live}
`;

const only = ["gov/suppress-unused", "hyg/duplicate"];
const MARKER =
  "      #         ^^^^^^^^^^^^^^^^ info gov/suppress-unused: priv/destructive has nothing to say here, so this suppression silences nothing; remove it [fix]\n";

test("the rule looked, saw everything, and is silent", () => {
  checkProblems(fixture("priv/destructive", MARKER), { only });
  checkFix(
    fixture("priv/destructive"),
    "Remove this suppression",
    "mappings:\n  - group: dd-sre\n    roles: [SRE]\n    reason: on call\n",
    { only },
  );
});

test("the rule is off or does not exist, or the suppression is about this rule", () => {
  const off = `${fixture("priv/destructive")}#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy: { rules: { priv/destructive: off } }
`;
  checkProblems(off, { only });
  checkProblems(fixture("priv/no-such-rule"), { only });
  checkProblems(fixture("gov/suppress-unused"), { only });
});

test("what is not known whole may have something to say tomorrow", () => {
  for (const section of ["roles", "accounts", "permissions", "mappings"])
    checkProblems(fixture("priv/destructive", "", `incomplete: [${section}]`), { only });
  checkProblems(fixture("priv/destructive").replace("#- live okta", "#- live okta denied"), { only });
});

test("one that silences a finding about several mappings is used, one that has ended is told otherwise", () => {
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE] }
  - group: dd-sre
    roles: [SRE]
    allow: [{ rule: hyg/duplicate, reason: y, until: 2027-01-31 }]
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [{ name: SRE, permissions: [monitors_write] }]
`,
    { only },
  );
  checkProblems(fixture("priv/destructive").replace("2027-01-31", "2020-01-01"), { only });
});

test("what nothing can suppress, by itself or by the policy, is told even where little is known", () => {
  const locked = (rule: string) =>
    `      #         ${"^".repeat(rule.length)} info gov/suppress-unused: ${rule} is locked, so this suppression silences nothing; remove it [fix]\n`;
  checkProblems(fixture("lock/self", locked("lock/self")), { only });
  const policy = projectWith("{ locked: [hyg/*] }");
  checkProblems(policy + fixture("hyg/duplicate", locked("hyg/duplicate")), { only });
  checkProblems(policy + fixture("hyg/duplicate", locked("hyg/duplicate"), "incomplete: [roles]"), { only });
  checkProblems(policy + fixture("hyg/duplicate").replace("2027-01-31", "2020-01-01"), { only });
  checkProblems(
    `${policy}${fixture("hyg/duplicate", locked("hyg/duplicate")).replace("#- live okta", "  - { group: dd-sre, roles: [SRE] }\n    #                        ^^^ warning hyg/duplicate [fix]\n#- live okta")}`,
    { only },
  );
});
