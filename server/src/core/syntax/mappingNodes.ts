/** Nodes of a mapping file to what they state. Takes what can be read; what cannot is a finding of the form. */

import { isMap, isScalar, type Node } from "yaml";
import { fitted } from "../model/fitted.ts";
import type { Bundle, Expectation, GroupRef, Mapping, RoleRef, Suppression, WrittenDate } from "../model/mapping.ts";
import { optional } from "../model/optional.ts";

import { entriesOf, entry, follow, itemsOf, numberAt, spanOf, textAt, textOf, textsAt, textsIn } from "./yaml/nodes.ts";
import type { Tree } from "./yaml/parse.ts";

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

/** Thousands of these are read when a project is opened: the entries are walked once, and nothing is copied. */
function toMapping(tree: Tree, node: Node): Mapping {
  const mapping: Mutable<Mapping> = {
    source: tree.source,
    span: spanOf(node),
    roles: NONE,
    teams: NONE,
    bundles: NONE,
    hoop: NONE,
    allow: NONE,
  };
  for (const { key, value } of entriesOf(tree, node)) readField(tree, mapping, key, value);
  return mapping;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NONE: readonly never[] = [];

function readField(tree: Tree, mapping: Mutable<Mapping>, key: string, value: Node | null): void {
  switch (key) {
    case "group":
      put(mapping, key, groupRef(tree, value));
      break;
    case "roles":
      mapping.roles = roleRefs(tree, value);
      break;
    case "teams":
    case "bundles":
    case "hoop":
      mapping[key] = textsIn(tree, value);
      break;
    case "reason":
    case "owner":
      put(mapping, key, textOf(tree, value));
      break;
    case "until":
      put(mapping, key, writtenDate(tree, value));
      break;
    case "allow":
      mapping.allow = itemsOf(tree, value).flatMap((item) => suppression(tree, item));
      break;
  }
}

/** Of a key that stands twice the later one counts, even where it says nothing. */
function put<T, K extends keyof T>(target: T, key: K, value: T[K] | undefined): void {
  if (value === undefined) delete target[key];
  else target[key] = value;
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

function roleRefs(tree: Tree, list: Node | null): readonly RoleRef[] {
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
  return fitted(found);
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
    ...optional("members", textAt(tree, node, "members")),
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
