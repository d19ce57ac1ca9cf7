/** The requests behind the activity view, the questions and the explanation of a finding. */

import type { NameChoice, NameChoiceKind } from "../../core/features/candidates.ts";
import type { Row } from "../../core/features/rows/row.ts";
import { requestNamed } from "./request.ts";

/**
 * Client to server: one level of the activity view. Without a path: the organizations of all projects of the window.
 * Journals are read when their level is asked for; a plan is made only when `isOpening`.
 */
export const rowsRequest = requestNamed<RowsParams, RowsResult>("accessmap/rows");
export interface RowsParams {
  /** Project folder; goes with a path. */
  readonly folder?: string;
  /** Keys of the rows above, from the top. */
  readonly path?: readonly string[];
  /** Words that names must have. */
  readonly filter?: string;
  /** Somebody just opened this level: what it takes is read, also from live systems. */
  readonly isOpening?: boolean;
}
export interface RowsResult {
  readonly rows: readonly ViewRow[];
  /** Rows that the filter or the limit left out. */
  readonly hidden: number;
}
export interface ViewRow extends Omit<Row, "place"> {
  readonly folder: string;
  readonly place?: { readonly uri: string; readonly line: number; readonly character: number };
}

/** What a command of a row or lens is about: an organization, by the project that names it. */
export interface Target {
  readonly folder: string;
  readonly organization: string;
}

/** `name` as questions want it. */
export interface RowSubject extends Target {
  readonly name: string;
}

/** Server to client, once rows were asked for: rows of this project may be other ones now. */
export const rowsChangedNotification = "accessmap/rowsChanged";
export interface RowsChangedParams {
  readonly folder: string;
}

/**
 * Client to server: what a finding rests on, how old that is, and how to check it by hand. The finding is the one of this
 * rule at this place, or the nearest one to it; without a rule any.
 */
export const whyRequest = requestNamed<WhyParams, WhyResult>("accessmap/why");
export interface WhyParams {
  readonly uri: string;
  readonly rule?: string;
  /** From 0, as editors count. */
  readonly line: number;
}
export interface WhyResult {
  readonly title: string;
  /** The explanation as a document for people. */
  readonly text: string;
  readonly folder: string;
}

/** Client to server: names to choose from for a question, those that have the words of `text`; cut to what a list takes. */
export const candidatesRequest = requestNamed<CandidatesParams, CandidatesResult>("accessmap/candidates");
export interface CandidatesParams {
  readonly organization?: string;
  readonly folder?: string;
  readonly kind: NameChoiceKind;
  readonly text?: string;
}
export type CandidatesResult = readonly NameChoice[];
