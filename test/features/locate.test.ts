/** Where the cursor is, in whole and half-typed text. */

import { expect, test } from "vitest";
import { locate } from "../../server/src/core/syntax/locate.ts";

/** Path, role, token and neighbours on one line: `mappings/0/roles/1 value "SR" | items: SRE`. */
function describe(fixture: string): string {
  const offset = fixture.indexOf("$0");
  const found = locate(fixture.replace("$0", ""), offset);
  if (!found) return "nothing";
  const parts = [`${found.path.join("/")} ${found.role}`, JSON.stringify(found.token.text)];
  if (found.isFresh) parts.push("fresh");
  if (found.hasColon) parts.push("colon");
  if (found.style === "flow") parts.push("flow");
  if (found.entries.size > 0) parts.push(`beside ${[...found.entries.keys()].join(",")}`);
  if (found.items.length > 0) parts.push(`with ${found.items.join(",")}`);
  return parts.join(" ");
}

const CASES: readonly (readonly [title: string, fixture: string, expected: string])[] = [
  ["empty file", "$0", ' key ""'],
  ["second root key", "organization: prod\n$0\n", ' key "" beside organization'],
  ["half a root key", "organization: prod\nmap$0\n", ' key "map" beside organization'],
  ["below a list's key", "mappings:\n  $0", 'mappings value "" fresh'],
  ["behind a dash", "mappings:\n  - $0", 'mappings/0 value ""'],
  ["behind a second dash", "mappings:\n  - group: a\n  - $0", 'mappings/1 value ""'],
  ["half a key behind a dash", "mappings:\n  - gr$0", 'mappings/0 value "gr"'],
  [
    "a key behind a dash",
    "mappings:\n  - gr$0oup: a\n    roles: [A]",
    'mappings/0 key "group" colon beside group,roles',
  ],
  ["a value behind a key", "mappings:\n  - group: $0", 'mappings/0/group value "" beside group'],
  ["half a value", "mappings:\n  - group: dd-$0", 'mappings/0/group value "dd-" beside group'],
  ["inside a value", "mappings:\n  - group: dd$0-sre", 'mappings/0/group value "dd-sre" beside group'],
  [
    "value, with more keys below",
    "mappings:\n  - group: $0\n    roles: [A]",
    'mappings/0/group value "" beside group,roles',
  ],
  ["empty line at key column", "mappings:\n  - group: a\n    $0", 'mappings/0 key "" beside group'],
  [
    "empty line between keys",
    "mappings:\n  - group: a\n    $0\n    roles: [A]\n  - group: b",
    'mappings/0 key "" beside group,roles',
  ],
  [
    "third entry, half a key",
    "mappings:\n  - group: a\n  - group: b\n  - group: c\n    ro$0",
    'mappings/2 key "ro" beside group',
  ],
  ["dashes in their key's column", "mappings:\n- group: a\n- group: b\n  $0", 'mappings/1 key "" beside group'],
  ["root key below such a list", "mappings:\n- group: a\n$0", ' key "" beside mappings'],
  ["open bracket", "mappings:\n  - group: a\n    roles: [$0", 'mappings/0/roles/0 value "" flow'],
  [
    "open bracket, second item",
    "mappings:\n  - group: a\n    roles: [SRE, $0",
    'mappings/0/roles/1 value "" flow with SRE',
  ],
  [
    "open bracket, keys below",
    "mappings:\n  - group: a\n    roles: [SRE, $0\n    teams: [x]\n  - group: b",
    'mappings/0/roles/1 value "" flow with SRE',
  ],
  ["closed bracket", "    roles: [SRE, $0]", 'roles/1 value "" flow with SRE'],
  ["first of several", "roles: [S$0, Admin]", 'roles/0 value "S" flow with Admin'],
  ["words with spaces", "roles: [Datadog Ad$0min Role]", 'roles/0 value "Datadog Admin Role" flow'],
  ["bracket over lines", "roles: [\n  SRE,\n  $0\n  ]", 'roles/1 value "" flow with SRE'],
  [
    "bracket over lines, open",
    "mappings:\n  - roles: [\n      SRE,\n      Ad$0\n    teams: [a]",
    'mappings/0/roles/1 value "Ad" flow with SRE',
  ],
  ["open quote", 'mappings:\n  - group: "dd-$0', 'mappings/0/group value "dd-" beside group'],
  ["open quote in brackets", "roles: ['SR$0, Admin]", 'roles/0 value "SR" flow with Admin'],
  ["closed quote", 'roles: ["SR$0E"]', 'roles/0 value "SRE" flow'],
  ["braces, key", "group: { $0", 'group key "" flow'],
  ["braces, second key", "group: { directory: google, na$0 }", 'group key "na" flow beside directory'],
  ["braces, value", "group: { directory: google, name: $0 }", 'group/name value "" flow beside directory,name'],
  [
    "braces in brackets",
    "mappings:\n  - group: a\n    allow: [{ rule: $0",
    'mappings/0/allow/0/rule value "" flow beside rule',
  ],
  [
    "braces in brackets, second",
    "allow: [{ rule: a, reason: b }, { rule: pr$0 }]",
    'allow/1/rule value "pr" flow beside rule',
  ],
  ["dash and braces", "expect:\n  - { group: a, cannot: [logs$0] }", 'expect/0/cannot/0 value "logs" flow'],
  ["dash and open braces", "expect:\n  - { group: $0\n  - { group: b }", 'expect/0/group value "" flow beside group'],
  ["block list", "roles:\n  - SRE\n  - $0\n  - Admin\nteams:\n  - x", 'roles/1 value "" with SRE,Admin'],
  ["block list in key's column", "roles:\n- SRE\n- $0\nteams:\n- x", 'roles/1 value "" with SRE'],
  ["block list, fresh line", "roles:\n  - SRE\n  $0", 'roles value "" fresh with SRE'],
  [
    "nested block mapping",
    "mappings:\n  - group:\n      directory: google\n      $0",
    'mappings/0/group key "" beside directory',
  ],
  [
    "deep list of mappings",
    "mappings:\n  - group: a\n    allow:\n      - rule: x\n        $0",
    'mappings/0/allow/0 key "" beside rule',
  ],
  ["bundle names are free", "bundles:\n  eng:\n    roles: [$0]", 'bundles/eng/roles/0 value "" flow'],
  ["comment", "mappings: # he$0re", "nothing"],
  ["comment line", "# com$0ment", "nothing"],
  ["before a comment", "mappings:\n  - group: $0 # why", 'mappings/0/group value "" beside group'],
  ["block text", "reason: |\n  some $0", "nothing"],
  [
    "CRLF",
    "mappings:\r\n  - group: a\r\n    roles: [SRE, $0\r\n    teams: [x]\r\n",
    'mappings/0/roles/1 value "" flow with SRE',
  ],
  ["byte order mark", "\uFEFForganization: $0", 'organization value ""'],
  ["astral characters", "mappings:\n  - group: 🦊-$0", 'mappings/0/group value "🦊-" beside group'],
  ["dash alone, entry below", "mappings:\n  -\n    group: a\n    $0", 'mappings/0 key "" beside group'],
  ["list of lists", "apart: [[billing_edit, $0]]", 'apart/0/1 value "" flow with billing_edit'],
  ["colon without a space", "mappings:\n  - group:$0", 'mappings/0/group value "" beside group'],
];

test.each(CASES)("%s", (_title, fixture, expected) => {
  expect(describe(fixture)).toBe(expected);
});

test("no prefix of a file makes it fail", () => {
  const whole = CASES.map(([, fixture]) => fixture.replace("$0", "")).join("\n");
  for (let end = 0; end <= whole.length; end++) locate(whole.slice(0, end), end);
});
