/** Suppressions whose last day has passed. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: []
    allow:
      - { rule: priv/destructive, reason: nights, until: 2026-11-22 }
      #                                                  ^^^^^^^^^^ error gov/suppress-expired: The suppression of priv/destructive ended on 2026-11-22; remove it, or renew it with a reason [fix]
#- now 2026-11-23
`;

test("the day after the last one", () => checkProblems(FIXTURE));

test("it goes, and the empty list with it", () =>
  checkFix(FIXTURE, "Remove this suppression", "mappings:\n  - group: dd-sre\n    roles: []"));

test("the last day still counts, and an unreadable date has not passed", () => {
  const file = (until: string) =>
    `#- /a.accessmap.yaml\nmappings:\n  - { group: x, allow: [{ rule: hyg/duplicate, reason: y, until: ${until} }] }\n#- now 2026-11-23\n`;
  checkProblems(file("2026-11-23"));
  checkProblems(file("22.11.2026"), { only: ["gov/suppress-expired"] });
});
