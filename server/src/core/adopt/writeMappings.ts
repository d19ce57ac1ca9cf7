/**
 * A proposal to edits of mapping files: what is said already is left out, entries that are there grow, new ones go behind
 * the last. Nothing is taken away or moved, and every comment stays.
 */

import { mappingsOf, type ResolvedMapping } from "../analysis/grants.ts";
import { MAPPING_KEYS } from "../analysis/judgements/fixes.ts";
import { startsIn } from "../analysis/places.ts";
import { fileIn, type Snapshot, textIn, treeIn } from "../analysis/snapshot.ts";
import { directoryOf, organizationOf } from "../analysis/world.ts";
import { toEdit } from "../model/finding.ts";
import { indexBy } from "../model/maps.ts";
import { printable } from "../model/printable.ts";
import type { Edit } from "../model/problem.ts";
import { addEntries, addItems } from "../syntax/addItems.ts";
import { applyEdits, quote } from "../syntax/edit.ts";
import { newlineOf } from "../syntax/lines.ts";
import { findGroup } from "./groups.ts";
import { mappingFileOf } from "./newProject.ts";
import { type GroupName, keyOf, type Note, type Proposal, type ProposedMapping, type RoleName } from "./proposal.ts";
import { entryLines, findNotes, notesBlock, renderRole } from "./renderEntry.ts";

export interface FileChange {
  /** Path relative to the project folder, with forward slashes. */
  readonly file: string;
  /** Undefined for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

export interface Written {
  readonly changes: readonly FileChange[];
  /** New entries, and entries that were made longer. */
  readonly added: number;
  readonly extended: number;
}

export interface WriteOptions {
  /** Folder of the file for new entries, relative to the project folder. */
  readonly folder?: string;
  /** Notes replace those of an earlier import; false leaves them as they are. */
  readonly withNotes: boolean;
}

/** The files as they would be, or why they cannot be written. */
export function writeMappings(
  snapshot: Snapshot,
  proposal: Proposal,
  { folder, withNotes }: WriteOptions,
): Written | { readonly problem: string } {
  const { organization, mappings, notes } = proposal;
  const file = mappingFileOf(organization, folder);
  const read = fileIn(snapshot, file);
  const owner = read && organizationOf(snapshot, read.head);
  if (read && owner?.name !== organization)
    return {
      problem: `${file} holds mappings of ${owner?.name ?? "another organization"}; name another folder with --out`,
    };

  const edits: Edit[] = [];
  const fresh: ProposedMapping[] = [];
  let extended = 0;
  const existing = mappingsByGroup(snapshot, organization);
  for (const mapping of mappings) {
    const known = existing(mapping.group);
    const rest = withoutKnown(mapping, known);
    if (rest.roles.length + rest.teams.length === 0) continue;
    const grown = known.map((one) => extend(snapshot, one, rest)).find((found) => found !== undefined);
    if (grown) {
      edits.push(...grown);
      extended++;
    } else fresh.push(rest);
  }
  const usual = usualDirectory(snapshot, organization);
  const entries = fresh.map((mapping) => ({
    comments: mapping.comments.map(printable),
    lines: entryLines(mapping, usual),
  }));
  const tree = treeIn(snapshot, file);
  if (tree && entries.length > 0) {
    const edit = addEntries(tree, "mappings", entries);
    if (!edit) return { problem: `${file} writes its mappings between brackets; write them one a line first` };
    edits.push(edit);
  }
  const texts = new Map<string, string>();
  for (const changed of new Set(edits.map((edit) => edit.file)))
    texts.set(
      changed,
      applyEdits(
        textIn(snapshot, changed) ?? "",
        edits.filter((edit) => edit.file === changed),
      ),
    );
  if (!read && (entries.length > 0 || (withNotes && notes.length > 0 && !noted(snapshot, organization))))
    texts.set(file, newFile(organization, entries));
  if (withNotes) placeNotes(snapshot, organization, notes, file, texts);
  const changes = [...texts].map(
    ([name, after]): FileChange => ({ file: name, before: textIn(snapshot, name), after }),
  );
  return {
    changes: changes.filter(({ before, after }) => before !== after).sort((a, b) => (a.file < b.file ? -1 : 1)),
    added: fresh.length,
    extended,
  };
}

/** New texts by path. */
export function textsOf(changes: readonly FileChange[]): ReadonlyMap<string, string> {
  return new Map(changes.map(({ file, after }) => [file, after]));
}

/** Finds the mappings of a group, however they write it. */
function mappingsByGroup(snapshot: Snapshot, organization: string): (group: GroupName) => readonly ResolvedMapping[] {
  const all = mappingsOf(snapshot, organization);
  const written = indexBy(all, ({ mapping: { group }, directory }) =>
    group ? keyOf({ ...group, directory: directory?.name ?? "" }) : "",
  );
  const known = indexBy(all, ({ group, directory }) =>
    group?.answer === "present" ? `${directory?.name}\n${group.item.id}` : "",
  );
  return (group) => {
    const found = findGroup(snapshot, group);
    const same = found.answer === "present" ? known.get(`${group.directory}\n${found.item.id}`) : undefined;
    return same ?? written.get(keyOf(group)) ?? [];
  };
}

/** What none of the group's mappings says, ended ones included: that they ended was somebody's decision. */
function withoutKnown(mapping: ProposedMapping, known: readonly ResolvedMapping[]): ProposedMapping {
  const roles = mapping.roles.filter(
    (role) => !known.some((existing) => existing.roles.some((has) => isSameRole(has, role))),
  );
  const teams = mapping.teams.filter(
    (team) => !known.some((existing) => existing.teams.some(({ handle }) => handle === team)),
  );
  return { ...mapping, roles, teams };
}

function isSameRole({ ref, role }: ResolvedMapping["roles"][number], { id, name }: RoleName): boolean {
  const known = role.answer === "present" ? role.item.id : ref.id;
  return known !== undefined && id !== undefined ? known === id : ref.name !== undefined && ref.name === name;
}

/** Makes an entry longer that ends on the same day. Undefined where it ends otherwise, or cannot be edited. */
function extend(snapshot: Snapshot, existing: ResolvedMapping, rest: ProposedMapping): readonly Edit[] | undefined {
  const { mapping } = existing;
  if (mapping.until?.value !== rest.until) return undefined;
  const edits: Edit[] = [];
  for (const [key, items] of [
    ["roles", rest.roles.map(renderRole)],
    ["teams", rest.teams.map(quote)],
  ] as const) {
    if (items.length === 0) continue;
    const edit = addItems(mapping.source, mapping.span, key, items, MAPPING_KEYS);
    if (!edit) return undefined;
    edits.push(toEdit(edit, startsIn(snapshot)));
  }
  return edits;
}

function usualDirectory(snapshot: Snapshot, organization: string): string | undefined {
  return directoryOf(snapshot, {}, snapshot.project?.content.organizations.get(organization))?.name;
}

function newFile(
  organization: string,
  entries: readonly { readonly comments: readonly string[]; readonly lines: readonly string[] }[],
): string {
  const lines = entries.flatMap(({ comments, lines: [first, ...others] }) => [
    ...comments.map((comment) => `  # ${comment}`),
    `  - ${first}`,
    ...others.map((line) => `    ${line}`),
  ]);
  return [`organization: ${quote(organization)}`, `mappings:${entries.length === 0 ? " []" : ""}`, ...lines, ""].join(
    "\n",
  );
}

/** The file of the organization that has notes of an earlier import. */
function noted(snapshot: Snapshot, organization: string): string | undefined {
  return snapshot.files.find(
    ({ file, head }) =>
      organizationOf(snapshot, head)?.name === organization && findNotes(textIn(snapshot, file) ?? "") !== undefined,
  )?.file;
}

/** Puts the notes where the last ones stood, else at the end of the file for new entries. */
function placeNotes(
  snapshot: Snapshot,
  organization: string,
  notes: readonly Note[],
  file: string,
  texts: Map<string, string>,
): void {
  const place = noted(snapshot, organization) ?? file;
  const text = texts.get(place) ?? textIn(snapshot, place);
  if (text === undefined) return;
  const newline = newlineOf(text);
  const block = notesBlock(notes)
    .map((line) => line + newline)
    .join("");
  const before = findNotes(text);
  if (before) texts.set(place, text.slice(0, before.start) + block + text.slice(before.end));
  else if (block !== "") texts.set(place, `${text.trimEnd()}${newline}${newline}${block}`);
}
