/** One line above each mapping: whom it reaches, and how much of what it gives is privileged. */

import { beyondBaseline } from "../analysis/effective.ts";
import { audienceOf, presentRoles, type ResolvedMapping, resolvedMappings } from "../analysis/grants.ts";
import { startsIn } from "../analysis/places.ts";
import { memo, type Snapshot } from "../analysis/snapshot.ts";
import { shift } from "../model/finding.ts";
import type { Role, TargetInventory } from "../model/target.ts";
import type { Span } from "../model/text.ts";
import { count, people } from "./support/markdown.ts";

export interface CodeLens {
  readonly span: Span;
  readonly title: string;
}

/** Mappings of which nothing is known get no line. */
export function codeLenses(snapshot: Snapshot, file: string): readonly CodeLens[] {
  const startOf = startsIn(snapshot);
  return resolvedMappings(snapshot).flatMap((resolved) => {
    const { mapping } = resolved;
    if (mapping.source.file !== file || !mapping.group) return [];
    const title = titleOf(resolved);
    const span = { start: mapping.span.start, end: mapping.group.span.end };
    return title === "" ? [] : [{ span: shift(span, startOf(mapping.source)), title }];
  });
}

function titleOf(resolved: ResolvedMapping): string {
  if (!resolved.inForce) return "ended, grants nothing";
  const audience = audienceOf(resolved);
  const reach = audience ? [`${audience.exact ? "" : "up to "}${people(audience.people)}`] : [];
  return [...reach, ...privileges(resolved)].join(" · ");
}

/** Nothing where a role was not read: a count of the others would read as all of it. */
function privileges(resolved: ResolvedMapping): readonly string[] {
  const { target, roles } = resolved;
  if (!target || roles.length === 0 || roles.some(({ role }) => role.answer === "unknown")) return [];
  const held = presentRoles(resolved);
  // Thousands of mappings share a few sets of roles.
  const known = memo(target, newSummaries);
  const key = held.map((role) => role.id).join(" ");
  const summary = known.get(key) ?? summarize(target, held);
  known.set(key, summary);
  return [summary];
}

function summarize(target: TargetInventory, roles: readonly Role[]): string {
  const levels = new Map(
    roles.flatMap((role) => beyondBaseline(target, role).map(({ name, sensitivity }) => [name, sensitivity])),
  );
  const parts = (["critical", "high"] as const).flatMap((level) => {
    const number = [...levels.values()].filter((other) => other === level).length;
    return number === 0 ? [] : [{ number, text: `${number} ${level}` }];
  });
  if (parts.length === 0) return "no privileged permissions";
  const total = parts.reduce((sum, part) => sum + part.number, 0);
  return `${count(total, "privileged permission")} (${parts.map((part) => part.text).join(", ")})`;
}

function newSummaries(): Map<string, string> {
  return new Map();
}
