/** What completion may offer, before it is put into text: plain data, and how the best of many names are chosen. */

import type { Snapshot } from "../../analysis/snapshot.ts";
import type { Location } from "../../syntax/locate.ts";
import { type Scope, scopeAt } from "../support/scope.ts";
import type { Familiar } from "./match.ts";
import type { NameChunks } from "./nameIndex.ts";
import { rank } from "./rank.ts";

export type CandidateKind =
  | "key"
  | "value"
  | "group"
  | "role"
  | "team"
  | "bundle"
  | "permission"
  | "date"
  | "rule"
  | "entry";

export interface Candidate {
  readonly label: string;
  readonly kind: CandidateKind;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** The value to write, where that is not the label. */
  readonly value?: string;
  /** Text to insert as it stands instead of a quoted value, with a snippet for editors that know them. */
  readonly raw?: { readonly text: string; readonly snippet?: string };
  /** Chosen and ordered by us for what was typed, which the editor must not do again. */
  readonly isRanked?: boolean;
}

/** Names that a directory may have besides those at hand. */
export interface Beyond {
  readonly directory: string;
  /** How they begin. */
  readonly beginning: string;
}

export interface Offer {
  readonly candidates: readonly Candidate[];
  /** The next character deserves a new question: there are more, or in an order that only we can tell. */
  readonly isIncomplete: boolean;
  readonly beyond?: Beyond;
}

export const NOTHING: Offer = { candidates: [], isIncomplete: false };

/** A rule as completion needs it; the list is passed in. */
export interface KnownRule {
  readonly id: string;
  readonly severity: string;
}

export interface CompletionRequest {
  readonly file: string;
  /** The text as it is now, which the snapshot's tree need not have kept up with. */
  readonly text: string;
  readonly offset: number;
  readonly rules: readonly KnownRule[];
}

/** Where something is offered: the cursor, and the systems its file speaks of. */
export interface CompletionSpot extends Scope {
  readonly snapshot: Snapshot;
  readonly file: string;
  readonly location: Location;
  /** The token as far as the cursor, without an opening quote. */
  readonly typed: string;
  readonly rules: readonly KnownRule[];
}

/** The cursor's place with the systems that its file speaks of. */
export function spotAt(snapshot: Snapshot, request: CompletionRequest, location: Location): CompletionSpot {
  const { file, text, offset, rules } = request;
  const { span, quote } = location.token;
  const start = span.start + quote.length;
  const typed = text.slice(start, Math.max(offset, start));
  const scope = scopeAt(snapshot, file, offset, location.entries.get("directory"), location.path);
  return { ...scope, snapshot, file, location, typed, rules };
}

/** The best of many names for what is typed, described only once chosen. Names that the list holds already are left out. */
export function choose<T>(
  { location, typed }: CompletionSpot,
  lists: readonly NameChunks<T>[],
  describe: (name: string, item: T) => Candidate,
  familiar?: Familiar,
): Offer {
  const listed = new Set(location.items);
  const candidates = rank(typed, lists, familiar)
    .best.filter(({ name }) => !listed.has(name))
    .map(({ name, item }): Candidate => ({ ...describe(name, item), isRanked: true }));
  return { candidates, isIncomplete: true };
}
