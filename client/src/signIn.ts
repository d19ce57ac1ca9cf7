/** Sign in and sign out: the only places that ask a person for a secret. */

import type { QuickPickItem } from "vscode";
import { cloudOfGraph } from "../../server/src/http/clouds.ts";
import type { SystemStatus } from "../../server/src/lsp/protocol.ts";
import type { Dialogs } from "./dialogs.ts";
import type { Secret, SecretStore, StoredCredential } from "./secretStore.ts";

/** Asks which system, what for and the secret; answers the system's name once the secret is kept. */
export async function signIn(
  connections: readonly SystemStatus[],
  store: SecretStore,
  dialogs: Dialogs,
): Promise<string | undefined> {
  const stored = await store.list();
  const choices = connections.flatMap((system) => usesOf(system).map((use) => describeChoice(system, use, stored)));
  const choice = await dialogs.pick("Sign in to", choices);
  if (!choice) return undefined;
  const secret = await askFor(choice, dialogs);
  if (!secret) return undefined;
  await store.save(choice.credential, secret);
  return choice.credential.connection;
}

/** Forgets one credential, or several of the same choice; answers whether anything was forgotten. */
export async function signOut(store: SecretStore, dialogs: Dialogs): Promise<boolean> {
  const stored = await store.list();
  if (stored.length === 0) {
    dialogs.tell("info", "accessmap keeps no credentials.");
    return false;
  }
  const choice = await dialogs.pick(
    "Sign out of",
    stored.map((credential) => ({
      label: credential.connection,
      description: `${credential.use}, ${credential.origin}`,
      credential,
    })),
  );
  if (choice) await store.forget(choice.credential);
  return choice !== undefined;
}

interface Choice extends QuickPickItem {
  readonly credential: StoredCredential;
  readonly vendor: SystemStatus["vendor"];
}

/** Directories are never written, so only organizations have a second credential. */
function usesOf(system: SystemStatus): readonly StoredCredential["use"][] {
  return system.kind === "organization" ? ["read", "write"] : ["read"];
}

function describeChoice(
  { name, origin, vendor, kind }: SystemStatus,
  use: StoredCredential["use"],
  stored: readonly StoredCredential[],
): Choice {
  const isKept = stored.some((entry) => entry.connection === name && entry.use === use && entry.origin === origin);
  const purpose = use === "write" ? "to sync: used by Sync alone" : "to read: used for checks and dry runs";
  return {
    label: name,
    description: origin,
    detail: `${kind === "organization" ? purpose : "to read groups and members"}${isKept ? " (signed in; replaces it)" : ""}`,
    credential: { connection: name, use, origin },
    vendor,
  };
}

/** Every question names the origin, because that is what the answer is bound to. */
async function askFor({ credential, vendor }: Choice, dialogs: Dialogs): Promise<Secret | undefined> {
  const { connection, origin } = credential;
  const ask = (step: string, what: string, isSecret = true) =>
    dialogs.askWord(
      `Sign in to ${connection}${step}`,
      `${what}. Kept in the editor's secret storage; access with it is to ${origin} only.`,
      isSecret,
    );
  if (vendor === "datadog") return askDatadog(ask);
  if (vendor === "entra") return askEntra(ask, origin);
  const token = await ask("", "API token");
  return token ? { kind: "token", token } : undefined;
}

type Ask = (step: string, what: string, isSecret?: boolean) => Promise<string | undefined>;

/** Access tokens stand alone: Datadog takes them without an API key. */
async function askDatadog(ask: Ask): Promise<Secret | undefined> {
  const first = await ask(" (1 of 2)", "API key, or an access token (ddpat_…)");
  if (!first) return undefined;
  if (/^dd[ps]at_/.test(first)) return { kind: "token", token: first };
  const appKey = await ask(" (2 of 2)", "Application key");
  return appKey ? { kind: "datadog-keys", apiKey: first, appKey } : undefined;
}

/** An application with a client secret. It goes to Microsoft's sign-in of that cloud, and what it gives to Graph. */
async function askEntra(ask: Ask, origin: string): Promise<Secret | undefined> {
  const cloud = cloudOfGraph(origin);
  const tenant = cloud && (await ask(" (1 of 3)", "Directory (tenant) id", false));
  const clientId = tenant && (await ask(" (2 of 3)", "Application (client) id", false));
  const clientSecret = clientId && (await ask(" (3 of 3)", "Client secret"));
  if (!clientSecret) return undefined;
  return { kind: "grant", grant: { kind: "entra-secret", cloud, tenant, clientId, clientSecret } };
}
