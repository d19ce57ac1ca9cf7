/** What every form of a review says about itself: what is asked, on which reads it rests, who decides. */

import { countOf } from "../../analysis/words.ts";
import { describeControls } from "../../model/controls.ts";
import { renderInstant } from "../../model/time.ts";
import { describeRead } from "../reads.ts";
import { byReviewer, type ReviewPack, type RoutedRow, UNASSIGNED } from "./pack.ts";

export interface ReviewWords {
  readonly title: string;
  readonly made: string;
  /** Evidence of which controls this is. */
  readonly controls: string;
  /** Whether the population is whole, in one sentence. */
  readonly whole: string;
  readonly isWhole: boolean;
  readonly counts: string;
  readonly reads: readonly string[];
  readonly reviewers: readonly { readonly reviewer: string; readonly rows: number; readonly elsewhere: number }[];
}

/** How to fill a table in. */
export const HOW_TO: readonly string[] = [
  'Decide on each row: keep, revoke or change. A row "grant" is about everybody in the group, a row "person" about one of them, a row "outside" about what no mapping gives.',
  'With change, say under "Change to" which role or team instead, or "until 2027-01-31". Say who decided, and when.',
  "Nobody decides on their own access: such rows are another reviewer's.",
  'A decision on a grant becomes an edit of the mapping files with "accessmap review read FILE.csv"; one on a single person is carried out in the directory, one on what no mapping gives in Datadog.',
];

/** Sentences that are the same in every form. `whole` says whether rows may be missing. */
export function reviewWords(pack: ReviewPack): ReviewWords {
  const { madeAt, project, commit, reads, states, mappings, otherTeams } = pack;
  const isWhole = reads.length > 0 && reads.every(({ whole }) => whole);
  const of = (kind: RoutedRow["kind"]) => pack.rows.filter((row) => row.kind === kind).length;
  const others =
    otherTeams === 0
      ? ""
      : `, and who is in ${countOf(otherTeams, "team that no mapping names", "teams that no mapping names")}`;
  return {
    title: `Access review of ${project}`,
    made: `Made ${renderInstant(madeAt, "")}${commit === undefined ? "" : `, from commit ${commit.slice(0, 12)}`}`,
    controls: describeControls("gov/review-overdue"),
    whole: isWhole
      ? "The population is whole: every read that rows come from was whole."
      : "The population is NOT whole: something could not be read, and rows may be missing.",
    isWhole,
    counts: `${countOf(pack.rows.length, "row")}: ${countOf(of("grant"), "grant")} of ${countOf(mappings.reviewed, "mapping")}, ${countOf(of("person"), "time somebody has one", "times somebody has one")}, ${of("outside")} outside the files. In no row: ${countOf(mappings.ended, "mapping that has ended", "mappings that have ended")}, ${mappings.empty} that give nothing${others}.`,
    reads: [...[...reads, ...states].map((read) => `${read.system}, ${describeRead(read, "")}`), pack.ages],
    reviewers: [...byReviewer(pack)].map(([reviewer, rows]) => ({
      reviewer,
      rows: rows.length,
      elsewhere: rows.filter(({ note }) => note !== undefined).length,
    })),
  };
}

/** What is said of a reviewer's rows that were not theirs at first. */
export function reviewerText({ reviewer, rows, elsewhere }: ReviewWords["reviewers"][number]): string {
  const moved = elsewhere === 0 ? "" : `, ${elsewhere} of them in place of an owner`;
  const who = reviewer === UNASSIGNED ? "nobody yet: name a second reviewer, who has none of this" : reviewer;
  return `${who}: ${countOf(rows, "row")}${moved}`;
}
