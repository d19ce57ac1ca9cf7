/**
 * The questions as tools of the editor's language models: they can ask and plan, never write, and the server cuts every
 * answer to what the policy lets assistants see.
 */

import { type Disposable, LanguageModelTextPart, LanguageModelToolResult, l10n, lm } from "vscode";
import { type ToolParams, toolRequest } from "../../server/src/lsp/protocol.ts";
import type { Server } from "./server/languageClient.ts";

/** `package.json` declares the same ones, behind this prefix. */
const TOOLS = {
  who_can: () => l10n.t("Asking who can do this"),
  explain_person: () => l10n.t("Explaining a person's access"),
  what_if: () => l10n.t("Working out what would change"),
  escalation: () => l10n.t("Looking for ways to an administrator's power"),
  simulate_login: () => l10n.t("Playing a login through"),
  plan: () => l10n.t("Planning a push, without pushing"),
} as const;
const PREFIX = "accessmap_";

/**
 * A tool for each entry of the manifest. `ready` is waited for before the first question, since a model may ask while
 * the window opens.
 */
export function registerLanguageModelTools(server: Server, ready: () => Promise<void>): readonly Disposable[] {
  return Object.entries(TOOLS).map(([tool, invocationMessage]) =>
    lm.registerTool<object>(`${PREFIX}${tool}`, {
      prepareInvocation: () => ({ invocationMessage: invocationMessage() }),
      async invoke({ input }, token) {
        await ready();
        const params: ToolParams = { tool, input };
        const { text, isError } = await server.request(toolRequest, params, token);
        // A model reads an error's message as it reads an answer, and the person sees that it is one.
        if (isError) throw new Error(text);
        return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
      },
    }),
  );
}
