/** The requests that begin a project and write down what is live. */

import { type LongWork, requestNamed } from "./request.ts";

/** Client to server: what a new project must still be told, or its files once everything is. Writes nothing. */
export const newProjectRequest = requestNamed<NewProjectParams, NewProjectResult>("accessmap/newProject");
export interface NewProjectParams {
  /** Name of the folder, for suggestions. */
  readonly folder: string;
  /** Answers so far by the question's key, in order. */
  readonly answers: readonly (readonly [key: string, answer: string])[];
}
export interface NewProjectResult {
  /** The next question; without it `files` are all there is. */
  readonly question?: NewProjectQuestion;
  /** Texts by path relative to the folder. */
  readonly files: readonly (readonly [path: string, text: string])[];
}
export interface NewProjectQuestion {
  readonly key: string;
  readonly text: string;
  /** Answers to choose from; without them any text that fits. */
  readonly choices?: readonly { readonly value: string; readonly detail: string }[];
  /** An empty one skips the question. */
  readonly suggestion?: string;
  /** Source of a regular expression that texts have to match. */
  readonly pattern?: string;
  readonly example?: string;
}

/**
 * Client to server: what a live organization gives, as mapping files that keep what is written there. Reads afresh, writes
 * nothing. Fails with words for people where that cannot be told. Progress is reported on `workDoneToken`.
 */
export const importRequest = requestNamed<ImportParams, ImportResult>("accessmap/import");
export interface ImportParams extends LongWork {
  readonly organization?: string;
  readonly folder?: string;
}
export interface ImportResult {
  /** Whole texts of files that are new or other ones. */
  readonly files: readonly { readonly uri: string; readonly text: string; readonly isNew: boolean }[];
  /** `12 entries new, 3 longer; 2 things that no mapping explains`. */
  readonly summary: string;
}
