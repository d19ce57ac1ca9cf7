/** Hints as they would stand in the text, between «». */

import { expect, test } from "vitest";
import { inlayHints } from "../../server/src/core/features/inlayHints.ts";
import { expectText } from "../support/expectText.ts";
import { parseFixture } from "../support/fixture.ts";

function checkHints(text: string, expected: string): void {
  const { snapshot, files } = parseFixture(text);
  let shown = files.get("a.accessmap.yaml") ?? "";
  const hints = inlayHints(snapshot, "a.accessmap.yaml", { start: 0, end: shown.length });
  for (const { offset, label } of [...hints].reverse())
    shown = `${shown.slice(0, offset)}«${label}»${shown.slice(offset)}`;
  expectText(shown.trimEnd(), expected);
}

const LIVE = `
#- live okta
groups:
  - { name: dd-sre, members: [ana, bo, { login: old, state: deactivated }] }
  - { name: dd-ops, members: [bo, cy] }
  - { name: dd-big, count: 400 }
  - dd-dark
#- live datadog
roles: [SRE, Reader, Big]
`;

test("people of groups and roles, and names behind ids", () =>
  checkHints(
    `
#- /a.accessmap.yaml
bundles:
  base: { roles: [Reader] }
mappings:
  - group: dd-sre
    bundles: [base]
    roles: [SRE, { id: role-sre }]
  - group: { id: group-dd-ops }
    roles:
      - SRE
      - Ghost
  - group: dd-big
    roles: [Big]
  - group: dd-old
    roles: [Reader]
  - group: dd-dark
    until: 2026-01-01
    roles: [SRE]
${LIVE}`,
    `
bundles:
  base: { roles: [Reader«2 people»] }
mappings:
  - group: dd-sre«2 people»
    bundles: [base]
    roles: [SRE«3 people», { id: role-sre }«SRE · 3 people»]
  - group: { id: group-dd-ops«dd-ops · 2 people» }
    roles:
      - SRE«3 people»
      - Ghost
  - group: dd-big«up to 400 people»
    roles: [Big]
  - group: dd-old
    roles: [Reader«2 people»]
  - group: dd-dark
    until: 2026-01-01
    roles: [SRE«3 people»]
`,
  ));

test("people whose state is not told may be reached", () => {
  const live =
    "#- live okta at 2026-11-23T11:57Z\ngroups: [{ name: dd-sre, members: [ana, { login: bo, state: unknown }] }]\n";
  const { snapshot } = parseFixture(`#- /a.accessmap.yaml\nmappings:\n  - group: dd-sre\n${live}`);
  const hints = inlayHints(snapshot, "a.accessmap.yaml", { start: 0, end: 99 });
  expect(hints.map(({ label }) => label)).toEqual(["up to 2 people"]);
});

test("only what is asked for, and nothing where nothing was read", () => {
  const text = "#- /a.accessmap.yaml\nmappings:\n  - group: dd-sre\n  - group: dd-ops\n";
  const { snapshot } = parseFixture(text + LIVE);
  const hints = inlayHints(snapshot, "a.accessmap.yaml", { start: 0, end: 25 });
  expect(hints.map(({ label }) => label)).toEqual(["2 people"]);
  expect(inlayHints(snapshot, "accessmap.yaml", { start: 0, end: 25 })).toEqual([]);
  expect(inlayHints(parseFixture(text).snapshot, "a.accessmap.yaml", { start: 0, end: 99 })).toEqual([]);
});
