/** Sign in and sign out: the only places that ask a person for a secret. Whether it works, `tryOut` says. */

import { l10n, type QuickPickItem } from "vscode";
import type { SystemStatus } from "../../../server/src/lsp/protocol.ts";
import type { Dialogs } from "../dialogs.ts";
import { askDatadog } from "./ask/datadog.ts";
import { askEntra } from "./ask/entra.ts";
import { askGoogle } from "./ask/google.ts";
import { askOkta } from "./ask/okta.ts";
import type { AskSecret, Question } from "./ask/question.ts";
import { askScim } from "./ask/scim.ts";
import { bindingOf, describeBinding, type KeptCredential, type StoredCredential } from "./credentials.ts";
import type { SecretStore } from "./secretStore.ts";
import { describeSignIn } from "./signInState.ts";

export interface SignInTools extends Pick<Question, "dialogs" | "microsoft" | "settings"> {
  readonly store: SecretStore;
}

const ASK: Readonly<Record<SystemStatus["vendor"], AskSecret>> = {
  datadog: askDatadog,
  entra: askEntra,
  google: askGoogle,
  okta: askOkta,
  scim: askScim,
};

/** Asks which system, what for and the secret; answers what is kept now, or undefined when dismissed. */
export async function signIn(
  connections: readonly SystemStatus[],
  { store, ...tools }: SignInTools,
): Promise<KeptCredential | undefined> {
  const stored = await store.list();
  const choices = connections.flatMap((system) => usesOf(system).map((use) => describeChoice(system, use, stored)));
  const choice = await tools.dialogs.pick(l10n.t("Sign in to"), choices);
  if (!choice) return undefined;
  const { system, credential, isAgain } = choice;
  const secret = await ASK[system.vendor]({ ...tools, system, use: credential.use, isAgain });
  return secret && store.save(credential, secret);
}

/** Forgets one credential; answers whether anything was forgotten. */
export async function signOut(store: SecretStore, dialogs: Dialogs): Promise<boolean> {
  const stored = await store.list();
  if (stored.length === 0) {
    dialogs.tell("info", l10n.t("accessmap keeps no credentials."));
    return false;
  }
  const choice = await dialogs.pick(
    l10n.t("Sign out of"),
    stored.map((credential) => ({
      label: credential.connection,
      description: `${credential.use}, ${describeBinding(credential)}`,
      detail: l10n.t("{0}, since {1}", credential.label, credential.since),
      credential,
    })),
  );
  if (!choice) return false;
  const { credential } = choice;
  const secret = await store.find(credential, credential).catch(() => undefined);
  await store.forget(credential);
  // No extension can end the editor's own session.
  const rest =
    secret?.kind === "microsoft"
      ? ` ${l10n.t("{0} stays signed in to the editor: see its Accounts menu.", credential.label)}`
      : "";
  const where = describeBinding(credential);
  const done =
    credential.use === "write"
      ? l10n.t("Signed out of {0} for syncing, {1}.", credential.connection, where)
      : l10n.t("Signed out of {0}, {1}.", credential.connection, where);
  dialogs.tell("info", `${done}${rest}`);
  return true;
}

/** What is kept for a system as it is now; what was entered for another origin or tenant is not. */
export function keptFor(system: SystemStatus, stored: readonly KeptCredential[]): readonly KeptCredential[] {
  const { origin, realm } = bindingOf(system);
  return stored.filter((kept) => kept.connection === system.name && kept.origin === origin && kept.realm === realm);
}

interface Choice extends QuickPickItem {
  readonly system: SystemStatus;
  readonly credential: StoredCredential;
  readonly isAgain: boolean;
}

/** Directories are never written, so only organizations have a second credential. */
function usesOf(system: SystemStatus): readonly StoredCredential["use"][] {
  return system.kind === "organization" ? ["read", "write"] : ["read"];
}

function describeChoice(system: SystemStatus, use: StoredCredential["use"], stored: readonly KeptCredential[]): Choice {
  const kept = keptFor(system, stored).find((credential) => credential.use === use);
  const purpose =
    use === "write" ? l10n.t("to sync: used by Sync alone") : l10n.t("to read: used for checks and dry runs");
  const state = kept ? ` (${l10n.t("{0}; this replaces it", describeSignIn(kept, system, Date.now()).text)})` : "";
  const binding = bindingOf(system);
  return {
    label: system.name,
    description: describeBinding(binding),
    detail: `${system.kind === "organization" ? purpose : l10n.t("to read groups and members")}${state}`,
    system,
    credential: { connection: system.name, use, ...binding },
    isAgain: kept !== undefined,
  };
}
