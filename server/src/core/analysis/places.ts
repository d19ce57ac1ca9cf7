/** Findings in the coordinates of whole files: where each piece starts is known to the snapshot alone. */

import { type Finding, toProblem } from "../model/finding.ts";
import type { Problem } from "../model/problem.ts";
import type { Source } from "../model/text.ts";
import { memo, type Snapshot } from "./snapshot.ts";

export function toProblems(snapshot: Snapshot, findings: readonly Finding[]): readonly Problem[] {
  const starts = memo(snapshot, startsOfSources);
  return findings.map((finding) => toProblem(finding, (source) => starts.get(source) ?? 0));
}

/** Offsets of all pieces in their files; what is no piece is a whole file. */
function startsOfSources({ files }: Snapshot): ReadonlyMap<Source, number> {
  const starts = new Map<Source, number>();
  for (const { pieces } of files) {
    let start = 0;
    for (const { source } of pieces) {
      starts.set(source, start);
      start += source.text.length;
    }
  }
  return starts;
}
