/** lock/mass-removal in particular; what all losses have in common is in losses.test.ts. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";
import { organization } from "./support.ts";

test("what is ordinary is for the project to say", () =>
  checkProblems(
    organization({
      project: "safety: { removals: { share: 100%, people: 4 } }\n",
      mappings: "  - { group: dd-sre, roles: [SRE] }\n",
      okta: "groups: [{ name: dd-sre, members: [a] }]",
      datadog: `roles: [SRE, Other]\naccounts: [${["a", "b", "c", "d", "e"].map((login) => `{ login: ${login}, roles: [SRE, Other] }`).join(", ")}]`,
    }),
    { only: ["lock/mass-removal"] },
  ));
