/** Datadog: an API key with an application key, or an access token. */

import { l10n } from "vscode";
import { type AskSecret, askWord, oneOfTwo, twoOfTwo } from "./question.ts";

/** Access tokens stand alone: Datadog takes them without an API key. */
export const askDatadog: AskSecret = async (question) => {
  const first = await askWord(question, l10n.t("API key, or an access token (ddpat_…)"), oneOfTwo());
  if (!first) return undefined;
  if (/^dd[ps]at_/.test(first)) return { kind: "token", token: first };
  const appKey = await askWord(question, l10n.t("Application key"), twoOfTwo());
  return appKey ? { kind: "datadog-keys", apiKey: first, appKey } : undefined;
};
