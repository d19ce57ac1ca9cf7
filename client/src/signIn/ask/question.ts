/** What every sign-in question has in common: whom it is for, and the words on what becomes of the answer. */

import { l10n } from "vscode";
import type { CredentialRef } from "../../../../server/src/core/model/http.ts";
import type { SystemStatus } from "../../../../server/src/lsp/protocol.ts";
import type { Dialogs } from "../../dialogs.ts";
import { bindingOf, describeBinding, type Secret } from "../credentials.ts";
import type { MicrosoftSignIn } from "../microsoft.ts";
import type { Settings } from "../settings.ts";

/** One sign-in to one system. */
export interface Question {
  readonly system: SystemStatus;
  readonly use: CredentialRef["use"];
  /** Something is kept for it already and is about to be replaced. */
  readonly isAgain: boolean;
  readonly dialogs: Dialogs;
  readonly microsoft: MicrosoftSignIn;
  readonly settings: Settings;
}

/** Asks a person for the secret of one system; undefined when dismissed. Rejects with a message that says what to do. */
export type AskSecret = (question: Question) => Promise<Secret | undefined>;

/** Every question names the binding, because that is where the answer may be used. `step` such as ` (1 of 2)`. */
export function askWord(question: Question, what: string, step = "", isSecret = true) {
  return question.dialogs.askWord(titleOf(question, step), promptFor(question.system, what), isSecret);
}

/** As `askWord`, for keys: spaces are part of them. `refuse` says what is wrong with a text. */
export function askKey(question: Question, what: string, step: string, refuse: (text: string) => string | undefined) {
  return question.dialogs.askKey(titleOf(question, step), promptFor(question.system, what), refuse);
}

/** One of several ways to sign in. */
export async function askWay<Way extends string>(
  { system, dialogs }: Question,
  ways: Readonly<Record<Way, { readonly label: string; readonly detail: string }>>,
): Promise<Way | undefined> {
  const rows = (Object.keys(ways) as Way[]).map((way) => ({ ...ways[way], way }));
  return (
    await dialogs.pick(l10n.t("Sign in to {0}, {1}, with", system.name, describeBinding(bindingOf(system))), rows)
  )?.way;
}

/** Only organizations have a credential for each use. */
function titleOf({ system, use }: Question, step: string): string {
  if (system.kind !== "organization") return l10n.t("Sign in to {0}{1}", system.name, step);
  return use === "write"
    ? l10n.t("Sign in to {0} to sync{1}", system.name, step)
    : l10n.t("Sign in to {0} to read{1}", system.name, step);
}

function promptFor(system: SystemStatus, what: string): string {
  return l10n.t(
    "{0}. Kept in the editor's secret storage; access with it is to {1} only.",
    what,
    describeBinding(bindingOf(system)),
  );
}

/** Behind a title, where a sign-in takes two texts. */
export function oneOfTwo(): string {
  return ` ${l10n.t("(1 of 2)")}`;
}

/** Behind the second of two questions. */
export function twoOfTwo(): string {
  return ` ${l10n.t("(2 of 2)")}`;
}
