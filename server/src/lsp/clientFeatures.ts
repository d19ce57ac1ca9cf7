/** What the client can do, as far as our answers depend on it, and what it told us at the start. */

import type { ClientCapabilities, InitializeParams } from "vscode-languageserver";
import type { InitializationOptions } from "./protocol.ts";

export interface ClientFeatures {
  /** Diagnostics are pulled. Only with refresh: else live data that arrives later would never show. */
  readonly pull: boolean;
  readonly snippets: boolean;
  readonly resolvesDocumentation: boolean;
  readonly adjustsIndentation: boolean;
  readonly markdown: boolean;
  readonly versionedEdits: boolean;
  readonly nestedSymbols: boolean;
  readonly preparesRename: boolean;
  readonly lensRefresh: boolean;
  readonly hintRefresh: boolean;
  readonly watchesOnRequest: boolean;
  readonly foldersChange: boolean;
  /** Commands of its own that lenses, actions and completions may run. */
  readonly commands: ReadonlySet<string>;
}

/** What a client said of itself, as yes or no. */
export function featuresOf(
  { textDocument, workspace }: ClientCapabilities,
  { commands = [] }: InitializationOptions,
): ClientFeatures {
  const item = textDocument?.completion?.completionItem;
  return {
    pull: textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    snippets: item?.snippetSupport === true,
    resolvesDocumentation: item?.resolveSupport?.properties.includes("documentation") === true,
    adjustsIndentation: item?.insertTextModeSupport?.valueSet.includes(2) === true,
    markdown: textDocument?.hover?.contentFormat?.includes("markdown") === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    lensRefresh: workspace?.codeLens?.refreshSupport === true,
    hintRefresh: workspace?.inlayHint?.refreshSupport === true,
    watchesOnRequest: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    foldersChange: workspace?.workspaceFolders === true,
    commands: new Set(commands),
  };
}

/** The options as far as they are what we expect; anything else is left out. */
export function optionsOf({ initializationOptions }: InitializeParams): InitializationOptions {
  const raw: Record<string, unknown> =
    typeof initializationOptions === "object" && initializationOptions !== null ? initializationOptions : {};
  return {
    ...(typeof raw.exchange === "boolean" ? { exchange: raw.exchange } : {}),
    ...(typeof raw.storage === "string" ? { storage: raw.storage } : {}),
    ...(typeof raw.shared === "string" ? { shared: raw.shared } : {}),
    ...(typeof raw.rulePages === "string" ? { rulePages: raw.rulePages } : {}),
    ...(Array.isArray(raw.commands) ? { commands: raw.commands.filter((name) => typeof name === "string") } : {}),
    ...(typeof raw.trusted === "boolean" ? { trusted: raw.trusted } : {}),
  };
}
