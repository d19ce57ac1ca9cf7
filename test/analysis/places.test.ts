/** Edits of entries in their files: what goes with an entry, and what stays. */

import { expect, test } from "vitest";
import { toEdits } from "../../server/src/core/analysis/places.ts";
import { applyEdits, removeItem } from "../../server/src/core/syntax/edit.ts";
import { textOfFile } from "../../server/src/core/syntax/readMappingFile.ts";
import { parseFixture } from "../support/fixture.ts";

const HEAD = "organization: prod\nmappings:\n";

test.each([
  ["the only one leaves an empty list", "  - group: b\n", "mappings: []\n"],
  [
    "blank lines keep apart what is left",
    "  - group: a\n\n  - group: b\n\n  - group: c\n",
    "  - group: a\n\n  - group: c\n",
  ],
  ["the last one leaves none behind", "  - group: a\n\n  - group: b\n", "  - group: a\n"],
  [
    "two blank lines are one gap",
    "  - group: a\n\n\n  - group: b\n\n\n  - group: c\n",
    "  - group: a\n\n\n  - group: c\n",
  ],
  ["the first one takes those behind it", "  - group: b\n\n  - group: c\n", "mappings:\n  - group: c\n"],
  [
    "a comment of the next stays apart",
    "  - group: a\n\n  - group: b\n\n  # why\n  - group: c\n",
    "  - group: a\n\n  # why\n  - group: c\n",
  ],
  ["where there are none nothing is", "  - group: a\n  - group: b\n  - group: c\n", "  - group: a\n  - group: c\n"],
  [
    "line breaks of Windows count",
    "  - group: a\r\n\r\n  - group: b\r\n\r\n  - group: c\r\n",
    "  - group: a\r\n\r\n  - group: c\r\n",
  ],
  ["what another key needs stays", "  - group: a\n\n  - group: b\n\nowner: x\n", "  - group: a\n\nowner: x\n"],
])("%s", (_, entries, expected) => {
  const { snapshot } = parseFixture(`#- /a.accessmap.yaml\n${HEAD}${entries}`);
  const [file] = snapshot.files;
  const mapping = file?.pieces.flatMap(({ mappings }) => mappings).find(({ group }) => group?.text === "b");
  const edit = mapping && removeItem(mapping.source, mapping.span);
  if (!file || !edit) throw new Error("the fixture has no such entry");
  const left = applyEdits(textOfFile(file), toEdits(snapshot, [edit]));
  expect(left.slice(-expected.length)).toBe(expected);
});
