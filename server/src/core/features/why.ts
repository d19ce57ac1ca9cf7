/** Why a finding is there: what it rests on, how old that is, what is known of the names, and how to check it by hand. */

import { resolvedMappings } from "../analysis/grants.ts";
import { lineOf } from "../analysis/places.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { countOf } from "../analysis/words.ts";
import type { DirectoryInventory } from "../model/directory.ts";
import type { Finding } from "../model/finding.ts";
import { gapOf, type Knowledge } from "../model/knowledge.ts";
import type { TargetInventory } from "../model/target.ts";
import { type Instant, renderInstant } from "../model/time.ts";
import { ago } from "./hover/age.ts";
import { manualChecks, type Named } from "./why/manualChecks.ts";
import { namedAt } from "./why/namedAt.ts";

export interface FindingExplanation {
  readonly title: string;
  readonly lines: readonly string[];
}

/** The explanation of a finding of the snapshot, as text for people. */
export function explainFinding(snapshot: Snapshot, finding: Finding): FindingExplanation {
  const { rule, severity, message, asOf, fixes, related, inherited } = finding;
  const { file, line } = lineOf(snapshot, finding);
  const mapping = resolvedMappings(snapshot).find(
    ({ mapping: { source, span } }) =>
      source === finding.source && span.start <= finding.span.start && finding.span.start <= span.end,
  );
  // What the files alone say is true whatever the systems hold.
  const names = mapping && asOf !== undefined ? namedAt(mapping, finding.span) : [];
  const rests = systemLines(snapshot, names);
  const byHand = manualChecks(snapshot, names);
  return {
    title: `Why ${lastOf(rule)}, ${lastOf(file)}:${line}`,
    lines: [
      message,
      `  ${file}:${line}`,
      `  ${severity} of rule ${rule}${inherited ? ", in the baseline" : ""}`,
      ...related.map((other) => {
        const place = lineOf(snapshot, other);
        return `  ${other.message}  ${place.file}:${place.line}`;
      }),
      "",
      "It rests on",
      ...(asOf === undefined
        ? ["  the files alone"]
        : [`  live data, the oldest read ${renderAge(asOf, snapshot.now)}`, ...rests]),
      ...section(
        "What is known of the names",
        names.map(({ text }) => text),
      ),
      ...section("Check it by hand", byHand),
      ...section("What can be done", [
        ...fixes.map(({ title }) => title),
        `The rule's manual page: accessmap rule ${rule}`,
      ]),
    ],
  };
}

/** Titles become names of tabs, of which only what is behind the last slash is shown. */
function lastOf(text: string): string {
  return text.slice(text.lastIndexOf("/") + 1);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
}

function renderAge(asOf: Instant, now: Instant): string {
  return `${renderInstant(asOf, now)}, ${ago(asOf, now)}`;
}

/** Each system that the names are of, and whether it was read whole: only then can something be said to be missing. */
function systemLines({ directories, targets, now }: Snapshot, names: readonly Named[]): readonly string[] {
  const systems = [...new Set(names.map(({ system }) => system))];
  return systems.flatMap((system) => {
    const directory = directories.get(system);
    const target = targets.get(system);
    return [...(directory ? directoryLines(directory, now) : []), ...(target ? targetLines(target, now) : [])];
  });
}

function directoryLines({ name, groups, filter }: DirectoryInventory, now: Instant): readonly string[] {
  const within = filter === undefined ? "" : `, listed by the filter ${filter}`;
  return [`  ${name}: ${describe(groups, "group", now)}${within}`];
}

function targetLines({ name, roles, accounts }: TargetInventory, now: Instant): readonly string[] {
  return [`  ${name}: ${describe(roles, "role", now)}; ${describe(accounts, "account", now)}`];
}

function describe(knowledge: Knowledge<unknown>, what: string, now: Instant): string {
  if (knowledge.state === "unknown") return `${what}s not read: ${knowledge.why.message}`;
  const gap = gapOf(knowledge);
  const read = `${countOf(knowledge.items.size, what)} read ${renderAge(knowledge.asOf, now)}`;
  return gap ? `${read}, not whole: ${gap.message}` : `${read}, whole`;
}
