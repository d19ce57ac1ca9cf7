/** No place in any text makes a feature fail: every offset of the sample's files, whole, cut off, and torn. */

import { expect, test } from "vitest";
import { takeSnapshot, treeIn } from "../../server/src/core/analysis/snapshot.ts";
import { completionsFor } from "../../server/src/core/features/completion.ts";
import { documentLinks } from "../../server/src/core/features/documentLinks.ts";
import { documentSymbols } from "../../server/src/core/features/documentSymbols.ts";
import { foldsOf } from "../../server/src/core/features/folding.ts";
import { hover } from "../../server/src/core/features/hover.ts";
import { inlayHints } from "../../server/src/core/features/inlayHints.ts";
import { referencesAt } from "../../server/src/core/features/references.ts";
import { renameAt } from "../../server/src/core/features/rename.ts";
import { selectionsAt } from "../../server/src/core/features/selection.ts";
import { semanticTokens } from "../../server/src/core/features/semanticTokens.ts";
import { readMappingFile } from "../../server/src/core/syntax/readMappingFile.ts";
import type { Tree } from "../../server/src/core/syntax/yaml/parse.ts";
import { parseFixture } from "../support/fixture.ts";

const TEXT = `organization: prod
bundles:
  base: { roles: [SRE, { name: Admin, id: role-admin }], teams: [sre] }
mappings:
  - group: dd-sre # on call
    bundles: [base]
    roles:
      - "Datadog Read Only Role"
    reason: |
      first
      second
    until: 2027-01-31
    allow:
      - { rule: priv/destructive, reason: 'it''s fine', until: 2027-01-31 }
  - group: { directory: okta, name: "🦊 #1" }
    teams: [
      sre,
      dev
    ]
expect:
  - { group: dd-sre, cannot: [logs_delete_data], people: { min: 2 } }
`;

const LIVE = `
#- live okta
groups: [{ name: dd-sre, members: [ana] }, "🦊 #1"]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data] }]
teams: [sre]
`;

const base = parseFixture(`#- /a.accessmap.yaml\n${TEXT}${LIVE}`).snapshot;

function visit(text: string, offsets: Iterable<number>): void {
  const snapshot = takeSnapshot({ ...base, files: [readMappingFile("a.accessmap.yaml", text)] });
  const tree = treeIn(snapshot, "a.accessmap.yaml") as Tree;
  documentSymbols(snapshot, "a.accessmap.yaml");
  documentLinks(snapshot, "a.accessmap.yaml");
  inlayHints(snapshot, "a.accessmap.yaml", { start: 0, end: text.length });
  semanticTokens(snapshot, "a.accessmap.yaml");
  foldsOf(tree);
  for (const offset of offsets) {
    const found = completionsFor(snapshot, { file: "a.accessmap.yaml", text, offset, rules: [] });
    if (found) {
      expect(found.span.start).toBeLessThanOrEqual(offset);
      expect(found.span.end).toBeGreaterThanOrEqual(offset);
    }
    hover(snapshot, "a.accessmap.yaml", text, offset);
    selectionsAt(tree, offset);
    const places = referencesAt(snapshot, "a.accessmap.yaml", offset, true);
    const result = renameAt(snapshot, "a.accessmap.yaml", offset, "x");
    // Every place of a name is renamed or, where it writes an id, left.
    if ("edits" in result) expect(result.edits.length).toBeLessThanOrEqual(places.length);
  }
}

test("every offset of a whole file", () =>
  visit(
    TEXT,
    Array.from({ length: TEXT.length + 1 }, (_, offset) => offset),
  ));

test("the end of every beginning", () => {
  for (let end = 0; end <= TEXT.length; end++) visit(TEXT.slice(0, end), [end]);
});

test("the seam of every text with a piece torn out", () => {
  for (let start = 0; start < TEXT.length; start += 3) visit(TEXT.slice(0, start) + TEXT.slice(start + 17), [start]);
});

test("Windows line ends", () => {
  const text = TEXT.replaceAll("\n", "\r\n");
  visit(
    text,
    Array.from({ length: text.length + 1 }, (_, offset) => offset),
  );
});
