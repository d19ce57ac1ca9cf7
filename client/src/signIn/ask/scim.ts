/** A SCIM service: the bearer token it gave out. */

import { l10n } from "vscode";
import { type AskSecret, askWord } from "./question.ts";

/** Undefined when somebody changed their mind. */
export const askScim: AskSecret = async (question) => {
  const token = await askWord(
    question,
    l10n.t("Bearer token, used for reading only; take one that can do no more if there is one"),
  );
  return token ? { kind: "token", token } : undefined;
};
