/** Which entries a rule judges together: those of one group, those that use one bundle, those of one organization. */

import { addTo, entryOf, push } from "../../model/maps.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { ResolvedMapping } from "../grants.ts";
import type { Entry } from "./entry.ts";

/**
 * What entries have in common: their groups, bundles and organizations. Sets of what moved are for whoever asks again
 * to empty.
 */
export class Circles {
  /** Mappings of one group in one organization by `groupKeyOf`, and by the entry that states them. */
  readonly groups = new Map<string, Map<Entry, ResolvedMapping[]>>();
  /** Entries that name a bundle. */
  readonly users = new Map<string, Set<Entry>>();
  /** Entries that expect something of access. */
  readonly expecting = new Set<Entry>();
  /** Entries with suppressions. */
  readonly allowing = new Set<Entry>();
  /** Keys of these that gained, lost or exchanged an entry, until somebody takes them. */
  readonly moved = { groups: new Set<string>(), bundles: new Set<string>(), organizations: new Set<string>() };

  join(entry: Entry): void {
    if (entry.piece.expectations.length > 0) this.expecting.add(entry);
    if (entry.piece.mappings.some(({ allow }) => allow.length > 0)) this.allowing.add(entry);
    for (const resolved of entry.checked.resolved) {
      for (const { value } of resolved.mapping.bundles) {
        this.moved.bundles.add(value);
        addTo(this.users, value, entry);
      }
      const key = groupKeyOf(resolved);
      if (key === undefined) continue;
      this.moved.groups.add(key);
      push(entryOf(this.groups, key), entry, resolved);
    }
  }

  leave(entry: Entry): void {
    this.expecting.delete(entry);
    this.allowing.delete(entry);
    for (const resolved of entry.checked.resolved) {
      for (const { value } of resolved.mapping.bundles) {
        this.moved.bundles.add(value);
        this.users.get(value)?.delete(entry);
        if (this.users.get(value)?.size === 0) this.users.delete(value);
      }
      const key = groupKeyOf(resolved);
      if (key === undefined) continue;
      this.moved.groups.add(key);
      this.groups.get(key)?.delete(entry);
      if (this.groups.get(key)?.size === 0) this.groups.delete(key);
    }
  }

  /** Mappings of a group in the order of their files. */
  mappingsOf(key: string): readonly ResolvedMapping[] {
    const group = this.groups.get(key);
    if (!group) return [];
    if (group.size === 1) return [...group.values()].flat();
    return [...group].sort(([one], [other]) => compareEntries(one, other)).flatMap(([, mappings]) => mappings);
  }

  /** The organizations of an entry give, or expect, something else than before. */
  moveOrganizations({ checked, piece }: Entry): void {
    const { organizations } = this.moved;
    for (const { organization } of checked.resolved) if (organization) organizations.add(organization.name);
    if (checked.organization && piece.expectations.length > 0) organizations.add(checked.organization.name);
  }

  /** What was said of an entry by looking at more than it must be said again: it is gone, or another one stands for it. */
  sayAgain({ shared, mentioned }: Entry): void {
    for (const { kind, name } of [...shared.keys(), ...mentioned].map(readProducer)) {
      if (kind === "group") this.moved.groups.add(name);
      else if (kind === "bundle") this.moved.bundles.add(name);
      else if (kind === "organization") this.moved.organizations.add(name.split("\n")[0] ?? name);
    }
  }

  /** Organizations whose mappings use a bundle, by name. */
  organizationsUsing(bundle: string): readonly OrganizationConfig[] {
    const found = new Map<string, OrganizationConfig>();
    for (const { checked } of this.users.get(bundle) ?? []) {
      for (const { organization, mapping } of checked.resolved) {
        if (organization && mapping.bundles.some(({ value }) => value === bundle)) {
          found.set(organization.name, organization);
        }
      }
    }
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** What a rule looked at, as one text. Heads are looked at whenever their file is. */
export function producerOf(kind: "group" | "bundle" | "organization" | "head", name: string): string {
  return `${kind} ${name}`;
}

function readProducer(producer: string): { readonly kind: string; readonly name: string } {
  const at = producer.indexOf(" ");
  return { kind: producer.slice(0, at), name: producer.slice(at + 1) };
}

/** The same for all mappings of one group in one organization; undefined for a mapping that lacks either. */
export function groupKeyOf({ organization, group, directory, mapping }: ResolvedMapping): string | undefined {
  if (!organization || !mapping.group) return undefined;
  const where = `${organization.name}\n${directory?.name ?? mapping.group.directory?.value ?? ""}`;
  if (group?.answer === "present") return `${where}\nid ${group.item.id}`;
  return `${where}\n${mapping.group.by} ${mapping.group.text}`;
}

/** Entries by file and place. */
export function compareEntries(one: Entry, other: Entry): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.order - other.order;
}
