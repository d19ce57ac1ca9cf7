/** Datadog: an API key with an application key, or an access token. */

import { l10n } from "vscode";
import { type AskSecret, askWord, oneOfTwo, type Question, twoOfTwo } from "./question.ts";

/** Permissions that its scopes need to hold. */
const ENOUGH: Readonly<Record<Question["use"], string>> = {
  read: "user_access_read, teams_read",
  write: "user_access_manage, user_access_invite, teams_manage",
};

/** Access tokens stand alone: Datadog takes them without an API key. */
export const askDatadog: AskSecret = async (question) => {
  const first = await askWord(question, l10n.t("API key, or an access token (ddpat_…)"), oneOfTwo());
  if (!first) return undefined;
  if (/^dd[ps]at_/.test(first)) return { kind: "token", token: first };
  const appKey = await askWord(question, l10n.t("Application key; {0} are enough", ENOUGH[question.use]), twoOfTwo());
  return appKey ? { kind: "datadog-keys", apiKey: first, appKey } : undefined;
};
