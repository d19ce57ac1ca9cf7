/** *Why is this red?*: the finding at the cursor, of a row or of the light bulb, explained in a document of its own. */

import { window } from "vscode";
import { type WhyParams, type WhyResult, whyRequest } from "../../server/src/lsp/protocol.ts";
import type { PlanTools } from "./plan/plans.ts";

/** Without `params` it is about the cursor of the active editor. */
export async function showWhy({ server, documents }: PlanTools, params = atCursor()): Promise<WhyResult | undefined> {
  if (!params) return undefined;
  const answer = await server.request(whyRequest, params);
  await documents.showAnswer(answer.title, answer.text, answer.folder);
  return answer;
}

function atCursor(): WhyParams | undefined {
  const editor = window.activeTextEditor;
  return editor && { uri: editor.document.uri.toString(), line: editor.selection.active.line };
}
