/** From a name to what introduces it, to its other places, and to those in the same file. */

import { expect, test } from "vitest";
import { definitionAt, highlightsAt, referencesAt } from "../../server/src/core/features/references.ts";
import { expectText } from "../support/expectText.ts";
import { parseFixture } from "../support/fixture.ts";
import { cursorOf, renderPlaces } from "./support.ts";

const TWO_SYSTEMS = `
#- /accessmap.yaml
version: 1
project: acme-access
directories:
  okta: { type: okta, domain: acme.okta.com }
  google: { type: google, customer: C1, admin: a@acme.com }
organizations:
  prod: { site: datadoghq.eu, directory: okta }
  staging: { site: datadoghq.com, directory: okta }
`;

function checkDefinition(text: string, expected: string): void {
  const fixture = parseFixture(text);
  const { file, offset } = cursorOf(fixture);
  const place = definitionAt(fixture.snapshot, file, offset);
  expectText(renderPlaces(fixture, place ? [place] : []), expected);
}

function checkReferences(text: string, expected: string, includeDefinition = true): void {
  const fixture = parseFixture(text);
  const { file, offset } = cursorOf(fixture);
  expectText(renderPlaces(fixture, referencesAt(fixture.snapshot, file, offset, includeDefinition)), expected);
}

const BUNDLES = `
#- /a.accessmap.yaml
mappings:
  - group: dd-dev
    bundles: [other, base]
#- /b.accessmap.yaml
bundles:
  base: { roles: [SRE], teams: [sre] }
mappings:
  - group: dd-sre
    bundles: [ba$0se]
`;

test("a bundle is introduced by its definition, wherever it stands", () => {
  checkDefinition(BUNDLES, "b.accessmap.yaml:2:3 base");
  checkDefinition(BUNDLES.replace("$0", "").replace("other", "oth$0er"), "");
});

test("a bundle's uses in all files, with and without its definition", () => {
  const uses = "a.accessmap.yaml:3:22 base\nb.accessmap.yaml:2:3 base\nb.accessmap.yaml:5:15 base";
  checkReferences(BUNDLES, uses);
  checkReferences(BUNDLES, uses.replace(/b.*2:3 base\n/, ""), false);
});

test("a group is introduced by the first mapping, and access tests name it too", () => {
  const text = `
#- /a.accessmap.yaml
mappings:
  - group: "dd-sre"
#- /b.accessmap.yaml
mappings:
  - group: { name: dd-sre }
  - group: { id: group-dd-sre }
expect:
  - { group: dd-s$0re, cannot: [admin] }
#- live okta
groups: [dd-sre]
`;
  checkDefinition(text, 'a.accessmap.yaml:2:12 "dd-sre"');
  checkReferences(
    text,
    `
a.accessmap.yaml:2:12 "dd-sre"
b.accessmap.yaml:2:20 dd-sre
b.accessmap.yaml:3:18 group-dd-sre
b.accessmap.yaml:5:14 dd-sre
`,
  );
});

test("the same name in another directory or organization is another thing", () => {
  const files = `${TWO_SYSTEMS}
#- /a.accessmap.yaml
organization: prod
mappings:
  - group: tools
    roles: [SRE]
  - group: { directory: google, name: tools }
#- /b.accessmap.yaml
organization: staging
mappings:
  - group: tools
    roles: [SRE]
`;
  checkReferences(
    files.replace("group: tools", "group: to$0ols"),
    "a.accessmap.yaml:3:12 tools\nb.accessmap.yaml:3:12 tools",
  );
  checkReferences(files.replace("name: tools", "name: to$0ols"), "a.accessmap.yaml:5:39 tools");
  checkReferences(files.replace("[SRE]", "[S$0RE]"), "a.accessmap.yaml:4:13 SRE");
});

test("an access test means the directory in which the mappings have the group", () => {
  checkReferences(
    `${TWO_SYSTEMS}
#- /a.accessmap.yaml
organization: prod
mappings:
  - group: { directory: google, name: finance }
expect:
  - group: fin$0ance
`,
    "a.accessmap.yaml:3:39 finance\na.accessmap.yaml:5:12 finance",
  );
});

test("roles and teams, pinned ones and those of bundles included", () => {
  const text = `
#- /a.accessmap.yaml
bundles:
  base: { roles: [{ name: SRE, id: role-sre }], teams: [sre] }
mappings:
  - group: dd-sre
    roles:
      - S$0RE
      - id: role-sre
    teams: [sre]
#- live datadog
roles: [SRE]
`;
  checkReferences(text, "a.accessmap.yaml:2:27 SRE\na.accessmap.yaml:6:9 SRE\na.accessmap.yaml:7:13 role-sre");
  checkReferences(
    text.replace("$0", "").replace("    teams: [sre]", "    teams: [sr$0e]"),
    "a.accessmap.yaml:2:57 sre\na.accessmap.yaml:8:13 sre",
  );
});

test("highlights stay in the file and know the definition", () => {
  const fixture = parseFixture(BUNDLES);
  const { file, offset } = cursorOf(fixture);
  const found = highlightsAt(fixture.snapshot, file, offset);
  expectText(renderPlaces(fixture, found), "b.accessmap.yaml:2:3 base\nb.accessmap.yaml:5:15 base");
  expect(found.map(({ isDefinition }) => isDefinition)).toEqual([true, false]);
});

test("elsewhere there is nothing to go to", () => {
  checkReferences("#- /a.accessmap.yaml\nmap$0pings:\n  - group: a", "");
  checkReferences("#- /a.accessmap.yaml\nmappings:\n  - group: a\n    reason: a$0", "");
});
