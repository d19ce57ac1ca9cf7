/** Okta: an API token, or a service app that proves itself by its private key. */

import type { Secret } from "../credentials.ts";
import { refusePrivateKey } from "./keys.ts";
import { type AskSecret, askKey, askWay, askWord, type Question } from "./question.ts";

const WAYS = {
  app: { label: "Service app", detail: "Client id and private key; limited to reading groups and users" },
  token: {
    label: "API token",
    detail: "Has all rights of the administrator who made it, and ends after 30 days without use",
  },
};

export const askOkta: AskSecret = async (question) => {
  const way = await askWay(question, WAYS);
  if (way === "app") return askApp(question);
  const token = way && (await askWord(question, "API token (SSWS)"));
  return token ? { kind: "token", token } : undefined;
};

async function askApp(question: Question): Promise<Secret | undefined> {
  const { origin } = question.system;
  const clientId = await askWord(question, "Client id of the service app", " (1 of 2)", false);
  const privateKey =
    clientId && (await askKey(question, "Private key: a JWK, or PEM (PKCS #8)", " (2 of 2)", refusePrivateKey));
  return privateKey ? { kind: "grant", grant: { kind: "okta-key", origin, clientId, privateKey } } : undefined;
}
