/** Mappings whose last day has passed. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
    until: 2026-11-22 # as agreed
    #      ^^^^^^^^^^ error exp/expired: What "dd-sre" gets here ended on 2026-11-22: the mapping gives nothing any more; remove it, or extend it with a reason [fix]
#- now 2026-11-23
`;

test("the day after the last one", () => checkProblems(FIXTURE));

test("an only mapping leaves an empty list behind", () => checkFix(FIXTURE, "Remove this mapping", "mappings: []"));

test("the last day itself still counts", () =>
  checkProblems(
    "#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, until: 2026-11-22 }\n#- now 2026-11-22T23:59:59Z\n",
    {
      only: ["exp/expired"],
    },
  ));

test("a date that cannot be read has not passed", () =>
  checkProblems("#- /a.accessmap.yaml\nmappings:\n  - { group: dd-sre, until: 22.11.2026 }\n", {
    only: ["exp/expired"],
  }));
