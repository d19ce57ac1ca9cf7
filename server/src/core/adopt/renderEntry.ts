/** Proposed mappings as YAML lines, and the block of comments that says what no mapping explains. */

import { printable } from "../model/printable.ts";
import { quote } from "../syntax/edit.ts";
import type { GroupName, Note, ProposedMapping, RoleName } from "./proposal.ts";

/** Longer lists stand one item a line. */
const WIDEST = 100;

/**
 * The lines of an entry, without indentation and dash. `usual` is the directory in which names are looked for anyway;
 * where it is not known, the directory is left out.
 */
export function entryLines(mapping: ProposedMapping, usual: string | undefined): readonly string[] {
  const { group, roles, teams, reason, owner, until } = mapping;
  const scalar = (key: string, value: string | undefined) => (value === undefined ? [] : [`${key}: ${quote(value)}`]);
  return [
    `group: ${renderGroup(group, usual ?? group.directory)}`,
    ...list("roles", roles.map(renderRole)),
    ...list("teams", teams.map(quote)),
    ...scalar("reason", reason),
    ...scalar("owner", owner),
    ...scalar("until", until),
  ];
}

function renderGroup({ directory, by, text }: GroupName, usual: string): string {
  if (by === "name" && (directory === usual || directory === "")) return quote(text);
  const where = directory === "" ? "" : `directory: ${quote(directory)}, `;
  return `{ ${where}${by}: ${quote(text)} }`;
}

/** A role as an item of a list. */
export function renderRole({ name, id, isPinned }: RoleName): string {
  if (name !== undefined && (!isPinned || id === undefined)) return quote(name);
  return `{ ${name === undefined ? "" : `name: ${quote(name)}, `}id: ${quote(id ?? "")} }`;
}

function list(key: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const line = `${key}: [${items.join(", ")}]`;
  return line.length <= WIDEST ? [line] : [`${key}:`, ...items.map((item) => `  - ${item}`)];
}

const FIRST_LINE = "# What `accessmap import` could not explain. Each import writes these lines anew.";
const LAST_LINE = "# End of what could not be explained.";

/** The notes as comment lines between two marks; no lines without notes. */
export function notesBlock(notes: readonly Note[]): readonly string[] {
  if (notes.length === 0) return [];
  return [
    FIRST_LINE,
    "#",
    ...notes.flatMap(({ text, proposal = [] }) => [
      ...wrap(`${printable(text)}.`).map((line) => `# ${line}`),
      ...proposal.map((line) => `#   ${line.startsWith("group: ") ? "- " : "  "}${line}`),
    ]),
    LAST_LINE,
  ];
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDEST) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Where an earlier block of notes stands, whole lines; undefined where there is none, or not all of it. */
export function findNotes(text: string): { readonly start: number; readonly end: number } | undefined {
  const start = text.indexOf(FIRST_LINE);
  const last = start < 0 ? -1 : text.indexOf(LAST_LINE, start);
  if (last < 0) return undefined;
  const next = text.indexOf("\n", last);
  return { start, end: next < 0 ? text.length : next + 1 };
}
