/** `attributes` and `excludedAttributes` (RFC 7644, 3.9): names in any case, sub-attributes after a dot, URNs before a colon. */

import { isRecord } from "../http/query.ts";
import type { Resource } from "./wire.ts";

/** Attributes that always come back. */
const ALWAYS = ["id", "schemas"];

export interface Selection {
  readonly attributes: string | undefined;
  readonly excludedAttributes: string | undefined;
}

/** The resource as asked for. `attributes` wins where both are given. */
export function select(resource: Resource, { attributes, excludedAttributes }: Selection): Record<string, unknown> {
  if (attributes !== undefined && attributes !== "") return keep(resource, namesIn(attributes));
  if (excludedAttributes !== undefined && excludedAttributes !== "") return drop(resource, namesIn(excludedAttributes));
  return resource;
}

function namesIn(list: string): readonly string[] {
  return list.split(",").map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/^urn:.*:/, ""),
  );
}

function keep(resource: Resource, names: readonly string[]): Record<string, unknown> {
  const kept = Object.entries(resource).flatMap(([name, value]): [string, unknown][] => {
    const lower = name.toLowerCase();
    if (ALWAYS.includes(name) || names.includes(lower)) return [[name, value]];
    const parts = names
      .filter((wanted) => wanted.startsWith(`${lower}.`))
      .map((wanted) => wanted.slice(lower.length + 1));
    return parts.length === 0 ? [] : [[name, partsOf(value, (part) => parts.includes(part))]];
  });
  return Object.fromEntries(kept);
}

function drop(resource: Resource, names: readonly string[]): Record<string, unknown> {
  const kept = Object.entries(resource).flatMap(([name, value]): [string, unknown][] => {
    const lower = name.toLowerCase();
    if (names.includes(lower) && !ALWAYS.includes(name)) return [];
    return [[name, partsOf(value, (part) => !names.includes(`${lower}.${part}`))]];
  });
  return Object.fromEntries(kept);
}

function partsOf(value: unknown, isKept: (part: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => partsOf(item, isKept));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => isKept(name.toLowerCase())));
}
