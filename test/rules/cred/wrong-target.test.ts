/** Keys of another organization than the files mean. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (organization: string, live: string, marker = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod:
    site: datadoghq.eu
${organization}
${marker}#- live datadog ${live}
`;

const HERE = "    id: 0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005";

test("the keys belong to another organization", () =>
  checkProblems(
    fixture(
      HERE,
      "\nactor: { login: ana, organization: 11111111-7f6c-11ee-a2e8-da7ad0900005 }",
      '    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error cred/wrong-target: The keys for "prod" belong to the organization "prod" (11111111-7f6c-11ee-a2e8-da7ad0900005), so nothing is read or pushed with them; enter keys of the organization meant here, or correct the id\n',
    ),
  ));

test("the same one in another spelling, none named, or not known", () => {
  checkProblems(fixture(HERE, "\nactor: { login: ana, organization: 0F5CB5D2-7F6C-11EE-A2E8-DA7AD0900005 }"));
  checkProblems(fixture("    attribute: memberOf", "\nactor: { login: ana, organization: 11111111 }"));
  checkProblems(fixture(HERE, "\nactor: { login: ana, organization: 11111111 }\nunread: [actor]"));
  checkProblems(fixture(HERE, "denied the site does not know the keys"));
});

test("it cannot be switched off", () =>
  checkProblems(
    fixture(
      `${HERE}
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error cred/wrong-target
policy: { rules: { cred/wrong-target: off } }`,
      "\nactor: { login: ana, organization: 11111111 }",
    ),
    { only: ["cred/wrong-target"] },
  ));
