/** Findings as clients get them: pushed or pulled, for all files, with versions, taken back when files go. */

import { expect, test } from "vitest";
import type { DocumentDiagnosticReport, WorkspaceDiagnosticReport } from "vscode-languageserver";
import { openSession, PROJECT, PULL } from "./support.ts";

const GOOD = "mappings:\n  - group: dd-sre\n    roles: [SRE]\n    reason: on call\n";
const TYPO = "mappings:\n  - group: dd-sre\n    rolse: [SRE]\n";
const BROKEN = 'mappings:\n  - group: "dd-sre\n';

const codes = (found: readonly { code?: string | number }[]) => found.map(({ code }) => code);

test("files nobody opened are checked as well, and a broken one does not affect the others", async () => {
  const session = await openSession({
    files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": TYPO, "b.accessmap.yaml": BROKEN },
  });
  expect(codes(await session.diagnostics("a.accessmap.yaml"))).toContain("schema/unknown-key");
  expect(codes(await session.diagnostics("b.accessmap.yaml"))).toContain("yaml/syntax");
});

test("a diagnostic carries rule, source, severity and range", async () => {
  const session = await openSession({ files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": TYPO } });
  const found = (await session.diagnostics("a.accessmap.yaml")).find(({ code }) => code === "schema/unknown-key");
  expect(found).toMatchObject({
    source: "accessmap",
    severity: 1,
    range: { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } },
  });
});

test("related places point into the file", async () => {
  const text = "owner: a\nowner: b\nmappings: []\n";
  const session = await openSession({ files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": text } });
  const found = (await session.diagnostics("a.accessmap.yaml")).find(({ code }) => code === "yaml/duplicate-key");
  expect(found?.relatedInformation).toEqual([
    {
      location: {
        uri: session.uri("a.accessmap.yaml"),
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } },
      },
      message: "first one",
    },
  ]);
});

test("a name can neither begin a line of its own in a finding nor turn its letters around", async () => {
  const evil = JSON.stringify("x\u001b[2J\nall is well\u202e");
  const text = `mappings:\n  - group: ${evil}\n    roles: [a, a]\n    bundles: [${evil}]\n`;
  const session = await openSession({ files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": text } });
  const messages = (await session.diagnostics("a.accessmap.yaml")).map(({ message }) => String(message));
  const named = messages.filter((message) => message.includes("all is well"));
  expect(named.length).toBeGreaterThan(1);
  for (const message of named) expect(message).toContain('"x?[2J?all is well?"');
  session.open("a.accessmap.yaml", text);
  const textDocument = { uri: session.uri("a.accessmap.yaml") };
  const symbols = await session.client.sendRequest("textDocument/documentSymbol", { textDocument });
  expect(JSON.stringify(symbols)).toContain('"name":"x?[2J?all is well?"');
});

test("edits are answered with the version they are about", async () => {
  const session = await openSession({ files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": GOOD } });
  session.open("a.accessmap.yaml", TYPO, 3);
  const [found] = await session.diagnostics("a.accessmap.yaml", ({ version }) => version === 3);
  expect(found?.code).toBe("schema/unknown-key");
  session.edit("a.accessmap.yaml", 4, { start: { line: 2, character: 4 }, end: { line: 2, character: 9 } }, "roles");
  const fixed = await session.diagnostics("a.accessmap.yaml", ({ version }) => version === 4);
  expect(codes(fixed)).not.toContain("schema/unknown-key");
});

test("many keystrokes build no queue: texts that have moved on are not told later, and the last one is", async () => {
  const session = await openSession({ files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": GOOD } });
  session.open("a.accessmap.yaml", GOOD, 1);
  for (let version = 2; version <= 20; version++) session.replace("a.accessmap.yaml", version, `${TYPO}# ${version}\n`);
  await session.diagnostics("a.accessmap.yaml", ({ version }) => version === 20);
  const versions = session.published
    .filter(({ uri }) => uri === session.uri("a.accessmap.yaml"))
    .map(({ version }) => version);
  const told = versions.filter((version) => version !== undefined);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.length).toBeLessThan(20);
  expect(told.at(-1)).toBe(20);
});

test("closing without saving brings the disk's text back", async () => {
  const session = await openSession({ files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": GOOD } });
  session.open("a.accessmap.yaml", TYPO, 1);
  await session.diagnostics("a.accessmap.yaml", ({ diagnostics }) => codes(diagnostics).includes("schema/unknown-key"));
  session.close("a.accessmap.yaml");
  await session.diagnostics(
    "a.accessmap.yaml",
    ({ version, diagnostics }) => version === undefined && !codes(diagnostics).includes("schema/unknown-key"),
  );
});

test("a deleted file takes its findings with it, a new one brings its own", async () => {
  const session = await openSession({ files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": TYPO } });
  await session.diagnostics("a.accessmap.yaml");
  session.write("deep/b.accessmap.yaml", TYPO);
  expect(codes(await session.diagnostics("deep/b.accessmap.yaml"))).toContain("schema/unknown-key");
  session.remove("a.accessmap.yaml");
  await session.diagnostics("a.accessmap.yaml", ({ diagnostics }) => diagnostics.length === 0);
});

test("a deleted folder takes the findings of its files with it", async () => {
  const session = await openSession({
    files: {
      "accessmap.yaml": PROJECT,
      "one/deep/a.accessmap.yaml": TYPO,
      "two/accessmap.yaml": PROJECT,
      "two/b.accessmap.yaml": TYPO,
    },
  });
  for (const file of ["one/deep/a.accessmap.yaml", "two/b.accessmap.yaml"]) await session.diagnostics(file);
  for (const folder of ["one", "two"]) session.remove(folder);
  for (const file of ["one/deep/a.accessmap.yaml", "two/b.accessmap.yaml"])
    await session.diagnostics(file, ({ diagnostics }) => diagnostics.length === 0);
});

test("a project inside another speaks for its own files", async () => {
  const session = await openSession({
    files: { "accessmap.yaml": PROJECT, "inner/accessmap.yaml": PROJECT, "inner/a.accessmap.yaml": GOOD },
  });
  session.open("inner/a.accessmap.yaml", TYPO, 7);
  const found = await session.diagnostics("inner/a.accessmap.yaml", ({ version }) => version === 7);
  expect(codes(found).filter((code) => code === "schema/unknown-key")).toHaveLength(1);
});

test("a project inside another keeps its findings when the outer one is checked again", async () => {
  const session = await openSession({
    files: { "accessmap.yaml": PROJECT, "inner/accessmap.yaml": PROJECT, "inner/a.accessmap.yaml": TYPO },
  });
  await session.diagnostics("inner/a.accessmap.yaml");
  session.open("inner/a.accessmap.yaml", TYPO, 1);
  await session.diagnostics("inner/a.accessmap.yaml", ({ version }) => version === 1);
  session.write("b.accessmap.yaml", TYPO);
  await session.diagnostics("b.accessmap.yaml");
  const last = session.published.findLast(({ uri }) => uri === session.uri("inner/a.accessmap.yaml"));
  expect(codes(last?.diagnostics ?? [])).toContain("schema/unknown-key");
});

test("a client is answered with the URI as it spells it", async () => {
  const session = await openSession({ files: { "accessmap.yaml": PROJECT, "a@b.accessmap.yaml": GOOD } });
  const uri = session.uri("a@b.accessmap.yaml").replace("%40", "@");
  await session.client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "accessmap", version: 5, text: TYPO },
  });
  await session.until(
    () => session.published.some((found) => found.uri === uri && found.version === 5),
    "its spelling",
  );
});

test("a mapping file without any accessmap.yaml is still checked for its form", async () => {
  const session = await openSession({ files: { "a.accessmap.yaml": GOOD } });
  session.open("a.accessmap.yaml", TYPO, 2);
  expect(codes(await session.diagnostics("a.accessmap.yaml", ({ version }) => version === 2))).toContain(
    "schema/unknown-key",
  );
});

test("a project file that is created later is found", async () => {
  const session = await openSession({ files: { "sub/a.accessmap.yaml": GOOD } });
  session.open("sub/a.accessmap.yaml", TYPO, 1);
  await session.diagnostics("sub/a.accessmap.yaml");
  session.write("sub/accessmap.yaml", PROJECT);
  const status = await session.status(({ folder }) => folder.endsWith("sub"));
  expect(status.mappings).toBe(1);
});

test("folders that join and leave the window bring and take their findings", async () => {
  const session = await openSession({
    files: {
      "one/accessmap.yaml": PROJECT,
      "one/a.accessmap.yaml": TYPO,
      "two/accessmap.yaml": PROJECT,
      "two/a.accessmap.yaml": TYPO,
    },
    folders: ["one"],
  });
  await session.diagnostics("one/a.accessmap.yaml");
  session.setFolders(["two"]);
  await session.diagnostics("two/a.accessmap.yaml");
  await session.diagnostics("one/a.accessmap.yaml", ({ diagnostics }) => diagnostics.length === 0);
});

test("a project whose accessmap.yaml is deleted is let go", async () => {
  const session = await openSession({ files: { "accessmap.yaml": PROJECT, "deep/a.accessmap.yaml": TYPO } });
  await session.diagnostics("deep/a.accessmap.yaml");
  session.remove("accessmap.yaml");
  await session.diagnostics("deep/a.accessmap.yaml", ({ diagnostics }) => diagnostics.length === 0);
});

const TOO_LARGE = " ".repeat(17 * 1024 * 1024);

test("a file that cannot be read has its reason at its first line, until it can", async () => {
  const session = await openSession({ files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": TOO_LARGE } });
  const [found] = await session.diagnostics("a.accessmap.yaml");
  expect(found).toMatchObject({
    source: "accessmap",
    severity: 1,
    range: { start: { line: 0 } },
    message: "This file is larger than 16 MB and was not read. Nothing is planned or pushed while it is left out.",
  });
  session.write("a.accessmap.yaml", TYPO);
  await session.diagnostics("a.accessmap.yaml", ({ diagnostics }) => codes(diagnostics).includes("schema/unknown-key"));
  session.write("a.accessmap.yaml", TOO_LARGE);
  await session.diagnostics("a.accessmap.yaml", ({ diagnostics }) => diagnostics[0]?.message === found?.message);
  session.remove("a.accessmap.yaml");
  await session.diagnostics("a.accessmap.yaml", ({ diagnostics }) => diagnostics.length === 0);
});

test("a project file with another ending is told its name", async () => {
  const session = await openSession({ files: { "accessmap.yml": PROJECT } });
  session.open("accessmap.yml", PROJECT, 1);
  const [found] = await session.diagnostics("accessmap.yml");
  expect(found?.message).toMatch(/the project file is accessmap\.yaml; rename it/);
});

test("who can pull is never pushed to", async () => {
  const session = await openSession({
    files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": GOOD, "b.accessmap.yaml": TYPO },
    capabilities: PULL,
  });
  expect(session.capabilities.diagnosticProvider).toMatchObject({
    interFileDependencies: true,
    workspaceDiagnostics: true,
  });
  session.open("a.accessmap.yaml", TYPO, 1);
  const pull = (previousResultId?: string) =>
    session.client.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
      textDocument: { uri: session.uri("a.accessmap.yaml") },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  const first = await pull();
  expect(first.kind === "full" && codes(first.items)).toContain("schema/unknown-key");
  expect(await pull(first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
  session.replace("a.accessmap.yaml", 2, GOOD);
  const third = await pull(first.resultId);
  expect(third.kind === "full" && codes(third.items)).not.toContain("schema/unknown-key");
  expect(session.published).toEqual([]);
});

test("a pull of the workspace covers every file, and takes back what is gone", async () => {
  const session = await openSession({
    files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": TYPO, "b.accessmap.yaml": TOO_LARGE },
    capabilities: PULL,
  });
  const pull = (previousResultIds: object[]) =>
    session.client.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds });
  await session.until(() => session.refreshes() > 0, "refresh");
  const first = await pull([]);
  expect(first.items.map(({ uri }) => uri).sort()).toEqual(
    ["a.accessmap.yaml", "accessmap.yaml", "b.accessmap.yaml"].map(session.uri).sort(),
  );
  const known = first.items.map(({ uri, resultId }) => ({ uri, value: resultId ?? "" }));
  expect((await pull(known)).items.every(({ kind }) => kind === "unchanged")).toBe(true);
  // The read at the start asks for a refresh of its own.
  await session.status(({ systems }) => systems.every(({ state }) => state === "failed"));
  await new Promise((soon) => setTimeout(soon, 20));
  const before = session.refreshes();
  session.remove("b.accessmap.yaml");
  await session.until(() => session.refreshes() > before, "refresh after a change on disk");
  expect((await pull(known)).items).toContainEqual({
    kind: "full",
    uri: session.uri("b.accessmap.yaml"),
    version: null,
    items: [],
  });
});

test("of thousands of findings of one rule the first are shown, and how many there are besides", async () => {
  const wrong = `mappings:\n  - group: 1\n${"  - groop: dd-sre\n".repeat(1_000)}`;
  const session = await openSession({ files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": wrong } });
  const found = await session.diagnostics("a.accessmap.yaml");
  const unknown = found.filter(({ code }) => code === "schema/unknown-key");
  expect(unknown.length).toBe(501);
  expect(unknown.at(-1)).toMatchObject({
    message:
      'From here on 500 more of schema/unknown-key in this file, which are not shown; "accessmap check" lists all',
    severity: 3,
    range: { start: { line: 502, character: 4 } },
  });
  expect(codes(found)).toContain("schema/wrong-type");
});
