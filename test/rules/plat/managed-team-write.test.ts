/** Teams that SCIM owns. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const fixture = (push: string, marker: string, lock = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, push: { teams: ${push} } }
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    teams: [sre, free]
${marker}${lock}#- live datadog
teams: [{ handle: sre, managed: true }, free]
`;

const UNRECORDED =
  '    #       ^^^ error plat/managed-team-write: "sre" in "prod" is managed through SCIM and accessmap.lock does not record it, so another tool may own it; if it is yours, run `accessmap lock` [fix]\n';
const REFUSED =
  '    #       ^^^ error plat/managed-team-write: "sre" in "prod" is managed through SCIM, so Datadog refuses members that are pushed as "members"; push teams through SCIM [fix]\n';
const LOCK = "#- lock\norganizations: { prod: { teams: [sre] } }\n";

test("another tool may own it, and other ways are refused whoever does", () => {
  checkProblems(fixture("scim", UNRECORDED));
  checkProblems(fixture("members", REFUSED, LOCK));
});

test("it can go", () =>
  checkFix(fixture("scim", ""), "Remove this team", "mappings:\n  - group: dd-sre\n    teams: [free]\n"));

test("ours, not pushed, not read", () => {
  checkProblems(fixture("scim", "", LOCK));
  checkProblems(fixture("off", ""));
  checkProblems(`${fixture("scim", "")}unread: [teams]\n`);
});
