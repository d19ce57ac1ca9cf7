/** Schema violations as findings: the exact place, in words a person would use, with the obvious fix. */

import { isMap, isScalar, type Node } from "yaml";
import type { Finding, SourceFix } from "../model/finding.ts";
import type { Span } from "../model/text.ts";
import { quote } from "./edit.ts";
import { formProblem } from "./formProblem.ts";
import { columnOf, newlineOf } from "./lines.ts";
import { nearest } from "./nearest.ts";
import { type Located, locatePointer } from "./pointer.ts";
import type { SchemaError, Validator } from "./validators.generated.js";
import { follow, spanOf } from "./yaml/nodes.ts";
import type { Tree } from "./yaml/parse.ts";

/** What a value that breaks a pattern should look like, by key. */
const EXAMPLES: Readonly<Record<string, string>> = {
  age: "90d",
  domain: "acme.okta.com",
  hoop: "5001a4a4-9cba-4f2a-9147-d763cd070e0a or pg-prod",
  longest: "365d",
  project: "acme-access (lower-case letters, digits, dots, dashes)",
  review: "90d",
  share: "25%",
  unused: "30d",
  url: "https://scim.example.com/v2",
};

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  array: "a list",
  object: "a set of keys",
  integer: "a whole number",
  "string,object": "a name or a set of keys",
};

/** A tree with its value. */
export interface Valued {
  readonly tree: Tree;
  readonly value: unknown;
  /** A part of a file cannot lack a key of the file. */
  readonly isPart?: boolean;
  /** The key that the tree's root is the value of, where it is not the file's. */
  readonly under?: string | undefined;
}

/** Runs a validator over the values of a tree. */
export function schemaProblems(
  { tree, value, isPart, under }: Valued,
  validator: Validator,
  keysAt: (pointer: string) => readonly string[],
): Finding[] {
  if (validator(under === undefined ? value : { [under]: value })) return [];
  const at = (pointer: string) =>
    under === undefined ? locatePointer(tree, pointer) : locatePointer(tree, pointer.slice(under.length + 1), under);
  const problems: Finding[] = [];
  const seen = new Set<string>();
  const mistyped = mistypedKeys(validator.errors ?? [], keysAt);
  for (const error of validator.errors ?? []) {
    if (error.keyword === "required" && mistyped.has(`${error.instancePath}/${error.params.missingProperty}`)) continue;
    if (error.keyword === "if") continue; // only says that the `then` part failed, which has an error of its own
    if (isPart && error.keyword === "required" && error.instancePath === "") continue;
    // That the key of an entry is unknown is said at the key.
    if (under !== undefined && error.instancePath === "") continue;
    const located = at(error.instancePath);
    if (isExplained(located, error)) continue;
    const problem = toProblem(tree, located, error, keysAt);
    const key = `${problem.span.start}:${problem.message}`;
    if (seen.has(key)) continue;
    seen.add(key);
    problems.push(problem);
  }
  return problems;
}

function toProblem(
  tree: Tree,
  at: Located,
  error: SchemaError,
  keysAt: (pointer: string) => readonly string[],
): Finding {
  const name = at.name;
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(error.params.additionalProperty);
      const span = keySpan(tree, at.node, key) ?? at.span;
      const near = nearest(key, keysAt(error.instancePath));
      const hint =
        key === "<<"
          ? "merge keys are not supported; write the keys out"
          : near
            ? `did you mean "${near}"?`
            : `known here: ${keysAt(error.instancePath).join(", ")}`;
      return problem(
        tree,
        "schema/unknown-key",
        span,
        `"${key}" is not a key ${within(at)}; ${hint}`,
        near ? [rename(tree, span, near)] : [],
      );
    }
    case "required": {
      const key = String(error.params.missingProperty);
      return lacks(tree, at, key);
    }
    case "enum": {
      const allowed = (error.params.allowedValues as unknown[]).map(String);
      const given = isScalar(at.node) ? String(at.node.value) : at.text;
      const near = nearest(given, allowed);
      const message = near
        ? `"${given}" is not known as ${name}; did you mean "${near}"?`
        : `${label(at)} must be one of: ${allowed.join(", ")}`;
      return problem(tree, "schema/wrong-type", at.span, message, near ? [rename(tree, at.span, near)] : []);
    }
    case "const":
      return problem(tree, "schema/wrong-type", at.span, `${label(at)} must be ${String(error.params.allowedValue)}`);
    case "type": {
      const wanted = TYPES[String(error.params.type)] ?? String(error.params.type);
      if (at.isEmptyItem) {
        return problem(tree, "schema/wrong-type", at.span, `This item of "${name}" is empty; fill it in or remove it`);
      }
      if (at.node === null || (isScalar(at.node) && at.node.value === null)) {
        return problem(tree, "schema/wrong-type", at.span, `${label(at)} has no value; it must be ${wanted}`);
      }
      const unit = /^\d+(\D)$/.exec(EXAMPLES[name] ?? "")?.[1];
      if (unit !== undefined && isScalar(at.node) && Number.isInteger(at.node.value))
        return unlike(tree, at, [rename(tree, at.span, `${at.node.value}${unit}`)]);
      const scalar = isScalar(at.node) && wanted !== TYPES.array && wanted !== TYPES.object;
      const fix = scalar && wanted !== TYPES.integer ? [quoteFix(tree, at.span)] : [];
      return problem(
        tree,
        "schema/wrong-type",
        at.span,
        `${label(at)} must be ${wanted}${fix.length > 0 ? "; put it in quotes" : ""}`,
        fix,
      );
    }
    case "pattern":
      return unlike(tree, at);
    case "minLength":
    case "minItems":
    case "minProperties": {
      const least = Number(error.params.limit);
      const wanted = least > 1 ? `hold at least ${least} items` : "not be empty";
      return problem(tree, "schema/wrong-type", at.span, `${label(at)} must ${wanted}`);
    }
    case "uniqueItems":
      return problem(tree, "schema/wrong-type", at.span, `${label(at)} must not hold the same item twice`);
    case "maxItems":
      return problem(
        tree,
        "schema/wrong-type",
        at.span,
        `${label(at)} must hold at most ${String(error.params.limit)} items`,
      );
    case "minimum":
      return problem(tree, "schema/wrong-type", at.span, `${label(at)} must be at least ${String(error.params.limit)}`);
    default:
      return problem(tree, "schema/wrong-type", at.span, `${label(at)} does not fit the format`);
  }
}

/** What is said of a file without a key that it must have; `tree` is the file's first piece with a key. */
export function lacksKey(tree: Tree, key: string): Finding {
  return lacks(tree, locatePointer(tree, ""), key);
}

function lacks(tree: Tree, at: Located, key: string): Finding {
  const span = firstKeySpan(at.node) ?? at.span;
  return problem(tree, "schema/missing", span, `${label(at)} lacks "${key}"`, insertKey(tree, at.node, key));
}

function problem(tree: Tree, rule: string, span: Span, message: string, fixes: readonly SourceFix[] = []): Finding {
  return formProblem(rule, { source: tree.source, span }, message, fixes);
}

function within({ name, isItem }: Located): string {
  if (name === "") return "of this file";
  return isItem ? `of an item of "${name}"` : `of "${name}"`;
}

/** Of a value that has not the form of its key. */
function unlike(tree: Tree, at: Located, fixes: readonly SourceFix[] = []): Finding {
  const example = EXAMPLES[at.name] ?? "its description says";
  return problem(tree, "schema/wrong-type", at.span, `${label(at)} must look like ${example}`, fixes);
}

function label({ name, isItem }: Located): string {
  if (name === "") return "This file";
  return isItem ? `This item of "${name}"` : `"${name}"`;
}

function rename(tree: Tree, span: Span, to: string): SourceFix {
  return { title: `Change to "${to}"`, edits: [{ source: tree.source, span, text: quote(to) }], preferred: true };
}

function quoteFix(tree: Tree, span: Span): SourceFix {
  const text = tree.text.slice(span.start, span.end);
  return {
    title: "Put in quotes",
    edits: [{ source: tree.source, span, text: JSON.stringify(text) }],
    safe: true,
    preferred: true,
  };
}

/** Inserts an empty key after the first key of a block mapping. */
function insertKey(tree: Tree, node: Node | null, key: string): SourceFix[] {
  if (!isMap(node) || node.flow) return [];
  const first = firstKeySpan(node);
  if (!first) return [];
  const indent = " ".repeat(columnOf(tree.text, first.start));
  const text = `${key}: ${newlineOf(tree.text)}${indent}`;
  return [
    { title: `Add "${key}"`, edits: [{ source: tree.source, span: { start: first.start, end: first.start }, text }] },
  ];
}

/** Places of keys that a near name stands for: `mappngs` is unknown, and `mappings` not missing besides. */
function mistypedKeys(
  errors: readonly SchemaError[],
  keysAt: (pointer: string) => readonly string[],
): ReadonlySet<string> {
  return new Set(
    errors
      .filter(({ keyword }) => keyword === "additionalProperties")
      .map(({ instancePath, params }) => {
        return `${instancePath}/${nearest(String(params.additionalProperty), keysAt(instancePath))}`;
      }),
  );
}

/** True for an alias without an anchor, which `values.ts` reports, and for 20270131 as a date, which a rule does. */
function isExplained({ node, isBrokenAlias }: Located, { keyword, instancePath }: SchemaError): boolean {
  if (keyword !== "type") return false;
  return isBrokenAlias || (instancePath.endsWith("/until") && isScalar(node) && typeof node.value === "number");
}

function firstKeySpan(node: Node | null): Span | undefined {
  if (!isMap(node)) return undefined;
  const key = node.items[0]?.key;
  return isScalar(key) ? spanOf(key) : undefined;
}

function keySpan(tree: Tree, node: Node | null, key: string): Span | undefined {
  const map = follow(tree, node);
  if (!isMap(map)) return undefined;
  const pair = map.items.findLast((candidate) => isScalar(candidate.key) && String(candidate.key.value ?? "") === key);
  return isScalar(pair?.key) ? spanOf(pair.key) : undefined;
}
