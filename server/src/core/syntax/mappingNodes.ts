/** Nodes of a mapping file to what they state. Takes what can be read; what cannot is a finding of the form. */

import { isMap, isScalar, type Node } from "yaml";
import type { Bundle, Expectation, GroupRef, Mapping, RoleRef, Suppression, WrittenDate } from "../model/mapping.ts";

import {
  type Entry,
  entriesOf,
  entry,
  follow,
  itemsOf,
  numberAt,
  spanOf,
  textAt,
  textOf,
  textsAt,
  textsIn,
} from "./nodes.ts";
import type { Tree } from "./parse.ts";

/** Mappings of a list node, in order. */
export function mappingsIn(tree: Tree, list: Node | null): Mapping[] {
  return mapsIn(tree, list).map((node) => toMapping(tree, node));
}

/** Expectations of a list node, in order. */
export function expectationsIn(tree: Tree, list: Node | null): Expectation[] {
  return mapsIn(tree, list).map((node) => toExpectation(tree, node));
}

/** Bundles of a map node, in order. */
export function bundlesIn(tree: Tree, map: Node | null): Bundle[] {
  return entriesOf(tree, map).map((item) => ({
    name: { value: item.key, span: item.keySpan },
    source: tree.source,
    roles: roleRefs(tree, entry(tree, item.value, "roles")?.value ?? null),
    teams: textsAt(tree, item.value, "teams"),
    span: item.span,
  }));
}

function mapsIn(tree: Tree, list: Node | null): readonly Node[] {
  return itemsOf(tree, list).filter((item) => isMap(follow(tree, item)));
}

/** Thousands of these are read when a project is opened, so the entries are walked once. */
function toMapping(tree: Tree, node: Node): Mapping {
  const entries = new Map<string, Entry>();
  for (const item of entriesOf(tree, node)) entries.set(item.key, item);
  const value = (key: string) => entries.get(key)?.value ?? null;
  return {
    source: tree.source,
    span: spanOf(node),
    ...optional("group", groupRef(tree, value("group"))),
    roles: roleRefs(tree, value("roles")),
    teams: textsIn(tree, value("teams")),
    bundles: textsIn(tree, value("bundles")),
    ...optional("reason", textOf(tree, value("reason"))),
    ...optional("owner", textOf(tree, value("owner"))),
    ...optional("until", writtenDate(tree, value("until"))),
    allow: itemsOf(tree, value("allow")).flatMap((item) => suppression(tree, item)),
  };
}

function groupRef(tree: Tree, node: Node | null): GroupRef | undefined {
  const plain = textOf(tree, node);
  if (plain) return { by: "name", text: plain.value, span: plain.span };
  const directory = textAt(tree, node, "directory");
  const id = textAt(tree, node, "id");
  const name = textAt(tree, node, "name");
  const chosen = id ?? name;
  if (!chosen) return undefined;
  return { by: id ? "id" : "name", text: chosen.value, span: chosen.span, ...optional("directory", directory) };
}

function roleRefs(tree: Tree, list: Node | null): RoleRef[] {
  const found: RoleRef[] = [];
  for (const item of itemsOf(tree, list)) {
    const plain = textOf(tree, item);
    if (plain) {
      found.push({ name: plain.value, span: plain.span });
      continue;
    }
    const id = textAt(tree, item, "id")?.value;
    const name = textAt(tree, item, "name")?.value;
    if (id || name) found.push({ ...optional("name", name), ...optional("id", id), span: spanOf(item) });
  }
  return found;
}

function suppression(tree: Tree, node: Node): Suppression[] {
  const rule = textAt(tree, node, "rule");
  if (!rule) return [];
  return [
    {
      rule,
      ...optional("reason", textAt(tree, node, "reason")),
      ...optional("until", writtenDate(tree, entry(tree, node, "until")?.value)),
      span: spanOf(node),
    },
  ];
}

function toExpectation(tree: Tree, node: Node): Expectation {
  const people = entry(tree, node, "people");
  return {
    source: tree.source,
    span: spanOf(node),
    ...optional("group", textAt(tree, node, "group")),
    ...optional("person", textAt(tree, node, "person")),
    ...optional("permission", textAt(tree, node, "permission")),
    can: textsAt(tree, node, "can"),
    cannot: textsAt(tree, node, "cannot"),
    ...(people?.value
      ? {
          people: {
            ...optional("min", numberAt(tree, people.value, "min")),
            ...optional("max", numberAt(tree, people.value, "max")),
            span: people.span,
          },
        }
      : {}),
  };
}

/** Text as written, numbers included: `until: 20270131` must reach the date check, not vanish. */
function writtenDate(tree: Tree, value: Node | null | undefined): WrittenDate | undefined {
  if (!value) return undefined;
  const span = spanOf(value);
  const text = textOf(tree, value);
  if (text) return text;
  const scalar = follow(tree, value);
  const raw = tree.text.slice(span.start, span.end);
  const isMisfit = !isScalar(scalar) || typeof scalar.value !== "number";
  return raw === "" ? undefined : { value: raw, span, ...(isMisfit ? { isMisfit } : {}) };
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}
