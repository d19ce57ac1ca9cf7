/** Our catalogue of Datadog permissions, and how a live list is merged over it. Sensitivity is this project's judgement. */

import entries from "../catalogue/permissions.json" with { type: "json" };
import type { Permission, Sensitivity } from "./target.ts";

/** A permission as an organization lists it. */
export interface LivePermission {
  readonly name: string;
  readonly displayName: string;
  readonly group: string;
  readonly type: Permission["type"];
  readonly restricted: boolean;
  readonly aliases: readonly string[];
}

/** Catalogued permissions by name, 2026-07. */
export const CATALOGUE: ReadonlyMap<string, Permission> = new Map(
  entries.map((entry) => [entry.name, fromEntry(entry)]),
);

/** Names that the Datadog Read Only Role held when last recorded, for organizations whose own one cannot be read. */
export const RECORDED_BASELINE: ReadonlySet<string> = new Set(
  entries.filter((entry) => entry.restricted || entry.lowest_managed_role === "read_only").map((entry) => entry.name),
);

/** Live facts win, the catalogue adds sensitivity and words; a live permission it lacks is classed by name and type. */
export function mergePermission(live: LivePermission): Permission {
  const known =
    CATALOGUE.get(live.name) ?? live.aliases.map((alias) => CATALOGUE.get(alias)).find((entry) => entry !== undefined);
  if (known) return { ...known, ...live };
  return {
    ...live,
    sensitivity: classify(live.name, live.type),
    requires: [],
    implies: [],
    deprecated: false,
    catalogued: false,
  };
}

/** What is known of a permission by its name alone: the catalogue's entry, else a judgement by name. */
export function describePermission(name: string): Permission {
  const known = CATALOGUE.get(name);
  if (known) return known;
  const type = /_(read|view|list|get)$/.test(name) ? "read" : "write";
  return {
    name,
    displayName: name,
    group: "Other",
    type,
    restricted: false,
    sensitivity: classify(name, type),
    requires: [],
    implies: [],
    aliases: [],
    deprecated: false,
    catalogued: false,
  };
}

/** New permissions appear all the time: what we have not judged yet is never taken for harmless when it writes. */
function classify(name: string, type: Permission["type"]): Sensitivity {
  if (type === "read") return /(secret|key|credential|token|unmask|private)/.test(name) ? "medium" : "low";
  return /(admin|manage|delete|key|token|credential|access|org_|policy|policies|deploy|run|share|export)/.test(name)
    ? "high"
    : "medium";
}

function fromEntry(entry: (typeof entries)[number]): Permission {
  return {
    name: entry.name,
    displayName: entry.display_name,
    group: entry.group,
    type: entry.display_type as Permission["type"],
    restricted: entry.restricted,
    sensitivity: entry.sensitivity as Sensitivity,
    summary: entry.summary,
    reason: entry.reason,
    requires: entry.requires,
    implies: entry.implies,
    aliases: [],
    deprecated: entry.flags.some((flag: string) => flag === "deprecated" || flag === "legacy"),
    catalogued: true,
  };
}
