/** Every place in the project's files that names a group, role, team or bundle, and which places mean the same thing. */

import { type ResolvedMapping, resolvedMappings } from "../../analysis/grants.ts";
import { memo } from "../../analysis/memo.ts";
import { bundleUsers } from "../../analysis/namesInFile.ts";
import { pieceAt, startsIn } from "../../analysis/places.ts";
import { resolveRole } from "../../analysis/resolve.ts";
import { fileIn, type Snapshot } from "../../analysis/snapshot.ts";
import { directoryOf, organizationOf } from "../../analysis/world.ts";
import { shift } from "../../model/finding.ts";
import type { Lookup } from "../../model/knowledge.ts";
import type { Bundle, FileHead, RoleRef } from "../../model/mapping.ts";
import { addTo, indexBy } from "../../model/maps.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import { contains, type Place, type Source, type Span, type Spanned, type Spot } from "../../model/text.ts";
import { allExpectations, type ReadMappingFile } from "../../syntax/readMappingFile.ts";
import { findNode } from "../../syntax/yaml/find.ts";
import { follow, spanOf, textAt } from "../../syntax/yaml/nodes.ts";
import { treeOf } from "../../syntax/yaml/parse.ts";
import { NO_MAPPING } from "./scope.ts";

export type MentionKind = "group" | "role" | "team" | "bundle";

/** Its spans count in its source, so that an edit elsewhere in the file leaves it as it is. */
export interface Mention extends Spot {
  readonly kind: MentionKind;
  /** Directory of a group, organization of a role or team; bundles belong to the whole project. */
  readonly system: string;
  /** The name that is meant: of a place that writes an id, the live name where it is known. */
  readonly name: string;
  /** See `thingOf`. */
  readonly thing: string;
  readonly by: "name" | "id";
  readonly isDefinition: boolean;
  /** Where a cursor means this mention: the name itself, an alias of it, or the whole `{ name, id }`. */
  readonly reach: Span;
}

export interface Mentions {
  /** In file order, those in accessmap.yaml last: mappings introduce what they name. A bundle's role is mentioned once for each organization that the bundle is used in. */
  readonly all: readonly Mention[];
  readonly byFile: ReadonlyMap<string, readonly Mention[]>;
  readonly byThing: ReadonlyMap<string, readonly Mention[]>;
}

/** All mentions of a project, found once for each snapshot. */
export function mentionsOf(snapshot: Snapshot): Mentions {
  return memo(snapshot, collect);
}

/** What a place names; the first where a bundle's role means one in several organizations. */
export function mentionAt(snapshot: Snapshot, file: string, offset: number): Mention | undefined {
  const read = fileIn(snapshot, file);
  const { tree } = snapshot.project ?? {};
  if (!read && tree?.file !== file) return undefined;
  const { source: here, start } = read ? startOf(read, offset) : { source: tree, start: 0 };
  return mentionsOf(snapshot)
    .byFile.get(file)
    ?.find(
      ({ source, reach, span }) =>
        source === here && (contains(reach, offset - start) || contains(span, offset - start)),
    );
}

function startOf(read: ReadMappingFile, offset: number) {
  const { piece, start } = pieceAt(read, offset);
  return { source: piece.source, start };
}

/** The part of a mention that an offset in its file touches: the name, else an alias of it or the whole `{ name, id }`. */
export function touchedAt(snapshot: Snapshot, mention: Mention, offset: number): Span {
  const [name, reach] = [mention.span, mention.reach].map((span) => placeIn(snapshot, { ...mention, span }).span);
  return name && contains(name, offset) ? name : (reach as Span);
}

/** All mentions of the same thing, each place once, in file order. */
export function sameAs(snapshot: Snapshot, { thing }: Mention): readonly Mention[] {
  const seen = placesOf([]);
  return (mentionsOf(snapshot).byThing.get(thing) ?? []).filter((mention) => {
    const isNew = !seen.has(mention);
    seen.add(mention);
    return isNew;
  });
}

/** Where names stand, to be asked about other mentions. */
export function placesOf(mentions: readonly Mention[]) {
  const starts = new Map<Source, Set<number>>();
  const places = {
    has: ({ source, span }: Spot) => starts.get(source)?.has(span.start) ?? false,
    add: ({ source, span }: Spot) => addTo(starts, source, span.start),
  };
  for (const mention of mentions) places.add(mention);
  return places;
}

/** Where a mention stands in its file. */
export function placeIn(snapshot: Snapshot, { source, span }: Spot): Place {
  return { file: source.file, span: shift(span, startsIn(snapshot)(source)) };
}

/** Tells two things of the same name apart. */
export function thingOf({ kind, system, name }: Pick<Mention, "kind" | "system" | "name">): string {
  return `${kind} ${JSON.stringify(system)} ${name}`;
}

function collect(snapshot: Snapshot): Mentions {
  const mappings = indexBy(resolvedMappings(snapshot), ({ mapping }) => mapping.source.file);
  const users = memo(snapshot, bundleUsers);
  const inMappings = snapshot.files.map((read) => [
    ...read.bundles.flatMap((bundle) => ofBundle(snapshot, read.head, bundle, users.get(bundle))),
    ...(mappings.get(read.file) ?? []).flatMap((resolved) => memo(resolved, ofMapping)),
  ]);
  const groups = new Set<string>();
  for (const mentions of inMappings) for (const { kind, thing } of mentions) if (kind === "group") groups.add(thing);
  const inFiles = snapshot.files.flatMap((read, index) => [
    ...(inMappings[index] ?? []),
    ...ofExpectations(snapshot, read, groups),
  ]);
  const all = [...inFiles, ...ofProject(snapshot)];
  return { all, byFile: indexBy(all, ({ source }) => source.file), byThing: indexBy(all, ({ thing }) => thing) };
}

function ofMapping(resolved: ResolvedMapping): readonly Mention[] {
  const { mapping, file, organization, directory, group, roles } = resolved;
  const { source } = mapping;
  const system = systemOf(file, organization);
  const ref = mapping.group;
  const written = ref && { value: ref.text, span: ref.span };
  const live = ref?.by === "id" ? { by: "id" as const, name: liveName(group) ?? ref.text } : {};
  const own = written && mention(source, "group", directory?.name ?? ref?.directory?.value ?? "", written, live);
  return [
    ...(own ? [own] : []),
    ...mapping.bundles.map((name) => mention(source, "bundle", "", name)),
    ...roles.flatMap(({ ref: role, role: found, bundle }) => (bundle ? [] : [ofRole(source, system, role, found)])),
    ...mapping.teams.map((team) => mention(source, "team", system, team)),
  ];
}

function ofBundle(
  snapshot: Snapshot,
  file: FileHead,
  { source, name, roles, teams }: Bundle,
  users: ReadonlySet<OrganizationConfig> | undefined,
): Mention[] {
  // An unused bundle means the organization of its own file.
  const organizations = users ? [...users] : [organizationOf(snapshot, file)];
  return [
    mention(source, "bundle", "", name, { isDefinition: true }),
    ...organizations.flatMap((organization) => {
      const system = systemOf(file, organization);
      const target = organization && snapshot.targets.get(organization.name);
      return [
        ...roles.map((role) => ofRole(source, system, role, resolveRole(target, role, system))),
        ...teams.map((team) => mention(source, "team", system, team)),
      ];
    }),
  ];
}

function ofExpectations(snapshot: Snapshot, read: ReadMappingFile, mapped: ReadonlySet<string>): readonly Mention[] {
  const organization = organizationOf(snapshot, read.head);
  const usual = directoryOf(snapshot, NO_MAPPING, organization)?.name ?? "";
  const others = [...(snapshot.project?.content.directories.keys() ?? [])];
  return allExpectations(read).flatMap(({ source, group }) => {
    if (!group) return [];
    // An access test writes no directory: it means the group that the mappings mean by this name.
    const system = [usual, ...others].find((name) =>
      mapped.has(thingOf({ kind: "group", system: name, name: group.value })),
    );
    return [mention(source, "group", system ?? usual, group)];
  });
}

/** Under `linked` of the organizations. */
function ofProject({ project, targets }: Snapshot): readonly Mention[] {
  return [...(project?.content.organizations.values() ?? [])].flatMap(({ name: system, linked }) => {
    if (!project) return [];
    const target = targets.get(system);
    const roleIn = ({ value, span }: Spanned<string>) => {
      const ref = { name: value, span };
      return ofRole(project.tree, system, ref, resolveRole(target, ref, system));
    };
    return [
      ...linked.teams.flatMap(({ name, span, roles }) => [
        mention(project.tree, "team", system, { value: name, span }),
        ...roles.map(roleIn),
      ]),
      ...linked.connections.flatMap(({ roles }) => roles.map(roleIn)),
    ];
  });
}

function ofRole(source: Source, system: string, ref: RoleRef, found: Lookup<{ readonly name: string }>): Mention {
  const isPlain = ref.id === undefined && /^[^{&*!]/.test(source.text.charAt(ref.span.start));
  const tree = isPlain ? undefined : treeOf(source);
  const item = tree ? (findNode(tree, ref.span)?.node ?? null) : null;
  const written = tree && textAt(tree, item, ref.name === undefined ? "id" : "name");
  const whole = { value: ref.name ?? ref.id ?? "", span: ref.span };
  const live =
    ref.name === undefined ? { by: "id" as const, name: liveName(found) ?? written?.value ?? whole.value } : {};
  return mention(source, "role", system, written ?? whole, { reach: ref.span, ...live });
}

/** Through an alias the name stands at the anchor. */
function mention(
  source: Source,
  kind: MentionKind,
  system: string,
  { value, span: reach }: Spanned<string>,
  more: Partial<Pick<Mention, "by" | "name" | "reach" | "isDefinition">> = {},
): Mention {
  const isAlias = source.text.charAt(reach.start) === "*";
  const tree = isAlias ? treeOf(source) : undefined;
  const node = tree ? follow(tree, findNode(tree, reach)?.node ?? null) : null;
  const span = node ? spanOf(node) : reach;
  const { name = value } = more;
  const thing = thingOf({ kind, system, name });
  return { kind, system, name, thing, by: "name", isDefinition: false, source, span, reach, ...more };
}

function systemOf(file: FileHead, organization: OrganizationConfig | undefined): string {
  return organization?.name ?? file.organization?.value ?? "";
}

function liveName(found: Lookup<{ readonly name: string }> | undefined): string | undefined {
  return found?.answer === "present" ? found.item.name : undefined;
}
