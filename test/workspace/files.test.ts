/** Which text of a file counts, as it is opened, edited, deleted and brought back on disk and in an editor. */

import { expect, test } from "vitest";
import { FileTable } from "../../server/src/workspace/files.ts";

const [OLD, NEW] = ["mappings: []\n", "mappings:\n  - group: dd-sre\n"];

/** What happens to the file, in order: on `disk` or in the `editor`, to this text or to none. */
type Events = readonly (readonly ["disk" | "editor", string | undefined])[];

const CASES: readonly (readonly [title: string, events: Events, text: string | undefined])[] = [
  [
    "the editor's text wins",
    [
      ["disk", OLD],
      ["editor", NEW],
    ],
    NEW,
  ],
  [
    "the disk's counts again after closing",
    [
      ["disk", OLD],
      ["editor", NEW],
      ["editor", undefined],
    ],
    OLD,
  ],
  [
    "a file that goes while an editor shows it as it was is gone",
    [
      ["disk", OLD],
      ["editor", OLD],
      ["disk", undefined],
    ],
    undefined,
  ],
  [
    "one that holds unsaved text stays",
    [
      ["disk", OLD],
      ["editor", NEW],
      ["disk", undefined],
    ],
    NEW,
  ],
  [
    "one that was never on disk stays",
    [
      ["editor", NEW],
      ["disk", undefined],
    ],
    NEW,
  ],
  [
    "an edit of a file that went brings it back",
    [
      ["disk", OLD],
      ["editor", OLD],
      ["disk", undefined],
      ["editor", NEW],
    ],
    NEW,
  ],
  [
    "and so does the disk",
    [
      ["disk", OLD],
      ["editor", OLD],
      ["disk", undefined],
      ["disk", OLD],
    ],
    OLD,
  ],
];

test.each(CASES)("%s", (_title, events, text) => {
  const table = new FileTable();
  for (const [where, now] of events) {
    if (where === "disk") table.setDisk("a.accessmap.yaml", now);
    else table.setEditor("a.accessmap.yaml", now);
  }
  expect([table.textOf("a.accessmap.yaml"), table.names().length]).toEqual([text, text === undefined ? 0 : 1]);
});
