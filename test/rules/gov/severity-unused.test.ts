/** gov/severity-unused: paths that fit nothing, overrides behind others, locked rules. */

import { expect, test } from "vitest";
import { check } from "../../../server/src/core/analysis/check.ts";
import { takeSnapshot } from "../../../server/src/core/analysis/snapshot.ts";
import { RULES } from "../../../server/src/core/rules/index.ts";
import { checkFix, checkProblems } from "../../support/checks.ts";
import { parseFixture } from "../../support/fixture.ts";

const only = ["gov/severity-unused"];
const project = (policy: string) => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
  dev: { site: datadoghq.eu }
policy:
${policy}
#- /access/prod.accessmap.yaml
organization: prod
#- /access/sandbox/dev.accessmap.yaml
organization: dev
`;

/** The project file of a fixture, without its markers. */
const projectFile = (text: string) => parseFixture(text).files.get("accessmap.yaml") ?? "";

const OLD = project(`  overrides:
    - rules: ["priv/*"]
      files: [access/old/*]
      #       ^^^^^^^^^^^^ info gov/severity-unused: No file of the project fits "access/old/*"; correct it, or remove this override [fix]
      severity: off
    - { rules: [hyg/unsorted], severity: off }`);

test("a pattern that no path fits", () => {
  checkProblems(OLD, { only });
  checkFix(OLD, "Remove this override", projectFile(OLD).replace(/ {4}- rules: \["priv[\s\S]*?severity: off\n/, ""), {
    only,
  });
});

const typo = (files: string, marker: string) =>
  project(`  overrides:
    - rules: ["priv/*"]
      files: ${files}
      ${marker}
      severity: off`);

const PROD = typo(
  "[access/prd.accessmap.yaml, access/sandbox/*]",
  '#       ^^^^^^^^^^^^^^^^^^^^^^^^^ info gov/severity-unused: No file of the project fits "access/prd.accessmap.yaml"; did you mean "access/prod.accessmap.yaml"? [fix]',
);

test("one that is close to a path, or written as other tools do, beside one that fits", () => {
  checkProblems(PROD, { only });
  const text = (files: string) =>
    projectFile(project(`  overrides:\n    - rules: ["priv/*"]\n      files: ${files}\n      severity: off`));
  checkFix(PROD, 'Change to "access/prod.accessmap.yaml"', text("[access/prod.accessmap.yaml, access/sandbox/*]"), {
    only,
  });
  checkFix(PROD, "Remove this pattern", text("[access/sandbox/*]"), { only });
  checkProblems(
    typo(
      "[./access/prod*]",
      '#       ^^^^^^^^^^^^^^ info gov/severity-unused: No file of the project fits "./access/prod*"; did you mean "access/prod*"? [fix]',
    ),
    { only },
  );
});

test("paths that fit, the project's own file, no paths at all", () =>
  checkProblems(
    project(`  overrides:
    - { rules: ["priv/*"], files: ["access/*"], severity: off }
    - { rules: [cred/too-broad], files: [accessmap.yaml], severity: info }
    - { rules: ["hyg/*"], organizations: [prod], severity: info }
    - { rules: ["hyg/*"], organizations: [prod, dev], severity: warning }
    - { rules: ["hyg/*", "exp/*"], severity: error }`),
    { only },
  ));

test("what lies in files that could not be read is not known", () => {
  const { snapshot } = parseFixture(OLD);
  const found = check(takeSnapshot({ ...snapshot, unread: ["access/old"] }), RULES);
  expect(found.filter(({ rule }) => rule === only[0])).toEqual([]);
});

test("an override behind one that fits all of it", () =>
  checkProblems(
    project(`  overrides:
    - { rules: ["hyg/*"], severity: info }
    - { rules: [hyg/duplicate], files: ["access/*"], severity: error }
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info gov/severity-unused: This override never counts, because the one of line 9 fits all its findings first; remove it, or move it up [fix]
    - { rules: ["priv/*"], files: ["access/sandbox/*"], organizations: [dev], severity: info }
    - { rules: ["priv/*"], files: ["access/*"], organizations: [dev], severity: off }
    - { rules: ["priv/*"], files: ["access/*"], severity: off }
    - { rules: [priv/destructive], files: [access/prod.accessmap.yaml], severity: off }
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info gov/severity-unused [fix]`),
    { only },
  ));

test("locked rules stay errors", () =>
  checkProblems(
    project(`  rules:
    lock/self: off
    #^^^^^^^^ info gov/severity-unused: lock/self is locked: it stays an error, whatever the policy says; remove it
    cred/secret-in-file: error
  overrides:
    - { rules: [cred/secret-in-file], severity: warning }
    # ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info gov/severity-unused: All rules of this override are locked: they stay errors, whatever the policy says; remove it [fix]
    - { rules: ["cred/*"], severity: warning }`),
    { only },
  ));

test("what is misspelt is not told twice", () =>
  checkProblems(
    project(`  overrides:
    - { rules: [priv/destructiv], severity: off }
    #           ^^^^^^^^^^^^^^^ error ref/unknown-rule [fix]`),
    { only: [...only, "ref/unknown-rule"] },
  ));
