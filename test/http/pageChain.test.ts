/** Lists whose answers name the next page: what ends them, what leaves them open, and that they always end. */

import { describe, expect, test } from "vitest";
import { isRecord } from "../../server/src/core/model/json.ts";
import { type ChainContext, readChain } from "../../server/src/http/pageChain.ts";
import { bench, get, json, NEVER, type Reply, text } from "./support.ts";

interface Row {
  readonly id?: string;
}

const FIRST = "https://acme.okta.com/list";
const CONTEXT: ChainContext<Row> = { system: "okta", what: "things", idOf: ({ id }) => id };

function page(ids: readonly string[], next?: string, total?: number): Reply {
  return json({ items: ids.map((id) => ({ id })), next, total });
}

async function read(reply: readonly Reply[] | ((index: number) => Reply)) {
  const world = bench(typeof reply === "function" ? (_, index) => reply(index) : reply, { budget: { tries: 1 } });
  const listing = await readChain<Row>(
    world.http,
    get(FIRST),
    ({ json: value }) => {
      const { items, next, total } = isRecord(value)
        ? (value as never)
        : { items: [], next: undefined, total: undefined };
      return { items, next, total };
    },
    CONTEXT,
    NEVER,
  );
  return { ...listing, ids: listing.items.map(({ id }) => id), sent: world.sent };
}

describe("a list", () => {
  test("ends when no page follows, and an empty page does not end it", async () => {
    const { ids, gap } = await read([page(["a"], `${FIRST}?2`), page([], `${FIRST}?3`), page(["b"])]);
    expect([ids, gap]).toEqual([["a", "b"], undefined]);
  });

  test("knows a row that comes again, because the list moved", async () => {
    const { ids, gap } = await read([page(["a", "b"], `${FIRST}?2`), page(["b", "c"])]);
    expect([ids, gap]).toEqual([["a", "b", "c"], undefined]);
  });

  test("is read once more when it does not add up to its first total", async () => {
    const settled = await read([page(["a"], undefined, 2), page(["a", "b"], undefined, 2)]);
    expect([settled.ids, settled.gap]).toEqual([["a", "b"], undefined]);
    const short = await read(() => page(["a"], undefined, 2));
    expect(short.gap).toMatchObject({ kind: "incomplete", message: "okta states 2 things and listed 1" });
    expect(short.sent).toHaveLength(2);
  });

  test("is read once more when its total moves from page to page", async () => {
    const moved = [page(["a", "b"], `${FIRST}?2`, 3), page(["d"], undefined, 2)];
    const settled = await read([...moved, page(["b", "c", "d"], undefined, 3)]);
    expect([settled.ids, settled.gap]).toEqual([["b", "c", "d"], undefined]);
    const restless = await read((index) => moved[index % 2] as Reply);
    expect(restless.gap?.message).toBe("the list of things from okta changed while it was read");
  });

  test("is not believed for a second pass that states no total", async () => {
    const { gap } = await read([page(["a", "b"], undefined, 7), page(["a", "b"])]);
    expect(gap?.message).toBe("okta states 7 things and listed 2");
  });

  test.each([
    ["list?2", ["a", "b"], undefined],
    ["List?2", ["a", "b"], undefined],
    ["other?2", ["a"], "okta names a page of another list as the next page of things; it is not asked"],
    ["list/../other?2", ["a"], "okta names a page of another list as the next page of things; it is not asked"],
  ])("goes on within itself alone: %s", async (next, rows, message) => {
    const { ids, gap } = await read([page(["a"], `https://acme.okta.com/${next}`), page(["b"])]);
    expect([ids, gap?.message]).toEqual([rows, message]);
  });

  test("that has one id for two things leaves both out", async () => {
    const twins = json({ items: [{ id: "a" }, { id: "b", name: "one" }, { id: "b", name: "other" }] });
    const { ids, gap, sent } = await read([twins, twins]);
    expect([ids, gap?.message, sent.length]).toEqual([["a"], "okta lists different things under one id", 2]);
  });

  test("that names a next page for ever, and lists nothing, comes to an end", async () => {
    const { gap, sent } = await read((index) => page([], `${FIRST}?${index}`));
    expect(gap?.kind).toBe("incomplete");
    expect(sent.length).toBeLessThan(200);
  });

  test.each<[string, readonly Reply[] | ((index: number) => Reply), string]>([
    ["a page at the same address", [page(["a"], FIRST)], "incomplete"],
    ["a page that repeats under another address", (index) => page(["a"], `${FIRST}?${index}`), "incomplete"],
    ["a page on another host", [page(["a"], "https://evil.example/list")], "refused"],
    ["a page at no address", [page(["a"], "/list?2")], "refused"],
    ["a page that fails", [page(["a"], `${FIRST}?2`), text("", 500)], "unreachable"],
    ["a page that is no JSON", [page(["a"], `${FIRST}?2`), text("<html>")], "malformed"],
  ])("keeps what it has at %s", async (_, reply, kind) => {
    const { ids, gap } = await read(reply);
    expect(ids).toEqual(["a"]);
    expect(gap?.kind).toBe(kind);
  });
});
