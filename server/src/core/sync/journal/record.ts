/**
 * The record: a chain over plans and applies in which each entry holds the hash of the one before, so that none can be
 * changed, taken out or moved without a trace. Hashes need no secret: whoever may write all files may also forge all of
 * them, unless somebody keeps the head elsewhere. That is why `apply` says it.
 */

import type { Instant } from "../../model/time.ts";

export type RecordBody =
  /** A plan was saved for somebody to review or apply. */
  | { readonly at: Instant; readonly kind: "plan"; readonly organization: string; readonly fingerprint: string }
  /** An apply begins; the first line of its journal holds this entry's hash. */
  | {
      readonly at: Instant;
      readonly kind: "begin";
      readonly organization: string;
      readonly fingerprint: string;
      /** Name of the journal's file. */
      readonly journal: string;
    }
  /** A journal was closed, at its end or before it; of an interrupted apply that goes on there is another one later. */
  | {
      readonly at: Instant;
      readonly kind: "end";
      readonly journal: string;
      readonly lines: number;
      /** Hash of the journal's last line; empty for a journal that was given up before its first one. */
      readonly last: string;
    };

export type RecordEntry = RecordBody & {
  /** Counts from 1. */
  readonly seq: number;
  /** Hash of the entry before. */
  readonly prev: string;
  readonly hash: string;
};

/** Where the chain ended at the last write, kept beside it: a chain that ends earlier was cut. */
export interface RecordHead {
  readonly count: number;
  readonly hash: string;
}

/** What stands before the first entry. */
export const GENESIS: RecordHead = { count: 0, hash: "0".repeat(64) };

/** SHA-256 as lower-case hex. */
export type HashText = (text: string) => string;

/** The entry that follows the head, as it is written: one line without its end. */
export function recordLine(
  body: RecordBody,
  { count, hash: prev }: RecordHead,
  hash: HashText,
): { readonly line: string; readonly head: RecordHead } {
  const sealed = { ...body, seq: count + 1, prev };
  const own = hash(JSON.stringify(sealed));
  return { line: JSON.stringify({ ...sealed, hash: own }), head: { count: count + 1, hash: own } };
}

/** The entry of a line; undefined when the line is none, or not as it was written. */
export function readRecordLine(line: string, hash: HashText): RecordEntry | undefined {
  try {
    const { hash: own, ...sealed } = JSON.parse(line) as RecordEntry;
    const isSound = hash(JSON.stringify(sealed)) === own && JSON.stringify({ ...sealed, hash: own }) === line;
    return isSound ? ({ ...sealed, hash: own } as RecordEntry) : undefined;
  } catch {
    return undefined;
  }
}

/** The head in its file's text; undefined for anything else, an absent file included. */
export function readHead(text: string | undefined): RecordHead | undefined {
  try {
    const { count, hash } = JSON.parse(text ?? "") as RecordHead;
    return typeof count === "number" && typeof hash === "string" ? { count, hash } : undefined;
  } catch {
    return undefined;
  }
}

/** A line of a journal with the hash of what stands before it. */
export function linkedLine(entry: object, prev: string): string {
  return JSON.stringify({ ...entry, prev });
}

/** What a line of a journal follows; undefined in journals from before there was a record. */
export function prevOf(line: string): string | undefined {
  try {
    const { prev } = JSON.parse(line) as { readonly prev?: unknown };
    return typeof prev === "string" ? prev : undefined;
  } catch {
    return undefined;
  }
}
