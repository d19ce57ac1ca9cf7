/** Which function answers which question of an editor. What a handler gets wrong becomes the empty answer. */

import { guard } from "./guard.ts";
import { onDocumentLinks, onInlayHint } from "./handlers/annotations.ts";
import { onCodeAction } from "./handlers/codeAction.ts";
import { onCodeLens } from "./handlers/codeLens.ts";
import { onCompletion, onCompletionResolve } from "./handlers/completion.ts";
import { onDocumentSymbol } from "./handlers/documentSymbol.ts";
import { onFormatting } from "./handlers/formatting.ts";
import { onHover } from "./handlers/hover.ts";
import { onDefinition, onDocumentHighlight, onReferences } from "./handlers/references.ts";
import { onPrepareRename, onRename } from "./handlers/rename.ts";
import { onSemanticTokens } from "./handlers/semanticTokens.ts";
import { onFoldingRanges, onSelectionRanges } from "./handlers/structure.ts";
import { onWorkspaceSymbol } from "./handlers/workspaceSymbol.ts";
import type { Session } from "./session.ts";

/** Registers every handler of LSP's own requests. */
export function registerFeatures(session: Session): void {
  const { connection, log } = session;
  connection.onHover(guard("hover", null, log, (params) => onHover(session, params)));
  connection.onCompletion(guard("completion", null, log, (params, token) => onCompletion(session, params, token)));
  connection.onCompletionResolve((item, token) =>
    guard("completion", item, log, () => onCompletionResolve(session, item))(item, token),
  );
  connection.onCodeAction(guard("code actions", [], log, (params) => onCodeAction(session, params)));
  connection.onDocumentSymbol(guard("document symbols", [], log, (params) => onDocumentSymbol(session, params)));
  connection.onDefinition(guard("definition", null, log, (params) => onDefinition(session, params)));
  connection.onReferences(guard("references", [], log, (params) => onReferences(session, params)));
  connection.onDocumentHighlight(guard("highlights", [], log, (params) => onDocumentHighlight(session, params)));
  connection.onPrepareRename(guard("rename", null, log, (params) => onPrepareRename(session, params)));
  connection.onRenameRequest(guard("rename", null, log, (params) => onRename(session, params)));
  connection.onCodeLens(guard("code lenses", [], log, (params) => onCodeLens(session, params)));
  connection.onWorkspaceSymbol(guard("workspace symbols", [], log, (params) => onWorkspaceSymbol(session, params)));
  connection.onFoldingRanges(guard("folds", [], log, (params) => onFoldingRanges(session, params)));
  connection.onSelectionRanges(guard("selections", [], log, (params) => onSelectionRanges(session, params)));
  connection.onDocumentLinks(guard("links", [], log, (params) => onDocumentLinks(session, params)));
  connection.onDocumentFormatting(guard("formatting", [], log, (params) => onFormatting(session, params)));
  connection.onDocumentRangeFormatting(guard("formatting", [], log, (params) => onFormatting(session, params)));
  connection.languages.inlayHint.on(guard("hints", [], log, (params) => onInlayHint(session, params)));
  connection.languages.semanticTokens.on(
    guard("tokens", { data: [] }, log, (params) => onSemanticTokens(session, params)),
  );
}
