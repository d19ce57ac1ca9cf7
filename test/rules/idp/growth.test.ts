/** Groups that grow. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (before: number, now: string, marker = "") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: []
${marker}#- lock
groups: { okta: { dd-sre: { id: group-dd-sre, people: ${before} } } }
#- live okta
groups: [{ name: dd-sre, ${now} }]
`;

const MARKER =
  '    #      ^^^^^^ info idp/growth: "dd-sre" grew from 10 to 15 people since its last review; look at who came, then run `accessmap review`\n';

const only = ["idp/growth"];

test("by a half", () =>
  checkProblems(fixture(10, "members: 15", MARKER).replace("    roles: []\n    #", "    #"), { only }));

test("a few people, a small share, fewer than before", () => {
  checkProblems(fixture(2, "members: 6"), { only });
  checkProblems(fixture(100, "members: 140"), { only });
  checkProblems(fixture(10, "members: 2"), { only });
});

test("sizes that are not known exactly, another group of that name", () => {
  checkProblems(fixture(10, "count: 40"), { only });
  checkProblems(fixture(10, "members: 40, incomplete: page 2"), { only });
  checkProblems(fixture(10, "members: 40, id: g2"), { only });
});
