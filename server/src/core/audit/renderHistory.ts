/** Answers about the past as text, Markdown and data. */

import { countOf } from "../analysis/words.ts";
import { prose } from "../features/support/markdown.ts";
import { renderInstant } from "../model/time.ts";
import type { PastAnswer, PastGrant, PastQuestion } from "./history.ts";
import type { RecordedHolding } from "./journalHistory.ts";

interface Part {
  readonly title: string;
  readonly lines: readonly string[];
}

/** For a terminal, an answer below the other. */
export function renderHistory(answers: readonly PastAnswer[]): string {
  return answers
    .map((answer) =>
      [
        titleOf(answer),
        ...partsOf(answer).flatMap(({ title, lines }) => [title, ...lines.map((line) => `  ${line}`)]),
      ].join("\n"),
    )
    .join("\n\n");
}

/** A section for each answer; names in it are made harmless for Markdown. */
export function historyMarkdown(answers: readonly PastAnswer[]): string {
  return answers
    .map((answer) =>
      [
        `# ${prose(titleOf(answer))}`,
        ...partsOf(answer).map(({ title, lines }) =>
          [`**${prose(title)}**`, lines.map((line) => `- ${prose(line)}`).join("\n")].join("\n\n"),
        ),
      ].join("\n\n"),
    )
    .join("\n\n");
}

/** Version 1, indented by two. */
export function historyJson(answers: readonly PastAnswer[]): string {
  return JSON.stringify({ version: 1, answers }, undefined, 2);
}

function titleOf({ question: { kind, name }, organization, day }: PastAnswer): string {
  const asked = {
    permission: `Who could ${name}`,
    role: `Who had ${name}`,
    team: `Who was in team ${name}`,
    group: `What group ${name} gave`,
    person: `What ${name} had`,
  };
  return `${asked[kind]} in ${organization} on ${day}`;
}

const IT = { files: "The files gave it to", journals: "Journals show that it was held by" };

const TITLES: Readonly<Record<PastQuestion["kind"], { readonly files: string; readonly journals: string }>> = {
  permission: IT,
  role: IT,
  team: IT,
  group: { files: "The files gave it", journals: "Journals show that through it was given, and not taken" },
  person: {
    files: "The files gave, to groups that they are in today",
    journals: "Journals show that they held",
  },
};

function partsOf(answer: PastAnswer): readonly Part[] {
  const { question, grants, people, unknown, files, applies, day } = answer;
  const { kind } = question;
  const rests = [
    files
      ? `files of commit ${files.commit.slice(0, 12)}, made ${renderInstant(files.committedAt, "")}, the last of the checked-out line until the end of that day (UTC)`
      : "no files of that day",
    `${countOf(applies.before, "apply", "applies")} until then and ${applies.after} after, as journals in this folder record them`,
  ];
  return [
    {
      title: TITLES[kind].files,
      lines:
        grants.length > 0
          ? grants.map((grant) => grantLine(grant, kind === "group"))
          : [files?.gaps.length === 0 ? (kind === "group" ? "nothing" : "no group") : "not known"],
    },
    {
      title: TITLES[kind].journals,
      lines:
        people.length > 0
          ? people.map((holding) => holdingLine(holding, kind === "person"))
          : [`nothing is recorded for ${day}`],
    },
    { title: "Not known", lines: unknown },
    { title: "This rests on", lines: rests },
  ];
}

/** Groups of several directories may share a name, so that of one group is told with its directory. */
function grantLine(
  { group, directory, gives, kind, place, reason, owner, until }: PastGrant,
  withDirectory: boolean,
): string {
  const terms = [
    ...(reason === undefined ? [] : [reason]),
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
  ];
  const of = withDirectory && directory !== undefined ? ` of ${directory}` : "";
  return `"${group}"${of} → ${kind === "team" ? "team " : ""}${gives}  ${place}${terms.length > 0 ? `  (${terms.join("; ")})` : ""}`;
}

function holdingLine({ account, kind, name, since, stillAt, because }: RecordedHolding, isPerson: boolean): string {
  const what = `${kind === "team" ? "team " : ""}${name}`;
  const why = because === undefined ? "" : `, ${because}`;
  const from =
    since === undefined
      ? `found there by the apply of ${renderInstant(stillAt ?? "", "")}, which is later: whether on that day already is not proven`
      : `since the apply of ${renderInstant(since, "")}${why}`;
  const still =
    since === undefined || stillAt === undefined ? "" : `; still there at the apply of ${renderInstant(stillAt, "")}`;
  return `${isPerson ? what : `${account}, ${what}`}: ${from}${still}`;
}
