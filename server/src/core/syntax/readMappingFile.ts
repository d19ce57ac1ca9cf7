/** Tree of a `*.accessmap.yaml` to the mappings it states. Takes what can be read; what cannot is a schema finding. */

import { isMap, isScalar, type Node } from "yaml";
import type { Finding } from "../model/finding.ts";
import type {
  Bundle,
  Expectation,
  FileHead,
  GroupRef,
  Mapping,
  MappingFile,
  RoleRef,
  Suppression,
  WrittenDate,
} from "../model/mapping.ts";
import type { Source } from "../model/text.ts";
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
  readonly problems: readonly Finding[];
}

/** A stretch of a mapping file that is read by itself. Everything in it counts in its own source. */
export interface Piece {
  readonly source: Source;
  readonly bundles: readonly Bundle[];
  readonly mappings: readonly Mapping[];
  readonly expectations: readonly Expectation[];
  readonly problems: readonly Finding[];
}

export interface ReadMappingFile extends ReadFile<MappingFile> {
  readonly file: string;
  readonly head: FileHead;
  /** In order; their texts are the file. */
  readonly pieces: readonly Piece[];
}

/** Reads a mapping file. `file` is the path findings and causes will name. */
export function readMappingFile(file: string, text: string): ReadMappingFile {
  const tree = parse({ file, text });
  const values = toValues(tree);
  const empty = tree.root === null || (values.value === null && text.trim() === "");
  const schema = empty
    ? []
    : schemaProblems(tree, values.value, validateMappingFile, (pointer) => keysAt("mapping", pointer));
  const content = toMappingFile(tree);
  const problems = [...tree.problems, ...values.problems, ...schema];
  return { file, tree, content, problems, head: content, pieces: [{ ...content, problems }] };
}

function toMappingFile(tree: Tree): MappingFile {
  const root = tree.root;
  return {
    file: tree.file,
    source: tree,
    ...optional("organization", textAt(tree, root, "organization")),
    ...optional("owner", textAt(tree, root, "owner")),
    bundles: entriesOf(tree, entry(tree, root, "bundles")?.value ?? null).map(
      (item): Bundle => ({
        name: { value: item.key, span: item.keySpan },
        source: tree,
        roles: roleRefs(tree, item.value),
        teams: textsAt(tree, item.value, "teams"),
        span: item.span,
      }),
    ),
    mappings: itemsOf(tree, entry(tree, root, "mappings")?.value ?? null)
      .filter((item) => isMap(follow(tree, item)))
      .map((item) => toMapping(tree, item)),
    expectations: itemsOf(tree, entry(tree, root, "expect")?.value ?? null)
      .filter((item) => isMap(follow(tree, item)))
      .map((item) => toExpectation(tree, item)),
  };
}

function toMapping(tree: Tree, node: Node): Mapping {
  return {
    source: tree,
    span: spanOf(node),
    ...optional("group", groupRef(tree, entry(tree, node, "group")?.value ?? null)),
    roles: roleRefs(tree, node),
    teams: textsAt(tree, node, "teams"),
    bundles: textsAt(tree, node, "bundles"),
    ...optional("reason", textAt(tree, node, "reason")),
    ...optional("owner", textAt(tree, node, "owner")),
    ...optional("until", writtenDate(tree, node, "until")),
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
      ...optional("until", writtenDate(tree, node, "until")),
      span: spanOf(node),
    },
  ];
}

function toExpectation(tree: Tree, node: Node): Expectation {
  const people = entry(tree, node, "people");
  return {
    source: tree,
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
function writtenDate(tree: Tree, node: Node, key: string): WrittenDate | undefined {
  const value = entry(tree, node, key)?.value;
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
