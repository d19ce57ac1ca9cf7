/** lock/self in particular; what all losses have in common is in losses.test.ts. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";
import { organization } from "./support.ts";

test("service accounts are never changed", () =>
  checkProblems(
    organization({
      mappings: "  - { group: dd-sre, roles: [SRE] }\n",
      okta: "groups: [{ name: dd-sre, members: [bo] }]",
      datadog:
        "actor: robot\nroles: [SRE, Other]\naccounts: [{ login: robot, service: true, roles: [SRE, Other] }, { login: bo, roles: [SRE] }]",
    }),
    { only: ["lock/self"] },
  ));
