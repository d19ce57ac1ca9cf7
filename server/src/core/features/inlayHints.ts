/** Words behind what is written: the name of an opaque id, and how many people a group or role item reaches. */

import { activeMembers, audienceSize, type ResolvedMapping, resolvedMappings } from "../analysis/grants.ts";
import { memo } from "../analysis/memo.ts";
import { namesIn } from "../analysis/namesInFile.ts";
import { startsIn } from "../analysis/places.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { countOf } from "../analysis/words.ts";
import { shift } from "../model/finding.ts";
import { isComplete } from "../model/knowledge.ts";
import { indexBy } from "../model/maps.ts";
import type { Source, Span } from "../model/text.ts";
import { writtenEnd } from "../syntax/lines.ts";

export interface InlayHint {
  /** It stands behind this place. */
  readonly offset: number;
  readonly label: string;
  /** Plain text. */
  readonly tooltip: string;
}

/** Hints within `range`, in file order. Nothing is said of what was not read completely. */
export function inlayHints(snapshot: Snapshot, file: string, range: Span): readonly InlayHint[] {
  const startOf = startsIn(snapshot);
  const isShown = (source: Source, span: Span) => {
    const { start, end } = shift(span, startOf(source));
    return start <= range.end && range.start <= end;
  };
  const endOf = (source: Source, span: Span) => startOf(source) + writtenEnd(source.text, span);

  const groups = resolvedMappings(snapshot).flatMap((resolved): InlayHint[] => {
    const { mapping, group } = resolved;
    if (mapping.source.file !== file || !mapping.group || !isShown(mapping.source, mapping.group.span)) return [];
    const name = mapping.group.by === "id" && group?.answer === "present" ? [group.item.name] : [];
    const audience = audienceSize(resolved);
    const reach = audience ? [`${audience.exact ? "" : "up to "}${countOf(audience.people, "person", "people")}`] : [];
    return hint(endOf(mapping.source, mapping.group.span), [...name, ...reach], "Active people in this group");
  });
  const roles = namesIn(snapshot, file).roles.flatMap(({ ref, source, found: role, organization }): InlayHint[] => {
    if (role.answer !== "present" || !isShown(source, ref.span)) return [];
    const name = ref.name === undefined ? [role.item.name] : [];
    const reach = reachOf(snapshot, organization.name, role.item.id);
    return hint(
      endOf(source, ref.span),
      [...name, ...(reach === undefined ? [] : [countOf(reach, "person", "people")])],
      `Active people who get this role from all mappings of ${organization.name}`,
    );
  });
  return unique([...groups, ...roles]);
}

function hint(offset: number, parts: readonly string[], tooltip: string): InlayHint[] {
  return parts.length === 0 ? [] : [{ offset, label: parts.join(" · "), tooltip }];
}

/** A bundle's role means one in each organization that uses the bundle: one place has room for one number. */
function unique(hints: readonly InlayHint[]): readonly InlayHint[] {
  const places = indexBy(hints, ({ offset }) => String(offset));
  return hints
    .filter(({ offset }) => places.get(String(offset))?.length === 1)
    .sort((one, other) => one.offset - other.offset);
}

/** People who get a role through any mapping in force; undefined when one of these groups is not wholly known. */
function reachOf(snapshot: Snapshot, organization: string, roleId: string): number | undefined {
  const known = memo(snapshot, newReaches);
  const key = grantKey(organization, roleId);
  const counted = known.has(key) ? known.get(key) : countPeople(memo(snapshot, grantsByRole).get(key) ?? []);
  known.set(key, counted);
  return counted;
}

function countPeople(grants: readonly ResolvedMapping[]): number | undefined {
  const logins = new Set<string>();
  for (const { group, members } of grants) {
    if (group?.answer === "absent") continue;
    if (!isComplete(members)) return undefined;
    for (const { login } of activeMembers(members)) logins.add(login);
  }
  return logins.size;
}

function grantsByRole(snapshot: Snapshot): ReadonlyMap<string, readonly ResolvedMapping[]> {
  const grants = resolvedMappings(snapshot).flatMap((resolved) => {
    const { organization, roles, inForce } = resolved;
    if (!organization || !inForce) return [];
    return roles.flatMap(({ role }) =>
      role.answer === "present" ? [{ resolved, key: grantKey(organization.name, role.item.id) }] : [],
    );
  });
  const byKey = indexBy(grants, ({ key }) => key);
  return new Map([...byKey].map(([key, list]) => [key, list.map(({ resolved }) => resolved)]));
}

function grantKey(organization: string, roleId: string): string {
  return `${roleId} ${organization}`;
}

function newReaches(): Map<string, number | undefined> {
  return new Map();
}
