/** Microsoft Entra ID: the editor's Microsoft sign-in with an application of one's own, or an application's client secret. */

import { l10n } from "vscode";
import { cloudOfGraph } from "../../../../server/src/http/clouds.ts";
import { Advice } from "../../advice.ts";
import type { Secret } from "../credentials.ts";
import type { MicrosoftIdentity } from "../microsoft.ts";
import { type AskSecret, askWay, askWord, oneOfTwo, type Question, twoOfTwo } from "./question.ts";

const ways = () => ({
  account: {
    label: l10n.t("Microsoft account"),
    detail: l10n.t("As yourself, through an application registered by your company"),
  },
  secret: {
    label: l10n.t("Client secret"),
    detail: l10n.t("As an application with the permissions GroupMember.Read.All and User.Read.All"),
  },
});

const EXAMPLE_ID = "7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10";
const IS_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type Place = Omit<MicrosoftIdentity, "clientId">;

/** The tenant and the cloud are those of accessmap.yaml. Both ways give tokens for this tenant and this cloud's Graph alone. */
export const askEntra: AskSecret = async (question) => {
  const { name, origin, tenant } = question.system;
  const cloud = cloudOfGraph(origin);
  if (cloud === undefined || tenant === undefined)
    throw new Advice(
      l10n.t("accessmap.yaml does not say which tenant {0} is. Add `tenant` to it, then sign in.", name),
    );
  const way = await askWay(question, ways());
  if (!way) return undefined;
  return way === "account" ? askAccount(question, { cloud, tenant }) : askClientSecret(question, { cloud, tenant });
};

async function askAccount(question: Question, place: Place): Promise<Secret | undefined> {
  const { settings, microsoft, isAgain } = question;
  const known = settings.entraClientId();
  const clientId =
    known ??
    (await askClientId(question, l10n.t("Application (client) id for the setting accessmap.entra.clientId"), ""));
  if (!clientId) return undefined;
  if (!IS_ID.test(clientId))
    throw new Advice(l10n.t("accessmap.entra.clientId is not the id of an application, such as {0}.", EXAMPLE_ID));
  const account = await microsoft.ask({ ...place, clientId }, isAgain);
  // An id that worked is worth keeping; a mistyped one would be asked for no more.
  if (account && known === undefined) await settings.keepEntraClientId(clientId);
  return account;
}

async function askClientSecret(question: Question, place: Place): Promise<Secret | undefined> {
  const clientId = await askClientId(question, l10n.t("Application (client) id"), oneOfTwo());
  const clientSecret =
    clientId && (await askWord(question, l10n.t("Client secret (its value, not its id)"), twoOfTwo()));
  return clientSecret
    ? { kind: "grant", grant: { kind: "entra-secret", ...place, clientId, clientSecret } }
    : undefined;
}

function askClientId(question: Question, what: string, step: string): Promise<string | undefined> {
  return askWord(question, what, step, false);
}
