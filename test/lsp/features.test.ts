/** Editor features over a real connection: positions, shapes, cancellation, and handlers that fail. */

import { expect, test } from "vitest";
import {
  CancellationTokenSource,
  type CodeAction,
  type CodeLens,
  type CompletionList,
  type DocumentSymbol,
  type Hover,
  type Location,
  LSPErrorCodes,
} from "vscode-languageserver";
import { openWithLive } from "./live.ts";
import { openSession, PROJECT, positionBehind, type SessionOptions } from "./support.ts";

const LIVE = `
#- live okta
groups: [{ name: dd-sre, members: [ana, bo] }, { name: "🦊 team", count: 3 }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data], users: 0 }]
`;

const file = "a.accessmap.yaml";

async function openOn(text: string, options: Partial<SessionOptions> = {}) {
  const session = await openSession({
    files: { "accessmap.yaml": PROJECT, [file]: text },
    open: openWithLive(LIVE),
    ...options,
  });
  session.open(file, text);
  const textDocument = { uri: session.uri(file) };
  const at = (marker: string) => ({ textDocument, position: positionBehind(text, marker) });
  return {
    ...session,
    textDocument,
    at,
    ask: <R>(method: string, params: object) => session.client.sendRequest<R>(method, params),
  };
}

test("hover, with columns counted in UTF-16 units behind astral characters", async () => {
  const text = 'mappings:\n  - { reason: "🦊🦊", group: dd-sre, roles: [SRE] }\n';
  const { ask, at } = await openOn(text);
  const found = await ask<Hover>("textDocument/hover", at("group: dd"));
  expect(found.contents).toMatchObject({
    kind: "markdown",
    value: expect.stringContaining("**Group** `dd-sre` in `okta`\n\n2 people"),
  });
  const start = text.split("\n")[1]?.indexOf("dd-sre");
  expect(found.range).toEqual({ start: { line: 1, character: start }, end: { line: 1, character: (start ?? 0) + 6 } });
});

test("hover between Windows line ends", async () => {
  const { ask, at } = await openOn("mappings:\r\n  - group: dd-sre\r\n    roles: [SRE]\r\n");
  const found = await ask<Hover>("textDocument/hover", at("roles: [S"));
  expect(found.range).toEqual({ start: { line: 2, character: 12 }, end: { line: 2, character: 15 } });
});

test("a client that knows no Markdown gets plain text", async () => {
  const { ask, at } = await openOn("mappings:\n  - group: dd-sre\n", { capabilities: {} });
  expect(await ask<Hover>("textDocument/hover", at("dd"))).toMatchObject({
    contents: { kind: "plaintext", value: expect.stringMatching(/^Group `dd-sre`/) },
  });
});

test("completion in half-typed text, after an edit the disk does not have", async () => {
  const text = "mappings:\n  - group: dd-sre\n    roles: \n";
  const session = await openOn(text);
  const end = positionBehind(text, "roles: ");
  session.edit(file, 2, { start: end, end }, "[S");
  const position = { ...end, character: end.character + 2 };
  const found = await session.ask<CompletionList>("textDocument/completion", { ...session.at(""), position });
  expect(found.items[0]).toMatchObject({
    label: "SRE",
    detail: "critical · 0 people",
    textEdit: {
      newText: "SRE",
      range: { start: { character: position.character - 1 }, end: { character: position.character } },
    },
  });
});

test("completion replaces names with astral characters whole, and quotes them", async () => {
  const text = "mappings:\n  - group: 🦊 te\n";
  const { ask, at } = await openOn(text);
  const found = await ask<CompletionList>("textDocument/completion", at("🦊"));
  expect(found.items[0]).toMatchObject({
    label: "🦊 team",
    textEdit: { newText: '"🦊 team"', range: { start: { line: 1, character: 11 }, end: { line: 1, character: 16 } } },
  });
});

test("snippets only for clients that know them", async () => {
  const text = "mappings:\n  - \n";
  const rich = await openOn(text);
  const poor = await openOn(text, { capabilities: {} });
  const first = (found: CompletionList) => found.items.find(({ label }) => label === "new mapping");
  expect(first(await rich.ask("textDocument/completion", rich.at("- ")))).toMatchObject({ insertTextFormat: 2 });
  const plain = first(await poor.ask("textDocument/completion", poor.at("- ")));
  expect(plain?.insertTextFormat).toBeUndefined();
  expect(plain?.textEdit?.newText).toBe("group: \n  roles: []\n  reason: ");
});

test("a client that can asks again at the first stop of what was put in, and only there", async () => {
  const text = "mappings:\n  - group: dd-s\n    \n";
  const editor = await openOn(text, { initializationOptions: { commands: ["editor.action.triggerSuggest"] } });
  const other = await openOn(text);
  const labelled = async ({ ask, at }: typeof editor, marker: string, label: string) =>
    (await ask<CompletionList>("textDocument/completion", at(marker))).items.find((item) => item.label === label);
  expect(await labelled(editor, "dd-s\n    ", "roles")).toMatchObject({
    command: { command: "editor.action.triggerSuggest", arguments: [{ auto: true }] },
  });
  expect((await labelled(editor, "dd-s", "dd-sre"))?.command).toBeUndefined();
  expect((await labelled(other, "dd-s\n    ", "roles"))?.command).toBeUndefined();
});

test("a fix, as an edit of the version it was made for", async () => {
  const text = "mappings:\n  - group: dd-sre\n    role: [SRE]\n";
  const { ask, textDocument, at } = await openOn(text);
  const { position } = at("rol");
  const actions = await ask<CodeAction[]>("textDocument/codeAction", {
    textDocument,
    range: { start: position, end: position },
    context: { diagnostics: [] },
  });
  expect(actions[0]).toMatchObject({
    title: 'Change to "roles"',
    kind: "quickfix",
    isPreferred: true,
    edit: { documentChanges: [{ textDocument: { ...textDocument, version: 1 }, edits: [{ newText: "roles" }] }] },
    diagnostics: [{ code: "schema/unknown-key" }],
  });
});

test("actions of the wanted kind only", async () => {
  const text = "mappings:\n  - group: 12\n    rolse: [SRE]\n";
  const { ask, textDocument } = await openOn(text);
  const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
  const kinds = async (only: string[]) => {
    const found = await ask<CodeAction[]>("textDocument/codeAction", {
      textDocument,
      range,
      context: { diagnostics: [], only },
    });
    return [...new Set(found.map(({ kind }) => kind))];
  };
  expect(await kinds(["quickfix"])).toEqual(["quickfix"]);
  expect(await kinds(["source"])).toEqual(["source.fixAll.accessmap"]);
  expect(await kinds(["refactor"])).toEqual([]);
});

test("outline, lenses, definition and references", async () => {
  const text = "bundles:\n  base: { roles: [SRE] }\nmappings:\n  - group: dd-sre\n    bundles: [base]\n";
  const { ask, textDocument, at } = await openOn(text);
  const symbols = await ask<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument });
  expect(symbols.map(({ name, children }) => [name, ...(children ?? []).map((child) => child.name)])).toEqual([
    ["bundles", "base"],
    ["mappings", "dd-sre"],
  ]);
  const [lens] = await ask<CodeLens[]>("textDocument/codeLens", { textDocument });
  expect(lens?.command).toEqual({ title: "2 people · 1 privileged permission (1 critical)", command: "" });
  const definition = await ask<Location>("textDocument/definition", at("bundles: [ba"));
  expect(definition.range.start).toEqual({ line: 1, character: 2 });
  const references = await ask<Location[]>("textDocument/references", {
    ...at("  ba"),
    context: { includeDeclaration: true },
  });
  expect(references.map(({ range }) => range.start.line)).toEqual([1, 4]);
});

test("a byte order mark on disk does not shift the columns an editor sees", async () => {
  const session = await openSession({
    files: { "accessmap.yaml": PROJECT, [file]: "\uFEFFowne: x\nmappings: []\n" },
  });
  const found = (await session.diagnostics(file)).find(({ code }) => code === "schema/unknown-key");
  expect(found?.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 4 } });
});

test("a cancelled request is answered as cancelled", async () => {
  const { client, at } = await openOn("mappings:\n  - group: dd-sre\n");
  const source = new CancellationTokenSource();
  const answer = client.sendRequest("textDocument/hover", at("dd"), source.token);
  source.cancel();
  await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
});

test("a feature that fails answers with nothing, is logged, and takes no other with it", async () => {
  const text = "mappings:\n  - group: dd-sre\n";
  let fails = false;
  const { ask, at, logged, until, textDocument } = await openOn(text, {
    open: openWithLive(LIVE, (real) => ({
      snapshot: () => {
        if (fails) throw new Error("broken on purpose");
        return real.snapshot();
      },
    })),
  });
  expect(await ask("textDocument/hover", at("gro"))).not.toBeNull();
  fails = true;
  expect(await ask("textDocument/hover", at("gro"))).toBeNull();
  expect(await ask("textDocument/documentSymbol", { textDocument })).toEqual([]);
  await until(() => logged.some((line) => line.includes("hover failed") && line.includes("broken on purpose")), "log");
  fails = false;
  expect(await ask("textDocument/hover", at("gro"))).not.toBeNull();
});

test("documents of other schemes and closed ones are answered with nothing", async () => {
  const { ask, client, close, at } = await openOn("mappings: []\n");
  const uri = "untitled:Untitled-1";
  await client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "accessmap", version: 1, text: "mappings: []" },
  });
  expect(await ask("textDocument/hover", { textDocument: { uri }, position: { line: 0, character: 1 } })).toBeNull();
  close(file);
  expect(await ask("textDocument/hover", at("map"))).toBeNull();
});
