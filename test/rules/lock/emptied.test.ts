/** lock/emptied in particular; what all losses have in common is in losses.test.ts. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";
import { organization } from "./support.ts";

test("whoever would be left with nothing keeps it", () =>
  checkProblems(
    organization({
      mappings: "  - { group: dd-sre, roles: [SRE] }\n",
      okta: "groups: [{ name: dd-sre, members: [] }]",
      datadog: "roles: [SRE]\naccounts: [{ login: ana, roles: [SRE] }]",
    }),
    { only: ["lock/emptied"] },
  ));
