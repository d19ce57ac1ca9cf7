/** Tries a credential that was just entered, and says what came of it: a key that is kept need not be one that works. */

import { l10n, ProgressLocation, window } from "vscode";
import { refreshRequest, type SystemStatus } from "../../../server/src/lsp/protocol.ts";
import type { Dialogs } from "../dialogs.ts";
import type { Projects } from "../projects.ts";
import type { Server } from "../server/languageClient.ts";
import { bindingOf, describeKept, type KeptCredential } from "./credentials.ts";

export interface TryOutTools {
  readonly server: Server;
  readonly projects: Projects;
  readonly dialogs: Dialogs;
  readonly whenKnown: () => Promise<void>;
}

/** One message, once it is known what to say. */
export async function tryOut(
  kept: KeptCredential,
  { server, projects, dialogs, whenKnown }: TryOutTools,
): Promise<void> {
  await server.announceConnections();
  if (kept.use === "read") {
    const options = { location: ProgressLocation.Window, title: l10n.t("accessmap: reading live systems") };
    await window.withProgress(options, () => server.request(refreshRequest, { cause: "sign-in" }));
    await whenKnown();
  }
  const { text, isRefused } = describeOutcome(kept, projects.systems());
  dialogs.tell(isRefused ? "warning" : "info", text, isRefused ? { [l10n.t("Sign In")]: "accessmap.signIn" } : {});
}

/** `systems` as they are after a read with it. Nothing is read with a credential for writing before there is a push. */
export function describeOutcome(
  kept: KeptCredential,
  systems: readonly SystemStatus[],
): { readonly text: string; readonly isRefused: boolean } {
  const { connection, origin, realm, use } = kept;
  const words = describeKept(kept);
  if (use === "write")
    return { text: l10n.t("Kept for {0}: {1}. Sync is the first to use it.", connection, words), isRefused: false };
  const system = systems.find((other) => {
    const binding = bindingOf(other);
    return other.name === connection && binding.origin === origin && binding.realm === realm;
  });
  if (system && !system.failure && system.asOf !== undefined)
    return { text: l10n.t("Signed in to {0}: {1}.", connection, words), isRefused: false };
  const known = l10n.t("Kept for {0}: {1}.", connection, words);
  const { kind, message = l10n.t("it was not read") } = system?.failure ?? {};
  const isRefused = kind === "denied" || kind === "not-configured";
  const but = isRefused
    ? l10n.t("With it {0} cannot be read: {1}.", connection, message)
    : l10n.t("Whether it works is not known yet: {0}.", message);
  return { text: `${known} ${but}`, isRefused };
}
