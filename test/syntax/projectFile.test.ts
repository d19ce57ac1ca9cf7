/** What people are told about the form of accessmap.yaml. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../support/checks.ts";

const file = (body: string) => checkProblems(`#- /accessmap.yaml\nversion: 1\nproject: acme\n${body}`);

test("a site in quotes is quoted once", () =>
  file(`directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: "datadoghq.eu." }
  #             ^^^^^^^^^^^^^^^ error schema/wrong-type: "datadoghq.eu." is not known as site; did you mean "datadoghq.eu"? [fix]
`));

test("one name for a directory and an organization", () =>
  file(`directories: { acme: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu }
  acme: { site: datadoghq.com }
  #^^^ error schema/wrong-type: A directory is called "acme" too, and credentials go by names; give one of them another name
`));

test("days and shares without their unit", () =>
  file(`directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
policy:
  longest: 365
  #        ^^^ error schema/wrong-type: "longest" must look like 365d [fix]
  review: 90
  #       ^^ error schema/wrong-type: "review" must look like 90d [fix]
`));

test("the unit is what the fix adds", () =>
  checkFix(
    "#- /accessmap.yaml\nversion: 1\nproject: acme\npolicy:\n  longest: 365\n",
    'Change to "365d"',
    'version: 1\nproject: acme\npolicy:\n  longest: "365d"\n',
  ));
