/** Settings that a sign-in needs. They are the person's own: a repository cannot set them. */

import { ConfigurationTarget, workspace } from "vscode";

export interface Settings {
  /** The application that asks for Microsoft accounts; undefined when the setting is empty. */
  entraClientId(): string | undefined;
  keepEntraClientId(clientId: string): Promise<void>;
}

const CLIENT_ID = "entra.clientId";

export const settings: Settings = {
  entraClientId() {
    // Only the user's value counts, even if a later version of the editor let a workspace set it.
    const { globalValue } = workspace.getConfiguration("accessmap").inspect<string>(CLIENT_ID) ?? {};
    return globalValue?.trim() || undefined;
  },
  keepEntraClientId: async (clientId) =>
    workspace.getConfiguration("accessmap").update(CLIENT_ID, clientId, ConfigurationTarget.Global),
};
