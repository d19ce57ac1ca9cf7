/** `textDocument/completion` and `completionItem/resolve`. */

import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  InsertTextMode,
  type Range,
} from "vscode-languageserver";
import { indexNames } from "../../core/features/completion/names.ts";
import { type Completion, type Completions, completionsFor } from "../../core/features/completion.ts";
import { describeOffered, isToldLater, type Offered } from "../../core/features/completionDocs.ts";
import { RULES } from "../../core/rules/index.ts";
import { locate } from "../../core/syntax/locate.ts";
import type { ClientFeatures } from "../clientFeatures.ts";
import { toMarkup } from "../convert.ts";
import { signalOf, within } from "../guard.ts";
import type { Project } from "../projects.ts";
import { questionAbout, type Session } from "../session.ts";
import { inSlices } from "../slices.ts";

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

/** Of VS Code. `auto`: where there is nothing to offer it says nothing. */
const ASK_AGAIN = { title: "", command: "editor.action.triggerSuggest", arguments: [{ auto: true }] };

/** How long a directory may hold back names that are at hand, and how long it may take when there are none. */
const MOMENT_MS = 150;
const WAIT_MS = 500;

/** Goes to the client with an item and comes back when somebody looks at it. */
interface ItemData extends Omit<Offered, "file" | "name"> {
  readonly uri: string;
}

/**
 * Answers from names at hand; where those may not be all, one question to the directory is waited for, which a cancel
 * calls off. Null where nothing can be completed.
 */
export async function onCompletion(
  session: Session,
  { textDocument, position }: CompletionParams,
  token: CancellationToken,
): Promise<CompletionList | null> {
  const question = await questionAbout(session, textDocument.uri);
  if (!question) return null;
  const { project, document, file, snapshot, text } = question;
  const offset = document.offsetAt(position);
  await inSlices(indexNames(snapshot), token);
  const request = { file, text, offset, rules: RULES };
  const local = completionsFor(snapshot, request);
  if (!local) return null;
  const isMore = local.beyond !== undefined && (await askBeyond(project, local, token));
  const found = (isMore && completionsFor(project.workspace.snapshot(), request)) || local;
  const directory = locate(text, offset)?.entries.get("directory");
  const range = { start: document.positionAt(found.span.start), end: document.positionAt(found.span.end) };
  return {
    isIncomplete: found.isIncomplete,
    items: found.items.map((item, rank) => ({
      ...toItem(item, rank, range, session.client),
      ...(session.client.resolvesDocumentation ? { data: dataOf(item) } : {}),
    })),
  };

  function dataOf({ kind }: Completion): ItemData {
    return { uri: textDocument.uri, offset, kind, ...(directory ? { directory } : {}) };
  }
}

/** True when the directory told new names in time. Names at hand are held back for a moment only; what comes late joins later. */
function askBeyond({ workspace }: Project, { beyond, items }: Completions, token: CancellationToken): Promise<boolean> {
  if (!beyond) return Promise.resolve(false);
  const asked = workspace.suggestGroups(beyond.directory, beyond.beginning, signalOf(token));
  return within(items.length > 0 ? MOMENT_MS : WAIT_MS, asked, false);
}

/** An item is told about from the files as they are by then; without its file it stays as it is. */
export async function onCompletionResolve(session: Session, item: CompletionItem): Promise<CompletionItem> {
  const data = item.data as ItemData | undefined;
  const question = data && (await questionAbout(session, data.uri));
  if (!data || !question) return item;
  const { uri: _, ...where } = data;
  const value = describeOffered(question.snapshot, { ...where, file: question.file, name: item.label });
  if (value === undefined) return item;
  return { ...item, documentation: toMarkup(value, session.client) };
}

function toItem(item: Completion, rank: number, range: Range, client: ClientFeatures): CompletionItem {
  const snippet = client.snippets ? item.snippet : undefined;
  const documentation = client.resolvesDocumentation && isToldLater(item.kind) ? undefined : item.documentation;
  return {
    label: item.label,
    kind: KINDS[item.kind],
    ...(item.detail ? { detail: item.detail } : {}),
    ...(documentation ? { documentation: toMarkup(documentation, client) } : {}),
    filterText: item.filter,
    sortText: String(rank).padStart(4, "0"),
    ...(snippet === undefined ? {} : { insertTextFormat: InsertTextFormat.Snippet }),
    ...(snippet?.includes("$1") && client.commands.has(ASK_AGAIN.command) ? { command: ASK_AGAIN } : {}),
    ...(client.adjustsIndentation ? { insertTextMode: InsertTextMode.adjustIndentation } : {}),
    textEdit: { range, newText: snippet ?? item.insert },
  };
}
