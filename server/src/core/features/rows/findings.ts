/** Rows of findings, file by file: the same ones that stand in the files themselves. */

import type { Finding } from "../../model/finding.ts";
import { renderInstant } from "../../model/time.ts";
import { type Level, levelOf, matching, placeOf, type Row, type View } from "./row.ts";
import { countFindings, worstOf } from "./tones.ts";

interface FileFindings {
  readonly file: string;
  readonly found: readonly Finding[];
}

/** Findings in these files that the filter leaves, by file. Files without any are left out. */
export function findingsIn(view: View, files: Iterable<string>, filter: string): readonly FileFindings[] {
  return [...files].flatMap((file) => {
    const found = matching(view.findingsOf(file), (finding) => textOf(finding), filter);
    return found.length === 0 ? [] : [{ file, found }];
  });
}

/** Files with findings, each with how many. */
export function findingsLevel(view: View, files: Iterable<string>, filter: string): Level {
  const all = [...files];
  const left = findingsIn(view, all, filter);
  const level = levelOf(left, ({ file }) => file, fileRow, "");
  return { ...level, hidden: findingsIn(view, all, "").length - left.length + level.hidden };
}

function fileRow({ file, found }: FileFindings): Row {
  const tone = worstOf(found);
  return {
    key: file,
    kind: "file",
    label: file,
    detail: countFindings(found),
    opens: true,
    place: { file, line: 0, column: 0 },
    findings: found.length,
    ...(tone ? { tone } : {}),
  };
}

/** The findings of one file in the order of its text. */
export function fileLevel(view: View, file: string, filter: string): Level {
  const { snapshot } = view;
  const numbered = view.findingsOf(file).map((finding, index) => ({ finding, index }));
  return levelOf(
    numbered,
    ({ finding }) => textOf(finding),
    ({ finding, index }): Row => {
      const age = finding.asOf === undefined ? [] : [`rests on data read ${renderInstant(finding.asOf, snapshot.now)}`];
      const inherited = finding.inherited ? ["in the baseline"] : [];
      const place = placeOf(snapshot, finding);
      return {
        key: `${finding.rule} ${index}`,
        kind: "finding",
        label: finding.message,
        detail: [finding.rule, `line ${place.line + 1}`, ...inherited].join(" · "),
        tooltip: [finding.message, [finding.rule, ...age, ...inherited].join(", ")].join("\n"),
        tone: finding.severity,
        place,
        name: finding.rule,
      };
    },
    filter,
  );
}

function textOf({ rule, message, source: { file } }: Finding): string {
  return `${message} ${rule} ${file}`;
}
