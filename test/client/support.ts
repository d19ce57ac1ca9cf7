/** A secret store in memory, a person who answers dialogs, and systems to sign in to. */

import type { Dialogs } from "../../client/src/dialogs.ts";
import type { GetSession } from "../../client/src/signIn/microsoft.ts";
import { createMicrosoftSignIn } from "../../client/src/signIn/microsoft.ts";
import { createSecretStore, type SecretStore } from "../../client/src/signIn/secretStore.ts";
import type { Settings } from "../../client/src/signIn/settings.ts";
import type { SignInTools } from "../../client/src/signIn/signIn.ts";
import type { SystemStatus } from "../../server/src/lsp/protocol.ts";

export const TENANT = "7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10";
export const CLIENT = "11111111-2222-4333-8444-555555555555";

export const okta: SystemStatus = {
  name: "okta",
  kind: "directory",
  vendor: "okta",
  origin: "https://acme.okta.com",
  state: "never",
};
export const prod: SystemStatus = {
  name: "prod",
  kind: "organization",
  vendor: "datadog",
  origin: "https://api.datadoghq.eu",
  state: "never",
};
export const corp: SystemStatus = {
  ...okta,
  name: "corp",
  vendor: "entra",
  origin: "https://graph.microsoft.com",
  tenant: TENANT,
};
export const google: SystemStatus = {
  ...okta,
  name: "google",
  vendor: "google",
  origin: "https://admin.googleapis.com",
  customer: "C0123abc",
  admin: "reader@acme.com",
};
export const hr: SystemStatus = { ...okta, name: "hr", vendor: "scim", origin: "https://scim.example.com" };

export const keyFile = JSON.stringify({
  type: "service_account",
  client_email: "sync@acme.iam.example",
  private_key: "-----BEGIN PRIVATE KEY-----\nkey\n-----END PRIVATE KEY-----\n",
  private_key_id: "k1",
  token_uri: "https://evil.example/token",
});

export function newStore(): { readonly store: SecretStore; readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const storage = {
    keys: async () => [...kept.keys()],
    get: async (key: string) => kept.get(key),
    store: async (key: string, value: string) => void kept.set(key, value),
    delete: async (key: string) => void kept.delete(key),
    onDidChange: () => ({ dispose() {} }),
  };
  return { store: createSecretStore(storage, () => "2026-11-03"), kept };
}

export interface Person extends Dialogs {
  /** Prompts of the questions that wanted text. */
  readonly asked: readonly string[];
  readonly told: readonly string[];
}

/** Picks the first row that holds the next of `choices`, gives the next of `texts`, and dismisses when out of them. */
export function person(choices: readonly string[], texts: readonly string[] = []): Person {
  const [picks, words] = [[...choices], [...texts]];
  const [asked, told]: [string[], string[]] = [[], []];
  const answer = (prompt: string, title = "") => {
    asked.push(title === "" ? prompt : `${title}: ${prompt}`);
    return words.shift();
  };
  return {
    asked,
    told,
    tell: (_, message) => void told.push(message),
    confirm: async () => true,
    async pick(_, items) {
      const choice = picks.shift();
      return items.find(
        ({ label, detail, description }) => choice && `${label} ${description} ${detail}`.includes(choice),
      );
    },
    askName: async (title, prompt) => answer(prompt, title),
    askWord: async (title, prompt) => answer(prompt, title),
    async askKey(title, prompt, refuse) {
      const text = answer(prompt, title);
      return text === undefined || refuse(text) ? undefined : text;
    },
    chooseFolder: async () => undefined,
    chooseText: async (title) => answer(title),
    choosePath: async (title) => answer(title),
  };
}

export function toolsFor(dialogs: Dialogs, more: Partial<SignInTools> = {}): SignInTools {
  const [{ store }, microsoft, settings] = [newStore(), createMicrosoftSignIn(noSession), settingsWith(CLIENT)];
  return { store, dialogs, microsoft, settings, ...more };
}

export function settingsWith(clientId: string | undefined): Settings & { kept: string | undefined } {
  return {
    kept: clientId,
    entraClientId: () => clientId,
    async keepEntraClientId(id) {
      this.kept = id;
    },
  };
}

const noSession: GetSession = async () => undefined;
