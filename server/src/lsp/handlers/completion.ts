/** `textDocument/completion`. */

import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type Range,
} from "vscode-languageserver";
import { type Completion, complete } from "../../core/features/completion.ts";
import { RULES } from "../../core/rules/index.ts";
import type { ClientFeatures } from "../clientFeatures.ts";
import { questionAbout, type Session } from "../session.ts";

const KINDS: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  group: CompletionItemKind.Class,
  role: CompletionItemKind.Interface,
  team: CompletionItemKind.Module,
  bundle: CompletionItemKind.Struct,
  permission: CompletionItemKind.Constant,
  date: CompletionItemKind.Value,
  rule: CompletionItemKind.Reference,
  entry: CompletionItemKind.Snippet,
};

export async function onCompletion(
  session: Session,
  { textDocument, position }: CompletionParams,
): Promise<CompletionList | null> {
  const question = await questionAbout(session, textDocument.uri);
  if (!question) return null;
  const { document, file, snapshot, text } = question;
  const found = complete(snapshot, { file, text, offset: document.offsetAt(position), rules: RULES });
  if (!found) return null;
  const range = { start: document.positionAt(found.span.start), end: document.positionAt(found.span.end) };
  return {
    isIncomplete: found.isIncomplete,
    items: found.items.map((item, rank) => toItem(item, rank, range, session.client)),
  };
}

function toItem(item: Completion, rank: number, range: Range, client: ClientFeatures): CompletionItem {
  const snippet = client.snippets ? item.snippet : undefined;
  return {
    label: item.label,
    kind: KINDS[item.kind],
    ...(item.detail ? { detail: item.detail } : {}),
    ...(item.documentation
      ? {
          documentation: {
            kind: client.markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
            value: item.documentation,
          },
        }
      : {}),
    filterText: item.filter,
    sortText: String(rank).padStart(4, "0"),
    ...(snippet === undefined ? {} : { insertTextFormat: InsertTextFormat.Snippet }),
    ...(client.adjustsIndentation ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
    textEdit: { range, newText: snippet ?? item.insert },
  };
}
