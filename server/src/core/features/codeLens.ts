/** Lines above mappings (whom one reaches, how much of what it gives is privileged) and above a file (plan it, push it). */

import { groupKeyOf } from "../analysis/checking/circles.ts";
import { beyondBaseline } from "../analysis/effective.ts";
import { audienceSize, presentRoles, type ResolvedMapping, resolvedMappings } from "../analysis/grants.ts";
import { memo } from "../analysis/memo.ts";
import { startsIn } from "../analysis/places.ts";
import { fileIn, type Snapshot } from "../analysis/snapshot.ts";
import { countOf } from "../analysis/words.ts";
import { organizationOf } from "../analysis/world.ts";
import { shift } from "../model/finding.ts";
import type { Role, TargetInventory } from "../model/target.ts";
import type { Span } from "../model/text.ts";

export interface CodeLens {
  readonly span: Span;
  readonly title: string;
  /** What a click asks for, in clients that can. */
  readonly action?: LensAction;
}

export type LensAction =
  /** `group` is a key of the engine. */
  | { readonly kind: "group"; readonly organization: string; readonly group: string }
  | { readonly kind: "dry-run" | "sync"; readonly organization: string };

/** Plan and push, at the top of a mapping file and at each organization of accessmap.yaml. */
export function pushLenses(snapshot: Snapshot, file: string): readonly (CodeLens & { readonly action: LensAction })[] {
  return organizationsAt(snapshot, file).flatMap(({ name, span }) => [
    { span, title: `Dry run ${name}`, action: { kind: "dry-run", organization: name } },
    { span, title: `Sync ${name}`, action: { kind: "sync", organization: name } },
  ]);
}

function organizationsAt(snapshot: Snapshot, file: string): readonly { readonly name: string; readonly span: Span }[] {
  const { project } = snapshot;
  if (project?.tree.file === file)
    return [...project.content.organizations.values()].map(({ name, span }) => ({ name, span }));
  const read = fileIn(snapshot, file);
  const organization = read && organizationOf(snapshot, read.head);
  return organization ? [{ name: organization.name, span: { start: 0, end: 0 } }] : [];
}

/** Mappings of which nothing is known get no line. */
export function codeLenses(snapshot: Snapshot, file: string): readonly CodeLens[] {
  const startOf = startsIn(snapshot);
  return resolvedMappings(snapshot).flatMap((resolved) => {
    const { mapping } = resolved;
    if (mapping.source.file !== file || !mapping.group) return [];
    const title = titleOf(resolved);
    const span = { start: mapping.span.start, end: mapping.group.span.end };
    if (title === "") return [];
    const group = resolved.inForce ? groupKeyOf(resolved) : undefined;
    const organization = resolved.organization?.name;
    const action =
      group !== undefined && organization !== undefined ? { kind: "group", organization, group } : undefined;
    return [{ span: shift(span, startOf(mapping.source)), title, ...(action && { action }) } as CodeLens];
  });
}

function titleOf(resolved: ResolvedMapping): string {
  if (!resolved.inForce) return "ended, grants nothing";
  if (resolved.group?.answer === "absent") return "no such group, grants nothing";
  const audience = audienceSize(resolved);
  const reach = audience ? [`${audience.exact ? "" : "up to "}${countOf(audience.people, "person", "people")}`] : [];
  return [...reach, ...privileges(resolved)].join(" · ");
}

/** Nothing where a role was not read: a count of the others would read as all of it. */
function privileges(resolved: ResolvedMapping): readonly string[] {
  const { target, roles } = resolved;
  if (!target || roles.length === 0 || roles.some(({ role }) => role.answer === "unknown")) return [];
  const held = presentRoles(resolved);
  if (held.length === 0) return [];
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
  return `${countOf(total, "privileged permission")} (${parts.map((part) => part.text).join(", ")})`;
}

function newSummaries(): Map<string, string> {
  return new Map();
}
