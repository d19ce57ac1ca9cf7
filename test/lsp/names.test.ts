/** Names over a real connection: renames as edits of several documents, refusals in words, highlights, symbols, hints, links. */

import { expect, test } from "vitest";
import type {
  CompletionItem,
  CompletionList,
  DocumentHighlight,
  DocumentLink,
  FoldingRange,
  InlayHint,
  SelectionRange,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
  WorkspaceSymbol,
} from "vscode-languageserver";
import { openWithLive } from "./live.ts";
import { openSession, PROJECT, PUSH, positionBehind, type SessionOptions } from "./support.ts";

const file = "a.accessmap.yaml";
const other = "b.accessmap.yaml";
const FOX = '\uFEFFmappings:\r\n  - { reason: "🦊", group: dd-sre }\r\n  - group: "dd-sre"\r\n';

async function openOn(text: string, options: Partial<SessionOptions> = {}) {
  const session = await openSession({ files: { "accessmap.yaml": PROJECT, [file]: text, [other]: FOX }, ...options });
  session.open(file, text, 7);
  const at = (marker: string) => ({ textDocument: { uri: session.uri(file) }, position: positionBehind(text, marker) });
  return {
    ...session,
    at,
    ask: <R>(method: string, params: object) => session.client.sendRequest<R>(method, params),
  };
}

const TEXT = "mappings:\n  - group: dd-sre\nexpect:\n  - { group: dd-sre, cannot: [admin] }\n";

function lineEdit(line: number, from: number, to: number, newText: string) {
  return { range: { start: { line, character: from }, end: { line, character: to } }, newText };
}

test("rename edits open and closed files, with the version of the open one", async () => {
  const { ask, at, uri } = await openOn(TEXT);
  const params = { ...at("group: d"), newName: "dd-ops" };
  const { documentChanges } = await ask<WorkspaceEdit>("textDocument/rename", params);
  expect(documentChanges).toEqual([
    {
      textDocument: { uri: uri(file), version: 7 },
      edits: [lineEdit(1, 11, 17, "dd-ops"), lineEdit(3, 13, 19, "dd-ops")],
    },
    {
      textDocument: { uri: uri(other), version: null },
      edits: [lineEdit(1, 27, 33, "dd-ops"), lineEdit(2, 11, 19, '"dd-ops"')],
    },
  ]);
});

test("a client without versions gets plain changes", async () => {
  const { ask, at, uri } = await openOn(TEXT, { capabilities: {} });
  const { changes } = await ask<WorkspaceEdit>("textDocument/rename", { ...at("group: d"), newName: "x" });
  expect(Object.keys(changes ?? {})).toEqual([uri(file), uri(other)]);
});

test("a rename says where it starts, and why it does not", async () => {
  const capabilities = { ...PUSH, textDocument: { ...PUSH.textDocument, rename: { prepareSupport: true } } };
  const session = await openOn(TEXT, { capabilities });
  expect(session.capabilities.renameProvider).toEqual({ prepareProvider: true });
  const { range } = lineEdit(1, 11, 17, "");
  expect(await session.ask("textDocument/prepareRename", session.at("group: d"))).toEqual({
    range,
    placeholder: "dd-sre",
  });
  await expect(session.ask("textDocument/prepareRename", session.at("mapp"))).rejects.toThrow(
    "Only names of bundles, groups, roles and teams can be renamed",
  );
  await expect(session.ask("textDocument/rename", { ...session.at("group: d"), newName: "a\nb" })).rejects.toThrow(
    "A name stands on one line",
  );
});

test("highlights of a name", async () => {
  const { ask, at } = await openOn(TEXT);
  const found = await ask<DocumentHighlight[]>("textDocument/documentHighlight", at("group: d"));
  expect(found.map(({ range }) => range.start.line)).toEqual([1, 3]);
});

test("symbols of the whole project, closed files included", async () => {
  const { ask, uri } = await openOn("mappings: []\n");
  const found = await ask<WorkspaceSymbol[]>("workspace/symbol", { query: "sre" });
  expect(found).toMatchObject([{ name: "dd-sre", containerName: "group of okta", location: { uri: uri(other) } }]);
});

test("folds and selections", async () => {
  const { ask, at } = await openOn("# a\r\n# b\r\nmappings:\r\n  - group: 🦊\r\n    reason: x\r\n");
  const { textDocument, position } = at("group: ");
  expect(await ask<FoldingRange[]>("textDocument/foldingRange", { textDocument })).toEqual([
    { startLine: 0, endLine: 1, kind: "comment" },
    { startLine: 2, endLine: 4 },
    { startLine: 3, endLine: 4 },
  ]);
  const [first] = await ask<SelectionRange[]>("textDocument/selectionRange", { textDocument, positions: [position] });
  expect(first?.range).toEqual({ start: { line: 3, character: 11 }, end: { line: 3, character: 13 } });
  expect(first?.parent?.range.start.character).toBe(4);
});

test("hints, links and tokens, counted in UTF-16 units", async () => {
  const live = "#- live okta\ngroups: [{ name: dd-sre, members: [ana] }]\n";
  const { ask, at } = await openOn('mappings:\n  - { reason: "🦊", group: dd-sre }\n', { open: openWithLive(live) });
  const { textDocument } = at("");
  const end = { line: 1, character: 33 };
  const range = { start: { line: 0, character: 0 }, end };
  expect(await ask<InlayHint[]>("textDocument/inlayHint", { textDocument, range })).toMatchObject([
    { position: end, label: "1 person" },
  ]);
  expect(await ask<DocumentLink[]>("textDocument/documentLink", { textDocument })).toMatchObject([
    {
      range: { start: { line: 1, character: 27 }, end },
      target: "https://acme-admin.okta.com/admin/group/group-dd-sre",
    },
  ]);
  const { data } = await ask<SemanticTokens>("textDocument/semanticTokens/full", { textDocument });
  expect(data).toEqual([1, 27, 6, 0, 0]);
});

test("what a completion means is told when somebody looks at it", async () => {
  const item = { ...PUSH.textDocument?.completion?.completionItem, resolveSupport: { properties: ["documentation"] } };
  const capabilities = { ...PUSH, textDocument: { ...PUSH.textDocument, completion: { completionItem: item } } };
  const live = "#- live okta\ngroups: [{ name: dd-sre, members: [ana] }]\n";
  const { ask, at } = await openOn("mappings:\n  - group: dd-s\n", { capabilities, open: openWithLive(live) });
  const { items } = await ask<CompletionList>("textDocument/completion", at("dd-s"));
  expect(items[0]).toMatchObject({ label: "dd-sre" });
  expect(items[0]?.documentation).toBeUndefined();
  const resolved = await ask<CompletionItem>("completionItem/resolve", items[0] ?? {});
  expect(resolved.documentation).toMatchObject({ value: expect.stringContaining("**Group** `dd-sre` in `okta`") });
  expect(await ask("completionItem/resolve", { label: "x" })).toEqual({ label: "x" });
});

test("formatting edits only what changes", async () => {
  const { ask, at } = await openOn("mappings:\r\n  - group: 🦊  \r\n    roles: [b]\r\n");
  const params = { textDocument: at("").textDocument, options: { tabSize: 4, insertSpaces: true } };
  expect(await ask<TextEdit[]>("textDocument/formatting", params)).toEqual([lineEdit(1, 13, 15, "")]);
  const on = (line: number) => ({ ...params, range: { start: { line, character: 0 }, end: { line, character: 1 } } });
  expect(await ask<TextEdit[]>("textDocument/rangeFormatting", on(1))).toEqual([lineEdit(1, 13, 15, "")]);
  expect(await ask<TextEdit[]>("textDocument/rangeFormatting", on(0))).toEqual([]);
});
