/** Completion: offset in, names and keys out, in whole and half-typed files. Asks nobody, and says where others could be asked. */

import type { Snapshot } from "../analysis/snapshot.ts";
import type { Span } from "../model/text.ts";
import { quote } from "../syntax/edit.ts";
import { type Location, locate } from "../syntax/locate.ts";
import { formatOf, type Schema, schemaAt } from "../syntax/schema.ts";
import {
  type Beyond,
  type Candidate,
  type CandidateKind,
  type CompletionRequest,
  type CompletionSpot,
  NOTHING,
  type Offer,
  spotAt,
} from "./completion/candidates.ts";
import { entriesFor, keysOrWhole } from "./completion/keys.ts";
import { choicesOf, valuesOf } from "./completion/values.ts";
import { type Subject, subjectAt, subjectOfKeys } from "./support/subject.ts";

export interface Completion {
  readonly label: string;
  readonly kind: CandidateKind;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly insert: string;
  /** The same with stops, for editors that know snippets. Further lines are relative to the line's own indentation. */
  readonly snippet?: string;
  /** What the editor compares with the text from the beginning of `span` to the cursor. */
  readonly filter: string;
}

export interface Completions {
  /** What an insertion replaces: the whole token, whatever side of the cursor. */
  readonly span: Span;
  /** The best first. */
  readonly items: readonly Completion[];
  readonly isIncomplete: boolean;
  /** Set where the names at hand cannot answer, and their directory may. */
  readonly beyond?: Beyond;
}

/** What can stand at the offset; undefined where nothing of the format can. */
export function completionsFor(snapshot: Snapshot, request: CompletionRequest): Completions | undefined {
  const location = locate(request.text, request.offset);
  if (!location) return undefined;
  const spot = spotAt(snapshot, request, location);
  const { candidates, isIncomplete, beyond } = offerAt(spot);
  const write = writerFor(location, request);
  return { span: location.token.span, items: candidates.map(write), isIncomplete, ...(beyond && { beyond }) };
}

function offerAt(spot: CompletionSpot): Offer {
  const { location, file } = spot;
  const format = formatOf(file);
  if (location.role === "key") return keysAt(spot);
  const schema = schemaAt(format, location.path);
  const list = schema?.type === "array" ? listAt(location) : undefined;
  const path = list ? [...location.path, 0] : location.path;
  const subject = subjectAt(format, path);
  if (subject) return listed(list, valuesOf(subject, spot));
  const item = list ? schemaAt(format, path) : schema;
  if (!item) return NOTHING;
  if (item.enum || item.const !== undefined) return listed(list, choicesOf(item));
  if (list === "[]") return NOTHING;
  return list || startsMapping(location, item) ? listed(list, newMapping(spot, path)) : NOTHING;
}

/** What an item still lacks where its list is meant to stand: its dash, or brackets behind a key on the same line. */
function listAt({ isFresh, path }: Location): "-" | "[]" | undefined {
  if (isFresh) return "-";
  return typeof path.at(-1) === "string" ? "[]" : undefined;
}

/** A mapping may begin behind a dash, on a line of its own, or between brackets; not behind a key on the same line. */
function startsMapping({ style, isFresh, path }: Location, schema: Schema): boolean {
  return schema.type === "object" && (style === "flow" || isFresh || typeof path.at(-1) === "number");
}

function newMapping(spot: CompletionSpot, path: Location["path"]): Offer {
  const { location } = spot;
  const entries = location.token.text === "" && location.entries.size === 0 ? entriesFor(path, location.style) : [];
  // Between brackets a mapping needs braces of its own, which only whole entries bring.
  if (location.style === "flow") return { candidates: entries, isIncomplete: false };
  const keys = keysAt({ ...spot, location: { ...location, path } });
  return { ...keys, candidates: [...entries, ...keys.candidates] };
}

function keysAt(spot: CompletionSpot): Offer {
  const { location, file } = spot;
  const format = formatOf(file);
  const subject = subjectOfKeys(format, location.path);
  if (!subject) return { candidates: keysOrWhole(format, location), isIncomplete: false };
  const { candidates, isIncomplete } = valuesOf(subject, spot);
  const isNew = ({ label }: Candidate) => label === location.token.text || !location.entries.has(label);
  return { candidates: candidates.filter(isNew).map((name) => asKey(name, subject, location)), isIncomplete };
}

/** A name with its colon and the beginning of a list, where its value is one. */
function asKey(name: Candidate, subject: Subject, { hasColon }: Location): Candidate {
  const key = quote(name.value ?? name.label);
  if (hasColon) return { ...name, raw: { text: key } };
  return { ...name, raw: subject === "team" ? { text: `${key}: []`, snippet: `${key}: [$1]` } : { text: `${key}: ` } };
}

function listed(list: ReturnType<typeof listAt>, offer: Offer): Offer {
  if (!list) return offer;
  const write = (text: string) => (list === "-" ? `- ${text}` : `[${text}]`);
  const candidates = offer.candidates.map((candidate): Candidate => {
    const raw = candidate.raw ?? { text: quote(candidate.value ?? candidate.label) };
    const snippet = raw.snippet === undefined ? {} : { snippet: write(raw.snippet) };
    return { ...candidate, raw: { text: write(raw.text), ...snippet } };
  });
  return { ...offer, candidates };
}

/** Puts candidates into text: in the quotes that were begun, quoted where needed, with the space that is still missing. */
function writerFor({ token }: Location, { text, offset }: CompletionRequest): (candidate: Candidate) => Completion {
  const typed = text.slice(token.span.start, offset);
  const before = text.charAt(token.span.start - 1);
  const space = token.span.start > 0 && (before === ":" || before === "," || before === "-") ? " " : "";
  return (candidate) => {
    const { label, kind, detail, documentation, raw, isRanked } = candidate;
    const insert = raw ? raw.text : quoted(candidate.value ?? label, token.quote);
    return {
      label,
      kind,
      insert: space + insert,
      // What was typed stands before each ranked name, so that all match alike and stay in order; the name itself is for
      // editors that go on with the list they have.
      filter: isRanked && typed !== "" ? `${typed} ${label}` : token.quote + label,
      ...(raw?.snippet === undefined ? {} : { snippet: space + raw.snippet }),
      ...(detail ? { detail } : {}),
      ...(documentation ? { documentation } : {}),
    };
  };
}

function quoted(value: string, begun: Location["token"]["quote"]): string {
  if (begun === "'") return `'${value.replaceAll("'", "''")}'`;
  return begun === '"' ? JSON.stringify(value) : quote(value);
}
