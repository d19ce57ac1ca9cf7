/** Drift in words: what is otherwise than the files say, by whom and when, and how to take it in or take it back. */

import { type Instant, renderInstant } from "../model/time.ts";
import type { Difference, Drift } from "./drift.ts";
import { countOf, renderPlace } from "./words.ts";

/** One paragraph per difference. `now` decides whether days are written. */
export function renderDrift(drift: Drift, now: Instant): string {
  const { organization, since, differences, unclear, pending, events, unseen } = drift;
  const when = since === undefined ? "in the last 30 days" : `since the last apply, ${renderInstant(since, now)}`;
  const where = `${organization.title} (${organization.site})`;
  const lines = differences.flatMap((each) => describe(each, drift, now));
  const doubtful = unclear.flatMap((each) => describe(each, drift, now));
  const touched = events.map(
    ({ at, actor, message }) => `  ${message}: ${actor.email ?? "Datadog"}, ${renderInstant(at, now)}`,
  );
  const count = differences.length + events.length;
  return [
    count === 0 ? `No drift is known in ${where} ${when}.` : `Drift in ${where} ${when}`,
    ...lines,
    ...(touched.length > 0 ? ["Managed roles and teams that somebody else changed", ...touched] : []),
    ...(doubtful.length > 0 ? ["Changed in Datadog, or in groups and files: nothing tells which", ...doubtful] : []),
    ...(unseen === undefined ? [] : [`Who and when may be missing: ${unseen}.`]),
    ...(pending === 0
      ? []
      : [
          `${countOf(pending, "difference comes", "differences come")} from files or groups; \`accessmap plan\` shows what an apply would do.`,
        ]),
  ].join("\n");
}

function describe(difference: Difference, { adopted }: Drift, now: Instant): readonly string[] {
  const { state, account, what, kind, because, recorded, event } = difference;
  const name = kind === "team" ? `team ${what.name}` : what.name;
  const verb = kind === "team" ? (state === "extra" ? "is in" : "is not in") : state === "extra" ? "holds" : "lacks";
  const left = state === "extra" ? "took" : "gave";
  return [
    `  ${account.name} ${verb} ${name}: ${because.text}${renderPlace(because)}`,
    ...(event
      ? [`    by ${event.actor.email ?? "Datadog"}, ${renderInstant(event.at, now)}: ${event.message}`]
      : recorded === undefined
        ? []
        : [`    the apply of ${renderInstant(recorded, now)} ${left} it; who changed that is not known`]),
    `    revert: ${revert(state, adopted)}; adopt: ${adopt(state, name)}`,
  ];
}

function revert(state: Difference["state"], adopted: boolean): string {
  if (state === "missing") return "`accessmap apply` gives it again";
  return adopted ? "`accessmap apply` takes it" : "`accessmap lock --adopt`, then `accessmap apply` takes it";
}

function adopt(state: Difference["state"], name: string): string {
  return state === "extra"
    ? `put them into a group that is mapped to ${name}, or map one of theirs`
    : "take them out of the group, or the mapping out of the file";
}
