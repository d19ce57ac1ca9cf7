/** When saving a file is a reason to read again: only for what no read has asked about yet. */

import { expect, test } from "vitest";
import { asksForMore, directoryQuery, systemsBehind, targetQuery } from "../../../server/src/workspace/live/queries.ts";
import { systemsOf } from "../../../server/src/workspace/live/systems.ts";
import { parseFixture } from "../../support/fixture.ts";

const LIVE = `
#- live okta
groups: [{ name: dd-sre, members: [ana] }, { name: dd-new }]
#- live datadog
roles: [SRE]
teams: [sre]
`;

const CASES: readonly (readonly [name: string, mappings: string, asks: boolean])[] = [
  ["a group whose members were read", "- group: dd-sre", false],
  ["a group that does not exist", "- group: dd-nobody", false],
  ["an entry without a group", "- roles: [SRE]", false],
];

test.each(CASES)("%s", (_, mappings, asks) => {
  const { snapshot } = parseFixture(`#- /a.accessmap.yaml\nmappings:\n  ${mappings}\n${LIVE}`);
  expect(asksForMore(snapshot)).toBe(asks);
});

test("a group that was mapped since the read", () => {
  const { snapshot } = parseFixture(`#- /a.accessmap.yaml\nmappings:\n  - group: dd-sre\n${LIVE}`);
  const okta = snapshot.directories.get("okta");
  if (!okta) throw new Error("the fixture has no okta");
  const directories = new Map([["okta", { ...okta, members: new Map() }]]);
  expect(asksForMore({ ...snapshot, directories })).toBe(true);
});

test("only what the files name is asked for", () => {
  const { snapshot } = parseFixture(
    `#- /a.accessmap.yaml\nmappings:\n  - group: dd-sre\n    teams: [sre, web]\n  - group: { id: g7 }\n${LIVE}`,
  );
  expect(directoryQuery(snapshot, "okta")).toMatchObject({ names: ["dd-sre"], ids: ["g7"] });
  expect(targetQuery(snapshot, "prod")).toEqual({ teams: ["sre", "web"] });
});

test("with the ids that the lock knows of the names, and no others", () => {
  const { snapshot } = parseFixture(
    `#- /a.accessmap.yaml\nmappings:\n  - group: dd-sre\n#- lock\ngroups: { okta: { dd-sre: g1, dd-new: g2 } }\n${LIVE}`,
  );
  expect(directoryQuery(snapshot, "okta").pins).toEqual(new Map([["dd-sre", "g1"]]));
});

test("a plan asks its organization and the directories behind it, nobody else", () => {
  const { snapshot } = parseFixture(`
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com }, hr: { type: scim, url: "https://scim.example.com/v2" } }
organizations:
  prod: { site: datadoghq.eu, directory: okta }
  stage: { site: datadoghq.com, directory: hr }
#- /a.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
#- /b.accessmap.yaml
organization: stage
mappings:
  - group: testers
`);
  const behind = systemsBehind(systemsOf(snapshot.project?.content), snapshot, "prod");
  expect(behind.map(({ name }) => name)).toEqual(["okta", "prod"]);
});
