/** `workspace/symbol`. */

import { type WorkspaceSymbol as LspSymbol, SymbolKind, type WorkspaceSymbolParams } from "vscode-languageserver";
import { type WorkspaceSymbol, workspaceSymbols } from "../../core/features/workspaceSymbols.ts";
import { printable } from "../../core/model/printable.ts";
import { toLocation } from "../convert.ts";
import type { Session } from "../session.ts";

const KINDS: Readonly<Record<WorkspaceSymbol["kind"], SymbolKind>> = {
  group: SymbolKind.Class,
  role: SymbolKind.Interface,
  team: SymbolKind.Module,
  bundle: SymbolKind.Struct,
};

/** Symbols of all projects whose names fit the query; a file that a deeper project owns is told by that one alone. */
export async function onWorkspaceSymbol({ projects }: Session, { query }: WorkspaceSymbolParams): Promise<LspSymbol[]> {
  await projects.whenOpen();
  return projects.all().flatMap((project) =>
    workspaceSymbols(project.workspace.snapshot(), query)
      .filter(({ file }) => project.owns(file))
      .map((symbol) => ({
        name: printable(symbol.name),
        kind: KINDS[symbol.kind],
        location: toLocation(symbol, project),
        containerName: symbol.system === "" ? symbol.kind : `${symbol.kind} of ${symbol.system}`,
      })),
  );
}
