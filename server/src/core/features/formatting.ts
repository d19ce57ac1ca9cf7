/**
 * Formatting that cannot change what a file says: keys in the order of the format, no blanks at line ends, no runs of
 * empty lines, one line break at the end.
 *
 * Whole lines move, each entry with the comments right above it. Where a comment or an empty line could belong to
 * either neighbour the entries stay as they are. Mappings are not sorted: only people know which comment heads a section.
 */

import { isMap, isNode, isPair, isScalar, isSeq, type Node } from "yaml";
import type { Edit } from "../model/problem.ts";
import type { Span } from "../model/text.ts";
import { lineEnd, lineStart, newlineOf, writtenEnd } from "../syntax/lines.ts";
import { reorder } from "../syntax/order.ts";
import { formatOf } from "../syntax/schema.ts";
import { toValues } from "../syntax/values.ts";
import { spanOf } from "../syntax/yaml/nodes.ts";
import { parse, type Tree } from "../syntax/yaml/parse.ts";

/** More nested mappings out of order than any of our formats has. */
const MOST_PASSES = 8;

/**
 * At most one edit, of the part that changes: within `selection`, rounded up to whole entries and lines, or anywhere. A file
 * with form errors is left alone, and so is any doubtful result.
 */
export function format(file: string, text: string, selection?: Span): readonly Edit[] {
  const before = parse({ file, text });
  if (before.problems.length > 0 || before.root === null) return [];
  const { start, end } = selection ? wholeEntries(before, selection) : { start: 0, end: text.length };
  // What stands behind keeps its distance from the end, whatever is done before it.
  const within = (now: string): Span => ({ start, end: now.length - (text.length - end) });
  const tidied = tidy(before, { start, end });
  let tree = tidied === text ? before : parse({ file, text: tidied });
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const next = reorder(tree, formatOf(file), within(tree.text));
    if (next === tree.text) break;
    tree = parse({ file, text: next });
  }
  return tree.text === text || !saysTheSame(before, tree) ? [] : [difference(file, text, tree.text)];
}

/** The lines of a selection and of every entry it touches: an item of the file's lists and maps, or one of its keys. */
function wholeEntries({ text, root }: Tree, selection: Span): Span {
  let { start, end } = selection;
  for (const span of entriesOf(root)) {
    const last = writtenEnd(text, span);
    if (span.start > selection.end || last < selection.start) continue;
    start = Math.min(start, span.start);
    end = Math.max(end, last);
  }
  return { start: lineStart(text, start), end: lineEnd(text, end) };
}

function entriesOf(root: Node | null): readonly Span[] {
  const pairs = isMap(root) ? root.items : [];
  return pairs.flatMap((pair) => {
    const items: readonly unknown[] = isMap(pair.value) || isSeq(pair.value) ? pair.value.items : [];
    return (items.length > 0 ? items : [pair]).map(spanOfEntry);
  });
}

function spanOfEntry(entry: unknown): Span {
  const nodes = (isPair(entry) ? [entry.key, entry.value] : [entry]).filter(isNode).map(spanOf);
  return { start: nodes[0]?.start ?? 0, end: nodes.at(-1)?.end ?? 0 };
}

/** Blanks and empty lines, outside of texts over several lines. */
function tidy(tree: Tree, within: Span): string {
  const texts = textsOf(tree.root);
  let next = 0;
  // Asked for ever later places.
  const isInText = (at: number) => {
    while ((texts[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next++;
    return (texts[next]?.start ?? Number.POSITIVE_INFINITY) < at;
  };
  const newline = newlineOf(tree.text);
  const lines: string[] = [];
  let at = within.start;
  for (const line of tree.text.slice(within.start, within.end).split("\n")) {
    const trimmed = line.trimEnd();
    const isText = isInText(at) || isInText(at + line.length);
    if (isText) lines.push(line.endsWith("\r") ? line.slice(0, -1) : line);
    else if (trimmed !== "" || lines.at(-1) !== "") lines.push(trimmed);
    at += line.length + 1;
  }
  // A text that keeps its last empty lines ends the file as it wants.
  const isOpen = within.end < tree.text.length || texts.some(({ end }) => end >= tree.text.length);
  while (!isOpen && lines.at(-1) === "") lines.pop();
  const tidied = lines.join(newline) + (isOpen || lines.length === 0 ? "" : newline);
  return tree.text.slice(0, within.start) + tidied + tree.text.slice(within.end);
}

/** Scalars over several lines. */
function textsOf(root: Node | null): readonly Span[] {
  const found: Span[] = [];
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (isPair(node)) stack.push(node.key, node.value);
    else if (isMap(node) || isSeq(node)) stack.push(...node.items);
    else if (isScalar(node) && isNode(node) && String(node.source ?? "").includes("\n")) found.push(spanOf(node));
    else if (isScalar(node) && /^BLOCK/.test(node.type ?? "")) found.push(spanOf(node));
  }
  return found.sort((one, other) => one.start - other.start);
}

/** The last word on every result: the same content up to order, and the same words, comments among them. */
function saysTheSame(before: Tree, after: Tree): boolean {
  if (after.problems.length > 0) return false;
  return canonical(before) === canonical(after) && words(before.text) === words(after.text);
}

function canonical(tree: Tree): string {
  return JSON.stringify(toValues(tree).value, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
      : value,
  );
}

/** Without the marks that stay behind when entries move in braces. */
function words(text: string): string {
  return text
    .replace(/^\uFEFF/, "")
    .split(/[\s{}[\],]+/)
    .filter(Boolean)
    .sort()
    .join(" ");
}

function difference(file: string, before: string, after: string): Edit {
  let start = 0;
  while (start < before.length && before.charAt(start) === after.charAt(start)) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.charAt(before.length - 1 - end) === after.charAt(after.length - 1 - end)) end++;
  return { file, span: { start, end: before.length - end }, text: after.slice(start, after.length - end) };
}
