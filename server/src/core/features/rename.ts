/** Rename: one name in all files of the project, with the quotes and comments that are there; or a refusal in words. */

import { startsIn } from "../analysis/places.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { toEdit } from "../model/finding.ts";
import type { Edit, Fix, Problem } from "../model/problem.ts";
import type { Span } from "../model/text.ts";
import { replaceScalar } from "../syntax/edit.ts";
import { writtenEnd } from "../syntax/lines.ts";
import type { Piece } from "../syntax/readPiece.ts";
import { type Mention, mentionAt, mentionsOf, placesOf, sameAs, thingOf, touchedAt } from "./support/mentions.ts";

export interface RenameRefusal {
  /** For people: why not, and what to do instead. */
  readonly refused: string;
}

export interface Renamable {
  readonly span: Span;
  /** The name as it is now, without quotes. */
  readonly name: string;
}

/** What a rename would start from. */
export function prepareRename(snapshot: Snapshot, file: string, offset: number): Renamable | RenameRefusal {
  const found = renamableAt(snapshot, file, offset);
  if ("refused" in found) return found;
  return { span: touchedAt(snapshot, found, offset), name: found.name };
}

/**
 * Edits in all files that make every place that names the thing say `name`. Only what the files say: nothing is renamed
 * in a directory or in Datadog. Places that write the thing's id stay, because the id still means it.
 */
export function renameAt(
  snapshot: Snapshot,
  file: string,
  offset: number,
  name: string,
): { readonly edits: readonly Edit[] } | RenameRefusal {
  const mention = renamableAt(snapshot, file, offset);
  if ("refused" in mention) return mention;
  const unfit = unfitName(snapshot, mention, name);
  if (unfit !== undefined) return { refused: unfit };
  const { project } = snapshot;
  const broken =
    snapshot.files.find(({ pieces }) => pieces.some(hasSyntaxError)) ??
    (project && hasSyntaxError(project) ? project.tree : undefined);
  // A name that cannot be read would be left behind, and then means something else.
  if (broken) return { refused: `${broken.file} has syntax errors that may hide a name; correct them first` };
  const same = sameAs(snapshot, mention).filter(({ by }) => by === "name");
  const other = sharedWith(snapshot, same);
  if (other)
    return { refused: `"${mention.name}" at this place also means a ${inWords(other)}; write the two apart first` };
  const startOf = startsIn(snapshot);
  return {
    edits: same.map(({ source, span }) => {
      const written = { start: span.start, end: writtenEnd(source.text, span) };
      return toEdit(replaceScalar(source, written, name), startOf);
    }),
  };
}

function hasSyntaxError({ problems }: Pick<Piece, "problems">): boolean {
  return problems.some(({ rule }) => rule === "yaml/syntax");
}

/** For a fix that follows a rename of the thing itself: the same in all files; undefined where this is the only place. */
export function renameEverywhere(
  snapshot: Snapshot,
  { place }: Pick<Problem, "place">,
  { renameTo }: Pick<Fix, "renameTo">,
): { readonly title: string; readonly edits: readonly Edit[] } | undefined {
  if (renameTo === undefined) return undefined;
  const renamed = renameAt(snapshot, place.file, place.span.start, renameTo);
  if ("refused" in renamed || renamed.edits.length < 2) return undefined;
  return { title: `Change to "${renameTo}" in all ${renamed.edits.length} places`, edits: renamed.edits };
}

function renamableAt(snapshot: Snapshot, file: string, offset: number): Mention | RenameRefusal {
  const mention = mentionAt(snapshot, file, offset);
  if (!mention) return { refused: "Only names of bundles, groups, roles and teams can be renamed" };
  if (mention.by === "id") return { refused: `This ${mention.kind} is written by its id, which has no other spelling` };
  return mention;
}

function unfitName(snapshot: Snapshot, { kind, name: old }: Mention, name: string): string | undefined {
  if (name.trim() === "" || name.trim() !== name) return "A name cannot be empty, or begin or end with a blank";
  if (/[\p{Cc}\u2028\u2029]/u.test(name)) return "A name stands on one line and has no control characters";
  const isTaken = kind === "bundle" && name !== old && mentionsOf(snapshot).byThing.has(bundleCalled(name));
  return isTaken ? `There is a bundle "${name}" already; the two would become one` : undefined;
}

/** Another thing that one of these places names too: through an alias, or in another organization that uses the bundle. */
function sharedWith(snapshot: Snapshot, same: readonly Mention[]): Mention | undefined {
  const [first] = same;
  if (!first) return undefined;
  const places = placesOf(same);
  return mentionsOf(snapshot).all.find((other) => other.thing !== first.thing && places.has(other));
}

function inWords({ kind, system }: Mention): string {
  return system === "" ? kind : `${kind} of ${system}`;
}

function bundleCalled(name: string): string {
  return thingOf({ kind: "bundle", system: "", name });
}
