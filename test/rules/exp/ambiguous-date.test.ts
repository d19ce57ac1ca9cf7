/** Dates that are not written as YYYY-MM-DD. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: one
    until: 31.01.2027
    #      ^^^^^^^^^^ error exp/ambiguous-date: "31.01.2027" is not a day written as YYYY-MM-DD; until it is clear, this mapping gives nothing [fix]
  - group: two
    until: 01/02/2027
    #      ^^^^^^^^^^ error exp/ambiguous-date [fix]
  - group: three
    until: 20270131
    #      ^^^^^^^^ error exp/ambiguous-date [fix]
  - group: four
    until: 2027-02-30
    #      ^^^^^^^^^^ error exp/ambiguous-date: No calendar has the day 2027-02-30; until it is clear, this mapping gives nothing
  - group: five
    until: next spring
    #      ^^^^^^^^^^^ error exp/ambiguous-date
  - group: six
    allow:
      - { rule: priv/destructive, reason: nights, until: 2027-1-5 }
      #                                                  ^^^^^^^^ error exp/ambiguous-date: "2027-1-5" is not a day written as YYYY-MM-DD; until it is clear, nothing is suppressed [fix]
  - group: seven
    until: 2027-01-31
`;

test("other forms, and days that no calendar has", () => checkProblems(FIXTURE));

test("slashes may mean two days, and both are offered", () => {
  const file = "#- /a.accessmap.yaml\nmappings:\n  - { group: two, until: 01/02/2027 }\n";
  checkFix(file, "Change to 2027-02-01", "mappings:\n  - { group: two, until: 2027-02-01 }");
  checkFix(file, "Change to 2027-01-02", "mappings:\n  - { group: two, until: 2027-01-02 }");
});

test("a number and a time are offered as their day", () => {
  checkFix(
    "#- /a.accessmap.yaml\nmappings:\n  - { group: two, until: 20270131 }\n",
    "Change to 2027-01-31",
    "mappings:\n  - { group: two, until: 2027-01-31 }",
  );
  checkFix(
    '#- /a.accessmap.yaml\nmappings:\n  - { group: two, until: "2027-01-31T10:00:00Z" }\n',
    "Change to 2027-01-31",
    'mappings:\n  - { group: two, until: "2027-01-31" }',
  );
});

test("what is no text at all is the format's to report", () =>
  checkProblems(`
#- /a.accessmap.yaml
mappings:
  - group: one
    until: [soon]
    #      ^^^^^^ error schema/wrong-type: "until" must be text
  - group: two
    until:
    #^^^^ error schema/wrong-type
`));
