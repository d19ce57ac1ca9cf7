/** Drift in words: what is otherwise than the files say, by whom and when, and how to take it in or take it back. */

import { countOf, fold } from "../../analysis/words.ts";
import { indexBy } from "../../model/maps.ts";
import { type Instant, renderInstant } from "../../model/time.ts";
import type { Difference, Drift, HoldingDifference, MappingDifference } from "../drift/drift.ts";
import type { Origin } from "../plan.ts";
import { describeMapping } from "./describeChange.ts";
import { renderPlace } from "./words.ts";

/** A line, and how deep it stands: sentences and headings at 0, what they list at 1, and what is told of each at 2. */
export interface DriftLine {
  readonly depth: 0 | 1 | 2;
  readonly text: string;
}

/** The drift as text. `now` decides whether days are written. */
export function renderDrift(drift: Drift, now: Instant): string {
  return driftLines(drift, now)
    .map(({ depth, text }) => "  ".repeat(depth) + text)
    .join("\n");
}

/** The first line is the title. */
export function driftLines(drift: Drift, now: Instant): readonly DriftLine[] {
  const { organization, since, differences, unclear, events, unseen, unread } = drift;
  const when = since === undefined ? "in the last 30 days" : `since the last apply, ${renderInstant(since, now)}`;
  const where = `${organization.title} (${organization.site})`;
  const doubtful = unclear.flatMap((each) => describe(each, drift, now));
  const touched = events.map(({ at, actor, message }) =>
    line(1, `${message}: ${actor.email ?? "Datadog"}, ${renderInstant(at, now)}`),
  );
  const count = differences.length + events.length;
  return [
    line(0, count === 0 ? `No drift is known in ${where} ${when}.` : `Drift in ${where} ${when}`),
    ...differences.flatMap((each) => describe(each, drift, now)),
    ...(touched.length > 0 ? [line(0, "Managed roles and teams that somebody else changed"), ...touched] : []),
    ...(doubtful.length > 0
      ? [line(0, "Changed in Datadog, or in groups and files: nothing tells which"), ...doubtful]
      : []),
    ...(unseen === undefined ? [] : [line(0, `Who and when may be missing: ${unseen}.`)]),
    ...(unread === undefined ? [] : [line(0, `Not everything was read, so there may be more: ${unread}.`)]),
    ...pendingLines(drift),
    ...heldLines(drift),
  ];
}

/** Where the trail is silent, only what an apply left is known to be no drift. */
function pendingLines({ pending, unseen }: Drift): readonly DriftLine[] {
  if (pending === 0) return [];
  const [is, it] = pending === 1 ? ["is", "it"] : ["are", "them"];
  const known =
    unseen === undefined
      ? `${countOf(pending, "difference comes", "differences come")} from files or groups`
      : `${countOf(pending, "difference")} ${is} in Datadog as an apply left ${it}, and files or groups want ${it} otherwise`;
  return [line(0, `${known}; \`accessmap plan\` shows what an apply would do.`)];
}

function heldLines({ heldBack }: Drift): readonly DriftLine[] {
  if (heldBack.length === 0) return [];
  const reasons = [...indexBy(heldBack, (each) => each.heldBack ?? "")];
  return [
    line(0, `${countOf(heldBack.length, "difference")} from files or groups that no apply settles`),
    ...reasons.map(([why, all]) => line(1, `${fold(all.map(headOf))}: ${why}`)),
  ];
}

/** `ana@acme.com lacks SRE` */
function headOf({ account, state, kind, what }: HoldingDifference): string {
  const verb = kind === "team" ? (state === "extra" ? "is in" : "is not in") : state === "extra" ? "holds" : "lacks";
  return `${account.name} ${verb} ${nameOf({ kind, what })}`;
}

function nameOf({ kind, what }: Pick<HoldingDifference, "kind" | "what">): string {
  return kind === "team" ? `team ${what.name}` : what.name;
}

function describe(difference: Difference, drift: Drift, now: Instant): readonly DriftLine[] {
  if (difference.kind === "mapping") return mappingLines(difference, now);
  const { adopted } = drift;
  const { state, because, origin, event } = difference;
  const recorded = recordedOf(origin);
  const left = state === "extra" ? "took" : "gave";
  return [
    line(1, `${headOf(difference)}: ${because.text}${renderPlace(because)}`),
    ...(event
      ? [line(2, `by ${event.actor.email ?? "Datadog"}, ${renderInstant(event.at, now)}: ${event.message}`)]
      : recorded === undefined
        ? []
        : [line(2, `the apply of ${renderInstant(recorded, now)} ${left} it; who changed that is not known`)]),
    line(2, `revert: ${revert(difference, adopted)}; adopt: ${adopt(state, nameOf(difference))}`),
  ];
}

function mappingLines({ state, mapping, because, origin }: MappingDifference, now: Instant): readonly DriftLine[] {
  const isThere = state === "extra";
  const recorded = recordedOf(origin);
  const did = isThere ? "deleted" : "made";
  return [
    line(
      1,
      `mapping ${describeMapping(mapping)} is ${isThere ? "" : "not "}there: ${because.text}${renderPlace(because)}`,
    ),
    ...(recorded === undefined
      ? []
      : [line(2, `the apply of ${renderInstant(recorded, now)} ${did} it; who changed that is not known`)]),
    line(
      2,
      isThere
        ? "revert: `accessmap apply` deletes it; adopt: `accessmap import` writes it into a file"
        : "revert: `accessmap apply` makes it; adopt: take it out of the file",
    ),
  ];
}

function recordedOf(origin: Origin | undefined): Instant | undefined {
  return origin?.from === "datadog" ? origin.recorded : undefined;
}

function line(depth: DriftLine["depth"], text: string): DriftLine {
  return { depth, text };
}

function revert({ state, heldBack, origin }: HoldingDifference, adopted: boolean): string {
  // Before adoption all removals are held back, and there is a way to have them.
  if (heldBack !== undefined && (adopted || state === "missing")) return `no apply does it, because ${heldBack}`;
  // What nothing tells the origin of need never have been given.
  if (state === "missing") return `\`accessmap apply\` gives it${origin?.from === "datadog" ? " again" : ""}`;
  return adopted ? "`accessmap apply` takes it" : "`accessmap lock --adopt`, then `accessmap apply` takes it";
}

function adopt(state: Difference["state"], name: string): string {
  return state === "extra"
    ? `put them into a group that is mapped to ${name}, or map one of theirs`
    : "take them out of the group, or the mapping out of the file";
}
