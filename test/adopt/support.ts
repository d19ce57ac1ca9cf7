/** Check functions of adoption: a fixture goes in, the files that would be written come out. */

import { expect } from "vitest";
import { proposeFromLive } from "../../server/src/core/adopt/fromLive.ts";
import type { Proposal } from "../../server/src/core/adopt/proposal.ts";
import { type WriteOptions, type Written, writeMappings } from "../../server/src/core/adopt/writeMappings.ts";
import { type Snapshot, takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import { format } from "../../server/src/core/features/formatting.ts";
import { formProblems, readMappingFile } from "../../server/src/core/syntax/readMappingFile.ts";
import { expectText } from "../support/expectText.ts";
import { parseFixture } from "../support/fixture.ts";

interface ImportOptions extends Partial<WriteOptions> {
  readonly people?: "names" | "counts";
  readonly organization?: string;
  /** The formatter has nothing to do afterwards. */
  readonly isFormatted?: boolean;
}

/** Imports what is live, and again: the second import must find nothing to do. */
export function checkImport(fixture: string, expected: string, options: ImportOptions = {}): void {
  const { people = "names", organization = "prod", isFormatted = true, ...how } = options;
  const { snapshot } = parseFixture(fixture);
  const propose = (of: Snapshot) => proposalOf(proposeFromLive(of, organization, { people }));
  const written = writtenOf(writeMappings(snapshot, propose(snapshot), { withNotes: true, ...how }));
  expectText(textOf(written), expected);
  const after = afterwards(snapshot, written);
  const untidy = written.changes.filter(
    ({ file, before = "", after: text }) => format(file, text).length > format(file, before).length,
  );
  if (isFormatted)
    expect(
      untidy.map(({ file }) => file),
      "not as the formatter leaves it",
    ).toEqual([]);
  expect(textOf(writtenOf(writeMappings(after, propose(after), { withNotes: true, ...how })))).toBe("");
}

/** The snapshot with the written files in it, which must be sound. */
export function afterwards(snapshot: Snapshot, { changes }: Pick<Written, "changes">): Snapshot {
  const texts = new Map(changes.map(({ file, after }) => [file, after]));
  const kept = snapshot.files.filter(({ file }) => !texts.has(file));
  const files = [...kept, ...[...texts].map(([file, text]) => readMappingFile(file, text))];
  expect(files.flatMap(formProblems).map(({ message }) => message)).toEqual([]);
  return takeSnapshot({ ...snapshot, files: files.sort((a, b) => (a.file < b.file ? -1 : 1)) });
}

export function proposalOf(made: ReturnType<typeof proposeFromLive>): Proposal {
  if ("missing" in made) throw new Error(made.missing.map(({ message }) => message).join("; "));
  return made;
}

export function writtenOf(made: ReturnType<typeof writeMappings>): Written {
  if ("problem" in made) throw new Error(made.problem);
  return made;
}

/** The written files; each but the usual one under its name. */
export function textOf({ changes }: Pick<Written, "changes">): string {
  return changes
    .map(({ file, after }) => (file === "access/prod.accessmap.yaml" ? after : `#- /${file}\n${after}`))
    .join("");
}
