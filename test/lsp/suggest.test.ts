/** Completion that asks a directory: a fast one, a slow one, one that refuses, and requests that the editor takes back. */

import { expect, test } from "vitest";
import type { CancellationToken, CompletionList, Hover } from "vscode-languageserver";
import { CancellationTokenSource } from "vscode-languageserver/node";
import type { ExchangeParams, ExchangeResult } from "../../server/src/lsp/protocol.ts";
import { openSession, PROJECT, type SessionOptions } from "./support.ts";

const FILE = "a.accessmap.yaml";
const LISTED = ["dd-sre", "dd-pay-local"];
const BEYOND = ["payroll-admins", "payroll-readers", "dd-elsewhere"];

type Search = (query: string, token: CancellationToken) => ExchangeResult | Promise<ExchangeResult>;

/** An Okta organization that lists two groups and may know more; Datadog has no credential. */
function exchangeWith(search: Search) {
  return (request: ExchangeParams, token: CancellationToken): ExchangeResult | Promise<ExchangeResult> => {
    const { pathname, searchParams } = new URL(request.url);
    if (request.credential?.connection !== "okta") return refusal("not-configured", "no credential");
    const query = searchParams.get("q");
    if (query !== null) return search(query, token);
    return answer(pathname === "/api/v1/groups" ? LISTED.map(toGroup) : []);
  };
}

const find: Search = (query) => answer(BEYOND.filter((name) => name.startsWith(query)).map(toGroup));

function answer(value: unknown, status = 200): ExchangeResult {
  return { response: { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) } };
}

function refusal(kind: "not-configured" | "unreachable", message: string): ExchangeResult {
  return { failure: { kind, system: "okta", message } };
}

function toGroup(name: string) {
  return { id: `00g-${name}`, type: "OKTA_GROUP", profile: { name }, _embedded: { stats: { usersCount: 3 } } };
}

async function open(search: Search, groups = "dd-*", more: Partial<SessionOptions> = {}) {
  const project = groups === "" ? PROJECT : PROJECT.replace("acme.okta.com", `acme.okta.com, groups: "${groups}"`);
  const files = { "accessmap.yaml": project, [FILE]: "mappings: []\n" };
  const session = await openSession({ files, exchange: exchangeWith(search), ...more });
  await session.status(({ systems }) => systems.length > 0 && systems.every(({ state }) => /fresh|failed/.test(state)));
  session.open(FILE, "mappings: []\n");
  let version = 1;
  const type = (typed: string) => session.replace(FILE, ++version, `mappings:\n  - group: ${typed}\n`);
  const complete = async (typed: string, token = new CancellationTokenSource().token) => {
    type(typed);
    const position = { line: 1, character: `  - group: ${typed}`.length };
    const params = { textDocument: { uri: session.uri(FILE) }, position };
    const list = await session.client.sendRequest<CompletionList>("textDocument/completion", params, token);
    return { labels: list.items.map(({ label }) => label), list };
  };
  const searches = () => session.exchanges.flatMap(({ url }) => new URL(url).searchParams.get("q") ?? []);
  return { ...session, type, complete, searches };
}

test("a fast directory answers in the first list, and a hover knows what it told", async () => {
  const session = await open(find);
  const { labels, list } = await session.complete("payroll");
  expect(labels).toEqual(["payroll-admins", "payroll-readers"]);
  expect(list.isIncomplete).toBe(true);
  session.type("payroll-admins");
  const found = await session.client.sendRequest<Hover>("textDocument/hover", {
    textDocument: { uri: session.uri(FILE) },
    position: { line: 1, character: 14 },
  });
  expect(JSON.stringify(found.contents)).toContain("3 people");
  expect(session.logged.join("\n")).toMatch(/okta: names \(completion\) 2 found; 1 requests/);
});

test("a slow directory holds nothing back for long, and what it tells joins the next list", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const session = await open(async (query, token) => {
    await held;
    return find(query, token);
  });
  const first = await session.complete("dd pay");
  expect(first.labels).toEqual(["dd-pay-local"]);
  // The directory has not answered yet.
  release();
  await session.until(() => session.logged.some((line) => line.includes("names (completion)")), "an answer");
  expect((await session.complete("pay")).labels).toContain("payroll-admins");
  expect((await session.complete("payr")).labels).toEqual(["payroll-admins", "payroll-readers"]);
});

test("a request that the editor takes back is called off", async () => {
  let calledOff = false;
  const session = await open((_, token) => new Promise(() => token.onCancellationRequested(() => (calledOff = true))));
  const source = new CancellationTokenSource();
  const asked = session.complete("payroll", source.token).catch(() => "cancelled");
  await session.until(() => session.searches().length > 0, "a search");
  source.cancel();
  expect(await asked).toBe("cancelled");
  await expect.poll(() => calledOff).toBe(true);
});

test.each([
  ["403", () => answer({}, 403)],
  ["429", () => answer({}, 429)],
  ["no connection", () => refusal("unreachable", "cut")],
])("%s leaves the names at hand, no finding and no second request", async (_title, search) => {
  const session = await open(search);
  for (const typed of ["dd pay", "dd payr", "dd-pay"])
    expect((await session.complete(typed)).labels).toEqual(typed === "dd payr" ? [] : ["dd-pay-local"]);
  expect(session.searches()).toHaveLength(1);
  const status = await session.status(({ systems }) => systems[0]?.state === "fresh");
  expect(status.systems[0]?.failure).toBeUndefined();
});

test.each([
  ["two letters", "pa", "dd-*"],
  ["what the listing has wholly", "dd-pa", "dd-*"],
  ["a name that is there", "dd-sre", "*"],
  ["anything, where everything is listed", "payroll", ""],
])("nobody is asked for %s", async (_title, typed, groups) => {
  const session = await open(find, groups);
  await session.complete(typed);
  await session.complete("");
  expect(session.searches()).toEqual([]);
});

test("an untrusted workspace asks nobody", async () => {
  const session = await open(find, "dd-*", { initializationOptions: { trusted: false } });
  expect((await session.complete("payroll")).list.items).toMatchObject([
    { detail: "used in this project, not checked" },
  ]);
  expect(session.exchanges).toEqual([]);
});

test("a listing that failed does not keep names from being found", async () => {
  const session = await open(find, "", {
    exchange(request, token) {
      const { pathname, searchParams } = new URL(request.url);
      const isListing = pathname === "/api/v1/groups" && !searchParams.has("q");
      return isListing ? refusal("unreachable", "cut") : exchangeWith(find)(request, token);
    },
  });
  expect((await session.complete("payroll")).labels).toEqual(["payroll", "payroll-admins", "payroll-readers"]);
});

test("typing without a list asks nobody", async () => {
  const session = await open(find);
  for (const typed of ["pay", "payr", "payro", "payroll"]) session.type(typed);
  await session.diagnostics(FILE, ({ version }) => version === 5);
  expect(session.searches()).toEqual([]);
});
