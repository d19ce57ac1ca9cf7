/** Which entries a rule judges together: those of one group, those that use one bundle, those of one organization. */

import type { OrganizationConfig } from "../../model/project.ts";
import type { ResolvedMapping } from "../grants.ts";
import type { Entry } from "./entry.ts";

export class Circles {
  /** Mappings of one group in one organization, by `groupKeyOf`. */
  readonly groups = new Map<string, Set<Entry>>();
  /** Entries that name a bundle. */
  readonly users = new Map<string, Set<Entry>>();
  /** Keys of these that gained, lost or exchanged an entry, until somebody takes them. */
  readonly moved = { groups: new Set<string>(), bundles: new Set<string>(), organizations: new Set<string>() };

  join(entry: Entry): void {
    this.#visit(entry, (circles, key) => {
      const known = circles.get(key);
      if (known) known.add(entry);
      else circles.set(key, new Set([entry]));
    });
  }

  leave(entry: Entry): void {
    this.#visit(entry, (circles, key) => {
      const known = circles.get(key);
      known?.delete(entry);
      if (known?.size === 0) circles.delete(key);
    });
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

  clear(): void {
    this.groups.clear();
    this.users.clear();
  }

  #visit({ checked, piece }: Entry, move: (circles: Map<string, Set<Entry>>, key: string) => void): void {
    if (piece.expectations.length > 0 && checked.organization) this.moved.organizations.add(checked.organization.name);
    for (const resolved of checked.resolved) {
      for (const { value } of resolved.mapping.bundles) {
        move(this.users, value);
        this.moved.bundles.add(value);
      }
      if (resolved.organization) this.moved.organizations.add(resolved.organization.name);
      const key = groupKeyOf(resolved);
      if (key === undefined) continue;
      move(this.groups, key);
      this.moved.groups.add(key);
    }
  }
}

/** The same for all mappings of one group in one organization; undefined for a mapping that lacks either. */
export function groupKeyOf({ organization, group, directory, mapping }: ResolvedMapping): string | undefined {
  if (!organization || !mapping.group) return undefined;
  const where = `${organization.name}\n${directory?.name ?? mapping.group.directory?.value ?? ""}`;
  if (group?.answer === "present") return `${where}\nid ${group.item.id}`;
  return `${where}\n${mapping.group.by} ${mapping.group.text}`;
}

/** Mappings of entries in the order of their files. */
export function inFileOrder(entries: Iterable<Entry>): readonly ResolvedMapping[] {
  const sorted = [...entries].sort((a, b) => (a.file === b.file ? a.order - b.order : a.file < b.file ? -1 : 1));
  return sorted.flatMap(({ checked }) => checked.resolved);
}
