/** `textDocument/documentSymbol`. */

import {
  type DocumentSymbolParams,
  type DocumentSymbol as LspSymbol,
  type SymbolInformation,
  SymbolKind,
} from "vscode-languageserver";
import { type DocumentSymbol, documentSymbols } from "../../core/features/documentSymbols.ts";
import { printable } from "../../core/model/printable.ts";
import type { Lines } from "../convert.ts";
import { questionAbout, type Session } from "../session.ts";

const KINDS: Readonly<Record<DocumentSymbol["kind"], SymbolKind>> = {
  section: SymbolKind.Namespace,
  bundle: SymbolKind.Struct,
  mapping: SymbolKind.Class,
  expectation: SymbolKind.Event,
  directory: SymbolKind.Module,
  organization: SymbolKind.Package,
};

/** A tree, or a flat list for clients that cannot show one. */
export async function onDocumentSymbol(
  session: Session,
  { textDocument: { uri } }: DocumentSymbolParams,
): Promise<LspSymbol[] | SymbolInformation[]> {
  const question = await questionAbout(session, uri);
  if (!question) return [];
  const lines = question.project.lines(question.file);
  const symbols = documentSymbols(question.snapshot, question.file);
  return session.client.nestedSymbols ? symbols.map((symbol) => nested(symbol, lines)) : flat(symbols, uri, lines);
}

function nested({ name, detail, kind, span, selection, children }: DocumentSymbol, lines: Lines): LspSymbol {
  return {
    name: printable(name) || "(no name)", // clients refuse an empty one
    detail,
    kind: KINDS[kind],
    range: lines.toRange(span),
    selectionRange: lines.toRange(selection),
    children: children.map((child) => nested(child, lines)),
  };
}

function flat(symbols: readonly DocumentSymbol[], uri: string, lines: Lines, container?: string): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, span, children }) => [
    {
      name: printable(name) || "(no name)",
      kind: KINDS[kind],
      location: { uri, range: lines.toRange(span) },
      ...(container === undefined ? {} : { containerName: container }),
    },
    ...flat(children, uri, lines, name),
  ]);
}
