/** Okta: an API token, or a service app that proves itself by its private key. */

import { l10n } from "vscode";
import type { Secret } from "../credentials.ts";
import { refusePrivateKey } from "./keys.ts";
import { type AskSecret, askKey, askWay, askWord, oneOfTwo, type Question, twoOfTwo } from "./question.ts";

const ways = () => ({
  app: {
    label: l10n.t("Service app"),
    detail: l10n.t("Client id and private key; the scopes okta.groups.read and okta.users.read are enough"),
  },
  token: {
    label: l10n.t("API token"),
    detail: l10n.t("Has all rights of the administrator who made it, and ends after 30 days without use"),
  },
});

/** Undefined when somebody changed their mind on the way. */
export const askOkta: AskSecret = async (question) => {
  const way = await askWay(question, ways());
  if (way === "app") return askApp(question);
  const token = way && (await askWord(question, l10n.t("API token (SSWS)")));
  return token ? { kind: "token", token } : undefined;
};

async function askApp(question: Question): Promise<Secret | undefined> {
  const { origin } = question.system;
  const clientId = await askWord(question, l10n.t("Client id of the service app"), oneOfTwo(), false);
  const privateKey =
    clientId && (await askKey(question, l10n.t("Private key: a JWK, or PEM (PKCS #8)"), twoOfTwo(), refusePrivateKey));
  return privateKey ? { kind: "grant", grant: { kind: "okta-key", origin, clientId, privateKey } } : undefined;
}
