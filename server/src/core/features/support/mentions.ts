/** Every place in the mapping files that names a group, role, team or bundle, and which places mean the same thing. */

import { type ResolvedMapping, resolvedMappings } from "../../analysis/grants.ts";
import { startsIn } from "../../analysis/places.ts";
import { indexBy, resolveRole } from "../../analysis/resolve.ts";
import { memo, type Snapshot } from "../../analysis/snapshot.ts";
import { bundleOf, directoryOf, organizationOf } from "../../analysis/world.ts";
import { type StartOf, shift } from "../../model/finding.ts";
import type { Lookup } from "../../model/knowledge.ts";
import type { Bundle, FileHead, RoleRef } from "../../model/mapping.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import { contains, type Place, type Source, type Span, type Spanned } from "../../model/text.ts";
import { findNode } from "../../syntax/find.ts";
import { follow, spanOf, textAt } from "../../syntax/nodes.ts";
import { treeOf } from "../../syntax/parse.ts";
import { allExpectations, type ReadMappingFile } from "../../syntax/readMappingFile.ts";
import { NO_MAPPING } from "./scope.ts";

export type MentionKind = "group" | "role" | "team" | "bundle";

export interface Mention extends Place {
  readonly kind: MentionKind;
  /** Directory of a group, organization of a role or team; bundles belong to the whole project. */
  readonly system: string;
  /** The name that is meant: of a place that writes an id, the live name where it is known. */
  readonly name: string;
  readonly by: "name" | "id";
  readonly isDefinition: boolean;
  /** Where a cursor means this mention: the name itself, an alias of it, or the whole `{ name, id }`. */
  readonly reach: Span;
}

export interface Mentions {
  /** In file order. A bundle's role is mentioned once for each organization that the bundle is used in. */
  readonly all: readonly Mention[];
  readonly byFile: ReadonlyMap<string, readonly Mention[]>;
  readonly byThing: ReadonlyMap<string, readonly Mention[]>;
}

export function mentionsOf(snapshot: Snapshot): Mentions {
  return memo(snapshot, collect);
}

/** What a place names; the first where a bundle's role means one in several organizations. */
export function mentionAt(snapshot: Snapshot, file: string, offset: number): Mention | undefined {
  return mentionsOf(snapshot)
    .byFile.get(file)
    ?.find(({ reach, span }) => contains(reach, offset) || contains(span, offset));
}

/** All mentions of the same thing, each place once, in file order. */
export function sameAs(snapshot: Snapshot, mention: Mention): readonly Mention[] {
  const same = mentionsOf(snapshot).byThing.get(thingOf(mention)) ?? [];
  return [...new Map(same.map((other) => [`${other.span.start} ${other.file}`, other])).values()];
}

/** Tells two things of the same name apart. */
export function thingOf({ kind, system, name }: Pick<Mention, "kind" | "system" | "name">): string {
  return JSON.stringify([kind, system, name]);
}

function collect(snapshot: Snapshot): Mentions {
  const mappings = indexBy(resolvedMappings(snapshot), ({ mapping }) => mapping.source.file);
  const users = organizationsByBundle(snapshot);
  const startOf = startsIn(snapshot);
  const inMappings = snapshot.files.map((read) => [
    ...read.bundles.flatMap((bundle) => ofBundle(snapshot, read.head, bundle, users.get(bundle), startOf)),
    ...(mappings.get(read.file) ?? []).flatMap((resolved) => ofMapping(resolved, startOf)),
  ]);
  const groups = new Set(inMappings.flat().flatMap((mention) => (mention.kind === "group" ? [thingOf(mention)] : [])));
  const all = snapshot.files.flatMap((read, index) => [
    ...(inMappings[index] ?? []),
    ...ofExpectations(snapshot, read, groups, startOf),
  ]);
  return { all, byFile: indexBy(all, ({ file }) => file), byThing: indexBy(all, thingOf) };
}

function ofMapping(resolved: ResolvedMapping, startOf: StartOf): Mention[] {
  const { mapping, file, organization, directory, group, roles } = resolved;
  const at = { source: mapping.source, start: startOf(mapping.source) };
  const system = systemOf(file, organization);
  const ref = mapping.group;
  const own = ref && {
    ...place(at, "group", directory?.name ?? ref.directory?.value ?? "", { value: ref.text, span: ref.span }),
    ...(ref.by === "id" ? { by: "id" as const, name: liveName(group) ?? ref.text } : {}),
  };
  return [
    ...(own ? [own] : []),
    ...mapping.bundles.map((name) => place(at, "bundle", "", name)),
    ...roles.flatMap(({ ref: role, role: found, bundle }) => (bundle ? [] : [ofRole(at, system, role, found)])),
    ...mapping.teams.map((team) => place(at, "team", system, team)),
  ];
}

function ofBundle(
  snapshot: Snapshot,
  file: FileHead,
  bundle: Bundle,
  users: ReadonlySet<OrganizationConfig> | undefined,
  startOf: StartOf,
): Mention[] {
  const at = { source: bundle.source, start: startOf(bundle.source) };
  const definition = { ...place(at, "bundle", "", bundle.name), isDefinition: true };
  // An unused bundle means the organization of its own file.
  const organizations = users ? [...users] : [organizationOf(snapshot, file)];
  return [
    definition,
    ...organizations.flatMap((organization) => {
      const system = systemOf(file, organization);
      const target = organization && snapshot.targets.get(organization.name);
      return [
        ...bundle.roles.map((role) => ofRole(at, system, role, resolveRole(target, role, system))),
        ...bundle.teams.map((team) => place(at, "team", system, team)),
      ];
    }),
  ];
}

function ofExpectations(
  snapshot: Snapshot,
  read: ReadMappingFile,
  mapped: ReadonlySet<string>,
  startOf: StartOf,
): readonly Mention[] {
  const organization = organizationOf(snapshot, read.head);
  const usual = directoryOf(snapshot, NO_MAPPING, organization)?.name ?? "";
  const others = [...(snapshot.project?.content.directories.keys() ?? [])];
  return allExpectations(read).flatMap(({ source, group }) => {
    if (!group) return [];
    // An access test writes no directory: it means the group that the mappings mean by this name.
    const system = [usual, ...others].find((name) =>
      mapped.has(thingOf({ kind: "group", system: name, name: group.value })),
    );
    return [place({ source, start: startOf(source) }, "group", system ?? usual, group)];
  });
}

function ofRole(at: Base, system: string, ref: RoleRef, found: Lookup<{ readonly name: string }>): Mention {
  const isPlain = ref.id === undefined && /^[^{&*!]/.test(at.source.text.charAt(ref.span.start));
  const tree = isPlain ? undefined : treeOf(at.source);
  const item = tree ? (findNode(tree, ref.span)?.node ?? null) : null;
  const written = tree && textAt(tree, item, ref.name === undefined ? "id" : "name");
  const whole = { value: ref.name ?? ref.id ?? "", span: ref.span };
  const mention = { ...place(at, "role", system, written ?? whole), reach: shift(ref.span, at.start) };
  return ref.name === undefined ? { ...mention, by: "id", name: liveName(found) ?? mention.name } : mention;
}

/** What spans count in, and where that starts in the file. */
interface Base {
  readonly source: Source;
  readonly start: number;
}

/** Through an alias the name stands at the anchor. */
function place({ source, start }: Base, kind: MentionKind, system: string, { value, span }: Spanned<string>): Mention {
  const isAlias = source.text.charAt(span.start) === "*";
  const tree = isAlias ? treeOf(source) : undefined;
  const node = tree ? follow(tree, findNode(tree, span)?.node ?? null) : null;
  const at = shift(node ? spanOf(node) : span, start);
  const reach = shift(span, start);
  return { kind, system, name: value, by: "name", isDefinition: false, file: source.file, span: at, reach };
}

function systemOf(file: FileHead, organization: OrganizationConfig | undefined): string {
  return organization?.name ?? file.organization?.value ?? "";
}

function liveName(found: Lookup<{ readonly name: string }> | undefined): string | undefined {
  return found?.answer === "present" ? found.item.name : undefined;
}

function organizationsByBundle(snapshot: Snapshot): ReadonlyMap<Bundle, ReadonlySet<OrganizationConfig>> {
  const users = new Map<Bundle, Set<OrganizationConfig>>();
  for (const { mapping, organization } of resolvedMappings(snapshot)) {
    for (const { value } of organization ? mapping.bundles : []) {
      const bundle = bundleOf(snapshot, value);
      if (!bundle || !organization) continue;
      const known = users.get(bundle);
      if (known) known.add(organization);
      else users.set(bundle, new Set([organization]));
    }
  }
  return users;
}
