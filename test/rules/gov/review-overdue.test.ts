/** Reviews that are late. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (policy: string, lock: string, marker = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
${marker}policy: { ${policy} }
#- lock
organizations: { prod: ${lock} }
#- now 2026-11-23
`;

test("a day too late, or never", () => {
  const late =
    '"prod" was last reviewed 91 days ago, and the policy asks for a review within 90; run `accessmap review`';
  checkProblems(fixture("review: 90d", "{ reviewed: 2026-08-24 }", `  #^^^ warning gov/review-overdue: ${late}\n`));
  const never = 'accessmap.lock records no review of "prod"; run `accessmap review`';
  checkProblems(fixture("review: 90d", "{}", `  #^^^ warning gov/review-overdue: ${never}\n`));
});

test("in time, or not asked for", () => {
  checkProblems(fixture("review: 90d", "{ reviewed: 2026-08-25 }"));
  checkProblems(fixture("longest: 90d", "{ reviewed: 2020-01-01 }"));
});
