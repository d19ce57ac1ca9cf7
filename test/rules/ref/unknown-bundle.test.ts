/** Bundles that nobody defines. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    bundles: [enginer, base]
    #         ^^^^^^^ error ref/unknown-bundle: No file of this project defines a bundle "enginer"; did you mean "engineer"? [fix]
#- /b.accessmap.yaml
bundles: { engineer: { teams: [eng] }, base: {} }
mappings: []
`;

test("bundles are known in the whole project", () => checkProblems(FIXTURE));

test("one that is defined anywhere, and one without a name yet, are fine", () =>
  checkProblems(FIXTURE.replace("enginer, base", "engineer, base").replace(/.*\^\^\^.*\n/, "")));

test("the near name is offered", () =>
  checkFix(FIXTURE, 'Change to "engineer"', "mappings:\n  - group: dd-sre\n    bundles: [engineer, base]"));

test("the item can be removed", () =>
  checkFix(FIXTURE, "Remove this bundle", "mappings:\n  - group: dd-sre\n    bundles: [base]"));

test("nothing live is needed, and nothing near is said so", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    bundles: [oncall]
    #         ^^^^^^ error ref/unknown-bundle: No file of this project defines a bundle "oncall"; define it under "bundles" [fix]
#- live datadog unreachable timeout
`));
