/** Tree of a `*.accessmap.yaml` to the mappings it states. Takes what can be read; what cannot is a schema finding. */

import { isMap, type Node } from "yaml";
import type { Bundle, Expectation, GroupRef, Mapping, MappingFile, RoleRef, Suppression } from "../model/mapping.ts";
import type { Problem } from "../model/problem.ts";
import type { Spanned } from "../model/text.ts";
import { entriesOf, entry, follow, itemsOf, numberAt, spanOf, textAt, textOf, textsAt } from "./nodes.ts";
import { parse, type Tree } from "./parse.ts";
import { keysAt } from "./schema.ts";
import { schemaProblems } from "./schemaProblems.ts";
import { validateMappingFile } from "./validators.generated.js";
import { toValues } from "./values.ts";

/** A file as read: its tree, what it states, and what is wrong with its form. */
export interface ReadFile<T> {
  readonly tree: Tree;
  readonly content: T;
  readonly problems: readonly Problem[];
}

/** Reads a mapping file. `file` is the path findings and causes will name. */
export function readMappingFile(file: string, text: string): ReadFile<MappingFile> {
  const tree = parse(file, text);
  const values = toValues(tree);
  const empty = tree.root === null || (values.value === null && text.trim() === "");
  const schema = empty
    ? []
    : schemaProblems(tree, values.value, validateMappingFile, (pointer) => keysAt("mapping", pointer));
  return { tree, content: toMappingFile(tree), problems: [...tree.problems, ...values.problems, ...schema] };
}

function toMappingFile(tree: Tree): MappingFile {
  const root = tree.root;
  return {
    file: tree.file,
    ...optional("organization", textAt(tree, root, "organization")),
    ...optional("owner", textAt(tree, root, "owner")),
    bundles: entriesOf(tree, entry(tree, root, "bundles")?.value ?? null).map(
      (item): Bundle => ({
        name: { value: item.key, span: item.keySpan },
        file: tree.file,
        roles: roleRefs(tree, item.value),
        teams: textsAt(tree, item.value, "teams"),
        span: item.span,
      }),
    ),
    mappings: itemsOf(tree, entry(tree, root, "mappings")?.value ?? null)
      .filter((item) => isMap(follow(tree, item)))
      .map((item, index) => toMapping(tree, item, index)),
    expectations: itemsOf(tree, entry(tree, root, "expect")?.value ?? null)
      .filter((item) => isMap(follow(tree, item)))
      .map((item) => toExpectation(tree, item)),
  };
}

function toMapping(tree: Tree, node: Node, index: number): Mapping {
  return {
    file: tree.file,
    index,
    span: spanOf(node),
    ...optional("group", groupRef(tree, entry(tree, node, "group")?.value ?? null)),
    roles: roleRefs(tree, node),
    teams: textsAt(tree, node, "teams"),
    bundles: textsAt(tree, node, "bundles"),
    ...optional("reason", textAt(tree, node, "reason")),
    ...optional("owner", textAt(tree, node, "owner")),
    ...optional("until", anyText(tree, node, "until")),
    allow: itemsOf(tree, entry(tree, node, "allow")?.value ?? null).flatMap((item) => suppression(tree, item)),
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

function roleRefs(tree: Tree, node: Node | null): RoleRef[] {
  const found: RoleRef[] = [];
  for (const item of itemsOf(tree, entry(tree, node, "roles")?.value ?? null)) {
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
      ...optional("until", anyText(tree, node, "until")),
      span: spanOf(node),
    },
  ];
}

function toExpectation(tree: Tree, node: Node): Expectation {
  const people = entry(tree, node, "people");
  return {
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
function anyText(tree: Tree, node: Node, key: string): Spanned<string> | undefined {
  const value = entry(tree, node, key)?.value;
  if (!value) return undefined;
  const span = spanOf(value);
  const text = textOf(tree, value)?.value ?? tree.text.slice(span.start, span.end);
  return text === "" ? undefined : { value: text, span };
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}
