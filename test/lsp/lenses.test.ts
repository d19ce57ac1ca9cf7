/** Lenses and explanations run commands of clients that have them, and are text or nothing in others. */

import { expect, test } from "vitest";
import type { CodeAction, CodeLens } from "vscode-languageserver";
import { type AskResult, askRequest, type WhyResult, whyRequest } from "../../server/src/lsp/protocol.ts";
import { openWithLive } from "./live.ts";
import { openSession, PROJECT, type TestSession } from "./support.ts";

const FILE = "a.accessmap.yaml";
const TEXT = "mappings:\n  - group: dd-sre\n    roles: [SRE]\n    resaon: on call\n";
const LIVE = `
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data] }]
accounts: [ana]
`;
const COMMANDS = ["accessmap.showGroup", "accessmap.dryRun", "accessmap.sync", "accessmap.why"];

async function openFile(commands?: readonly string[]): Promise<TestSession> {
  const session = await openSession({
    files: { "accessmap.yaml": PROJECT, [FILE]: TEXT },
    open: openWithLive(LIVE),
    ...(commands && { initializationOptions: { commands } }),
  });
  session.open(FILE, TEXT);
  return session;
}

function lensesOf(session: TestSession, file = FILE): Promise<readonly CodeLens[]> {
  return session.client.sendRequest("textDocument/codeLens", { textDocument: { uri: session.uri(file) } });
}

function actionsOf(session: TestSession): Promise<readonly CodeAction[]> {
  const range = { start: { line: 3, character: 6 }, end: { line: 3, character: 6 } };
  return session.client.sendRequest("textDocument/codeAction", {
    textDocument: { uri: session.uri(FILE) },
    range,
    context: { diagnostics: [], only: ["quickfix"] },
  });
}

test("a client that has the commands gets them, and the answer behind a lens", async () => {
  const session = await openFile(COMMANDS);
  const lenses = await lensesOf(session);
  expect(lenses.map(({ command }) => `${command?.title} = ${command?.command}`)).toEqual([
    "Dry run prod = accessmap.dryRun",
    "Sync prod = accessmap.sync",
    "1 person · 1 privileged permission (1 critical) = accessmap.showGroup",
  ]);
  const [subject] = lenses[2]?.command?.arguments ?? [];
  const question = { kind: "group", group: subject.name };
  const { folder, organization } = subject;
  const answer = await session.client.sendRequest<AskResult>(askRequest, { folder, organization, question });
  expect(answer.title).toBe("dd-sre in prod");
  session.open("accessmap.yaml", PROJECT);
  expect((await lensesOf(session, "accessmap.yaml")).map(({ range }) => range.start.line)).toEqual([5, 5]);
});

test("a client that has none gets text, and no plan or push", async () => {
  const session = await openFile();
  const lenses = await lensesOf(session);
  expect(lenses.map(({ command }) => command)).toEqual([
    { title: "1 person · 1 privileged permission (1 critical)", command: "" },
  ]);
  expect((await actionsOf(session)).filter(({ command }) => command)).toEqual([]);
});

test("an action beside the fixes explains the finding", async () => {
  const session = await openFile(COMMANDS);
  const action = (await actionsOf(session)).find(({ title }) => title.startsWith("Why is this red?"));
  expect(action).toMatchObject({
    title: "Why is this red? (schema/unknown-key)",
    command: { command: "accessmap.why" },
  });
  const [params] = action?.command?.arguments ?? [];
  const { title, text, folder } = await session.client.sendRequest<WhyResult>(whyRequest, params);
  expect(title).toBe("Why unknown-key, a.accessmap.yaml:4");
  expect(text).toContain("It rests on\n  the files alone");
  expect(folder).toBe(session.folder);
  // Typing may have moved it since.
  session.replace(FILE, 2, `# more\n\n${TEXT}`);
  expect((await session.client.sendRequest<WhyResult>(whyRequest, params)).title).toMatch(/:6$/);
  await expect(session.client.sendRequest(whyRequest, { uri: session.uri(FILE), line: 0 })).rejects.toThrow(
    /no finding here/,
  );
});
