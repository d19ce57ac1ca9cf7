/**
 * Terraform configuration in HCL, as far as an import needs it: arguments of the wanted blocks, and locals. No library does
 * this in a size that an editor extension may have: what there is on npm is the Go parser in 2 MB and more, knows no
 * lines, and is not kept up (2026-11).
 */

import { lineStarts, positionAt } from "../../model/text.ts";
import {
  addressOf,
  type ReadTerraform,
  type Resource,
  referenceIn,
  shorten,
  type TerraformFile,
  templateValue,
  type Value,
  WANTED,
} from "./resources.ts";
import { expressionEnd, skipBlanks } from "./scanHcl.ts";

/** Reads one file. What is not HCL ends the reading, and is said with its line. */
export function readHcl({ file, folder, text }: TerraformFile): ReadTerraform {
  const starts = lineStarts(text);
  const lineAt = (offset: number) => positionAt(starts, offset).line + 1;
  const resources: Resource[] = [];
  const locals = new Map<string, Value>();
  let at = skipBlanks(text, 0, true);
  while (at < text.length) {
    const head = readHead(text, at);
    const body = head?.isBlock ? readBody(text, head.end, lineAt) : undefined;
    const end = body?.end ?? (head && !head.isBlock ? expressionEnd(text, head.end) : undefined);
    if (!head || end === undefined) {
      const unread = [`${file} was not read from line ${lineAt(at)} on: it is not valid there`];
      return { resources, locals, unread };
    }
    const [kind, type = "", name = ""] = head.words;
    if (body && kind === "locals") for (const [key, value] of body.values) locals.set(`${folder}\n${key}`, value);
    if (body && (kind === "resource" || kind === "data") && WANTED.has(type)) {
      const mode = kind === "data" ? "data" : "managed";
      const address = addressOf(mode, type, name);
      resources.push({ mode, type, address, module: folder, file, line: lineAt(at), values: body.values });
    }
    at = skipBlanks(text, end, true);
  }
  return { resources, locals, unread: [] };
}

interface Head {
  /** `resource`, its type and its name. */
  readonly words: readonly string[];
  /** Behind `{`, or behind `=`. */
  readonly end: number;
  readonly isBlock: boolean;
}

/** A name with its labels up to `{` or `=`. */
function readHead(text: string, start: number): Head | undefined {
  const words: string[] = [];
  let at = start;
  for (;;) {
    const word = /^(?:"((?:[^"\\\n$%]|\\.)*)"|([A-Za-z_][\w-]*))/.exec(text.slice(at, at + 300));
    if (word) {
      words.push(word[1] ?? word[2] ?? "");
      at = skipBlanks(text, at + word[0].length, false);
      continue;
    }
    if (words.length === 0) return undefined;
    if (text.charAt(at) === "{") return { words, end: at + 1, isBlock: true };
    return text.charAt(at) === "=" && words.length === 1 ? { words, end: at + 1, isBlock: false } : undefined;
  }
}

/** Arguments of a block. Blocks inside it are skipped: none that is wanted has one that matters. */
function readBody(
  text: string,
  start: number,
  lineAt: (offset: number) => number,
): { readonly values: ReadonlyMap<string, Value>; readonly end: number } | undefined {
  const values = new Map<string, Value>();
  let at = skipBlanks(text, start, true);
  while (text.charAt(at) !== "}") {
    const head = readHead(text, at);
    if (!head) return undefined;
    // A block's end is that of the brackets it stands in.
    const from = head.isBlock ? head.end - 1 : skipBlanks(text, head.end, false);
    const end = expressionEnd(text, from);
    if (end === undefined || end === from) return undefined;
    if (!head.isBlock) values.set(head.words[0] ?? "", toValue(text.slice(from, end).trim(), lineAt(at)));
    at = skipBlanks(text, end, true);
    if (text.charAt(at) === ",") at = skipBlanks(text, at + 1, true);
  }
  return { values, end: at + 1 };
}

function toValue(written: string, line: number): Value {
  if (/^-?\d+(\.\d+)?$|^(true|false)$/.test(written)) return { kind: "text", text: written };
  const inside = /^"((?:[^"\\]|\\.)*)"$/s.exec(written)?.[1];
  if (inside === undefined) return referenceIn(written, { line });
  const text = plainText(inside);
  const value = text === undefined ? undefined : templateValue(text, { line });
  return value && value.kind !== "expression" ? value : { kind: "expression", written: shorten(written), line };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** Undefined for an escape that HCL does not know. */
function plainText(text: string): string | undefined {
  let isKnown = true;
  const plain = text.replace(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)/gs, (_, after: string) => {
    if (/^[uU]./.test(after)) {
      const code = Number.parseInt(after.slice(1), 16);
      if (code <= 0x10ffff) return String.fromCodePoint(code);
    }
    const char = ESCAPES[after];
    if (char === undefined) isKnown = false;
    return char ?? "";
  });
  return isKnown ? plain : undefined;
}
