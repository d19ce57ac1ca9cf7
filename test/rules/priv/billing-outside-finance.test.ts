/** Plan and payment in the hands of others than finance. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const file = (group: string, marker = "", more = "") => `
#- /a.accessmap.yaml
mappings:
  - group: ${group}
    roles: [Billing]
${marker}${more}`;

const LIVE = `
#- live okta
groups: [{ name: dd-web, members: 4 }, { name: dd-payments, members: 4 }, { name: dd-finance, members: 4 }]
#- live datadog
roles:
  - { name: Billing, permissions: [billing_edit, billing_read] }
  - { name: Bills, permissions: [billing_read] }
`;

const only = { only: ["priv/billing-outside-finance"] };

test("engineers, those of a payment product among them", () => {
  for (const group of ["dd-web", "dd-payments"]) {
    checkProblems(
      file(
        group,
        `    #       ^^^^^^^ warning priv/billing-outside-finance: "${group}" can change plan and payment through "Billing" (billing_edit), and nothing says that this is its work; remove the role, or say so in the reason [fix]\n`,
      ) + LIVE,
      only,
    );
  }
});

test("a role that only reads bills is offered", () =>
  checkFix(file("dd-web") + LIVE, 'Use "Bills" instead', "\nmappings:\n  - group: dd-web\n    roles: [Bills]\n", only));

test("finance, by name or by reason, and roles that only read", () => {
  checkProblems(file("dd-finance") + LIVE, only);
  checkProblems(file("dd-web", "", "    reason: Contract details of the shop's own account\n") + LIVE, only);
  checkProblems(file("dd-web").replace("Billing", "Bills") + LIVE, only);
});

test("a role that was not read may hold anything", () =>
  checkProblems(`${file("dd-web")}#- live datadog unreachable timeout\n`, only));
