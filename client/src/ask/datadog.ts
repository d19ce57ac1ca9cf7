/** Datadog: an API key with an application key, or an access token. */

import { type AskSecret, askWord } from "./question.ts";

/** Access tokens stand alone: Datadog takes them without an API key. */
export const askDatadog: AskSecret = async (question) => {
  const first = await askWord(question, "API key, or an access token (ddpat_…)", " (1 of 2)");
  if (!first) return undefined;
  if (/^dd[ps]at_/.test(first)) return { kind: "token", token: first };
  const appKey = await askWord(question, "Application key", " (2 of 2)");
  return appKey ? { kind: "datadog-keys", apiKey: first, appKey } : undefined;
};
