/** Keys that may stand in a mapping and are not there yet, and whole entries that begin a new list item or a file. */

import type { Location } from "../../syntax/locate.ts";
import { type Format, type Schema, schemaAt } from "../../syntax/schema.ts";
import { matchesPath } from "../support/subject.ts";
import type { Candidate } from "./candidates.ts";

type Style = Location["style"];

/** Whole entries by the place they are for. `$1` and so on are stops of a snippet; further lines are indented by two. */
const ENTRIES: readonly {
  readonly path: string;
  readonly label: string;
  readonly block?: string;
  readonly flow: string;
}[] = [
  {
    path: "mappings/*",
    label: "new mapping",
    block: "group: $1\n  roles: [$2]\n  reason: $3",
    flow: "{ group: $1, roles: [$2] }",
  },
  {
    path: "mappings/*",
    label: "new mapping of teams",
    block: "group: $1\n  teams: [$2]",
    flow: "{ group: $1, teams: [$2] }",
  },
  { path: "expect/*", label: "group cannot", flow: "{ group: $1, cannot: [$2] }" },
  { path: "expect/*", label: "permission held by", flow: "{ permission: $1, people: { min: $2, max: $3 } }" },
  { path: "mappings/*/allow/*", label: "new suppression", flow: "{ rule: $1, reason: $2, until: $3 }" },
  {
    path: "policy/classes/*",
    label: "new class",
    block: "groups: [$1]\n  never: [$2]",
    flow: "{ groups: [$1], never: [$2] }",
  },
];

/** What a file that is still empty may begin with. */
const WHOLE: Readonly<Record<Format, Candidate>> = {
  mapping: whole(
    "new mapping file",
    "with one mapping",
    `organization: $1
owner: $2
mappings:
  - group: $3
    roles: [$4]
    reason: $5`,
  ),
  project: whole(
    "new project file",
    "with one organization",
    `version: 1
project: $1
directories:
  okta: { type: okta, domain: $2 }
organizations:
  prod:
    site: $3
    directory: okta
    push: { roles: scim, teams: scim, users: off }
policy:
  limits: { high: 50, critical: 10 }
  require: { reason: high, owner: high, until: critical }`,
  ),
};

function whole(label: string, detail: string, snippet: string): Candidate {
  return { label, kind: "entry", detail, raw: { text: withoutStops(snippet), snippet } };
}

/** Keys for the mapping at a path, below the whole of a file that has none yet. */
export function keysOrWhole(format: Format, location: Location): readonly Candidate[] {
  const isEmpty = location.path.length === 0 && location.entries.size === 0 && !location.hasColon;
  return [...(isEmpty && location.style === "block" ? [WHOLE[format]] : []), ...keysFor(format, location)];
}

/** Keys for the mapping at a path. Required ones come first, then the order of the schema, which is the order to write in. */
function keysFor(format: Format, location: Location): readonly Candidate[] {
  const { path, token, entries, style, hasColon } = location;
  const schema = schemaAt(format, path);
  const names = Object.keys(schema?.properties ?? {}).filter((name) => name === token.text || !entries.has(name));
  const required = new Set(schema?.required ?? []);
  const sorted = [...names.filter((name) => required.has(name)), ...names.filter((name) => !required.has(name))];
  return sorted.map((name): Candidate => {
    const child = schemaAt(format, [...path, name]);
    return {
      label: name,
      kind: "key",
      ...(required.has(name) ? { detail: "required" } : {}),
      ...(child?.description ? { documentation: child.description } : {}),
      raw: hasColon ? { text: name } : afterKey(name, child, style),
    };
  });
}

/** Entries for a new item of the list whose items stand at `path`. */
export function entriesFor(path: Location["path"], style: Style): readonly Candidate[] {
  return ENTRIES.filter((entry) => matchesPath(entry.path, path)).map((entry): Candidate => {
    const snippet = (style === "block" ? entry.block : undefined) ?? entry.flow;
    return {
      label: entry.label,
      kind: "entry",
      detail: entry.flow.replace(/\$\d/g, "…"),
      raw: { text: withoutStops(snippet), snippet },
    };
  });
}

/** A key with its colon and the beginning of a value that fits. */
function afterKey(name: string, schema: Schema | undefined, style: Style): { text: string; snippet: string } {
  const snippet = `${name}:${valueSnippet(schema, style)}`;
  return { text: withoutStops(snippet), snippet };
}

function valueSnippet(schema: Schema | undefined, style: Style): string {
  if (schema?.type === "array") {
    const isListOfEntries = schema.items?.$ref !== undefined || schema.items?.type === "object";
    return style === "block" && isListOfEntries ? "\n  - $1" : " [$1]";
  }
  if (schema?.type === "object") return style === "block" ? "\n  $1" : " { $1 }";
  return schema?.const === undefined ? " $1" : ` ${schema.const}`;
}

function withoutStops(snippet: string): string {
  return snippet.replace(/\$\d/g, "");
}
