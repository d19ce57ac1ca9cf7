/** Names asked of a directory while somebody types: how seldom, what becomes of the answer, and when nobody is asked. */

import { expect, test } from "vitest";
import { findGroupById } from "../../../server/src/core/model/directory.ts";
import type { HttpRequest } from "../../../server/src/core/model/http.ts";
import { itemsOf } from "../../../server/src/core/model/knowledge.ts";
import { environmentTransport } from "../../../server/src/workspace/environmentTransport.ts";
import type { Workspace } from "../../../server/src/workspace/workspace.ts";
import { type Desk, findings, openDesk, statusOf, unauthorized } from "../support.ts";

const NEVER = new AbortController().signal;

/** Requests that ask for a beginning. */
function asked({ sent }: Desk): readonly string[] {
  return sent.flatMap(({ url }) => new URL(url).searchParams.get("q") ?? []);
}

function isSearch({ url }: HttpRequest): boolean {
  return new URL(url).searchParams.has("q");
}

async function openRead(files: Readonly<Record<string, string>> = {}): Promise<{ desk: Desk; workspace: Workspace }> {
  const desk = await openDesk(files);
  const workspace = await desk.open();
  await workspace.refresh("test");
  return { desk, workspace };
}

function namesIn(workspace: Workspace): readonly string[] {
  return [...(workspace.snapshot().directories.get("okta")?.named.keys() ?? [])];
}

test("names beyond the filter are found, kept as looked-up names, and change no status and no finding", async () => {
  const { desk, workspace } = await openRead();
  const [status, found] = [statusOf(workspace, "okta"), findings(workspace)];
  expect(await workspace.suggestGroups("okta", "Contr", NEVER)).toBe(true);
  expect(namesIn(workspace)).toEqual(expect.arrayContaining(["contractor-emea", "contractor-apac"]));
  expect(statusOf(workspace, "okta")).toEqual(status);
  expect(findings(workspace)).toEqual(found);
  expect(asked(desk)).toEqual(["contr"]);
  expect(desk.log.join("\n")).toMatch(/^okta: names \(completion\) \d+ found; 1 requests, \d+ ms$/m);
});

test("a name that was found is known to whoever writes it, one that was not is as unknown as before", async () => {
  const mapping = (name: string) =>
    `mappings:\n  - group: ${name}\n    roles: [SRE]\n    reason: x\n    owner: a@acme.com\n`;
  const { workspace } = await openRead({ "b.accessmap.yaml": "mappings: []\n" });
  await workspace.suggestGroups("okta", "contractor-", NEVER);
  const inventory = workspace.snapshot().directories.get("okta");
  const [id = ""] = itemsOf(inventory?.named.get("contractor-emea")).keys();
  expect(inventory && findGroupById(inventory, id)).toMatchObject({ answer: "present" });
  workspace.setEditorText("b.accessmap.yaml", mapping("contractor-emea"));
  expect(workspace.asksForMore()).toBe(true);
  workspace.setEditorText("b.accessmap.yaml", mapping("contractor-nowhere"));
  expect(
    workspace
      .problems()
      .get("b.accessmap.yaml")
      ?.map(({ rule }) => rule) ?? [],
  ).not.toContain("ref/unknown-group");
  await workspace.refresh("test");
  expect(
    workspace
      .problems()
      .get("b.accessmap.yaml")
      ?.map(({ rule }) => rule),
  ).toContain("ref/unknown-group");
});

test("more letters of a whole answer are not asked for, nor the same ones twice; a later read begins anew", async () => {
  const { desk, workspace } = await openRead();
  await workspace.suggestGroups("okta", "contr", NEVER);
  expect(await workspace.suggestGroups("okta", "contr", NEVER)).toBe(false);
  expect(await workspace.suggestGroups("okta", "contractor-e", NEVER)).toBe(false);
  expect(asked(desk)).toEqual(["contr"]);
  desk.pass(6);
  await workspace.suggestGroups("okta", "contr", NEVER);
  expect(asked(desk)).toEqual(["contr", "contr"]);
  await workspace.refresh("test");
  expect(namesIn(workspace)).not.toContain("contractor-emea");
  expect(await workspace.suggestGroups("okta", "contractor-e", NEVER)).toBe(true);
});

test("a burst of keys is one request, for the last of them", async () => {
  const { desk, workspace } = await openRead();
  const answers = ["con", "cont", "contr", "xyz", "contra"].map((typed) =>
    workspace.suggestGroups("okta", typed, NEVER),
  );
  expect((await Promise.all(answers)).at(-1)).toBe(true);
  expect(asked(desk)).toEqual(["contra"]);
});

test("further keys wait for the answer to the first ones, and ask again only if that was not all", async () => {
  const { desk, workspace } = await openRead();
  let answer = () => {};
  const held = new Promise<undefined>((resolve) => {
    answer = () => resolve(undefined);
  });
  desk.trouble = (request) => (isSearch(request) ? held : undefined);
  const first = workspace.suggestGroups("okta", "con", NEVER);
  await expect.poll(() => asked(desk)).toEqual(["con"]);
  const second = workspace.suggestGroups("okta", "contr", NEVER);
  answer();
  expect(await Promise.all([first, second])).toEqual([true, true]);
  expect(asked(desk)).toEqual(["con"]);
});

test("what nobody waits for any more is not sent, or called off", async () => {
  const { desk, workspace } = await openRead();
  const early = new AbortController();
  const unsent = workspace.suggestGroups("okta", "contr", early.signal);
  early.abort();
  expect(await unsent).toBe(false);
  expect(asked(desk)).toEqual([]);
  desk.trouble = (request) => (isSearch(request) ? new Promise<undefined>(() => {}) : undefined);
  const late = new AbortController();
  const hanging = workspace.suggestGroups("okta", "contr", late.signal);
  await expect.poll(() => asked(desk)).toEqual(["contr"]);
  late.abort();
  desk.trouble = undefined;
  expect(await workspace.suggestGroups("okta", "xyz", NEVER)).toBe(false);
  void hanging; // its transport never answers
  expect(asked(desk)).toEqual(["contr", "xyz"]);
});

test.each([
  ["403", { status: 403, headers: {}, body: "{}" }, 11],
  ["429", { status: 429, headers: { "retry-after": "30" }, body: "{}" }, 2],
  ["no connection", { kind: "unreachable", system: "okta", message: "cut" } as const, 1],
])("after %s the directory is left alone for a while", async (_title, trouble, minutes) => {
  const { desk, workspace } = await openRead();
  desk.trouble = (request) => (isSearch(request) ? trouble : undefined);
  expect(await workspace.suggestGroups("okta", "contr", NEVER)).toBe(false);
  desk.trouble = undefined;
  expect(await workspace.suggestGroups("okta", "contra", NEVER)).toBe(false);
  expect(asked(desk)).toEqual(["contr"]);
  expect(statusOf(workspace, "okta").state).toBe("fresh");
  desk.pass(minutes);
  expect(await workspace.suggestGroups("okta", "contra", NEVER)).toBe(true);
});

test("a directory that refused to be read, or has no credential, is not asked; nor one that nobody read yet", async () => {
  const desk = await openDesk();
  const workspace = await desk.open();
  expect(await workspace.suggestGroups("okta", "contr", NEVER)).toBe(false);
  desk.trouble = () => unauthorized();
  await workspace.refresh("test");
  expect(await workspace.suggestGroups("okta", "contr", NEVER)).toBe(false);
  expect(asked(desk)).toEqual([]);
  const poor = await desk.open({ transport: environmentTransport({}, () => poor.connections()) });
  await poor.refresh("test");
  expect(await poor.suggestGroups("okta", "contr", NEVER)).toBe(false);
  expect(await poor.suggestGroups("nowhere", "contr", NEVER)).toBe(false);
});
