/** Reading lists page by page: nothing lost, nothing invented, no endless walks. */

import { describe, expect, test } from "vitest";
import { type CountedPage, readIndexed, readNumbered } from "../../server/src/http/countedPages.ts";
import { findNextLink, readLinked } from "../../server/src/http/linkedPages.ts";
import { convertAll, toKnowledge } from "../../server/src/http/listing.ts";
import { bench, get, json, NEVER, type Reply, text } from "./support.ts";

const FIRST = "https://acme.okta.com/api/v1/groups?limit=2";
const context = { system: "okta", what: "groups" };

function page(items: unknown, next?: string): Reply {
  const link = next && `<${FIRST}>; rel="self", <${next}>; rel="next"`;
  return json(items, 200, link ? { link } : {});
}

function walk(replies: Reply[] | ((index: number) => Reply)) {
  const { http, sent } = bench(typeof replies === "function" ? (_, index) => replies(index) : replies);
  return { sent, listing: readLinked<string>(http, get(FIRST), (body) => body as string[], context, NEVER) };
}

describe("linked pages", () => {
  test("the next link is found among several, with commas in the cursor", () => {
    const next = "https://acme.okta.com/api/v1/groups?after=a,b,c&limit=2";
    expect(findNextLink(`<https://acme.okta.com/x>; rel="self", <${next}>; rel="next"`)).toBe(next);
    expect(findNextLink(`<https://acme.okta.com/x>; rel="self"`)).toBeUndefined();
    expect(findNextLink(undefined)).toBeUndefined();
  });

  test.each([
    [`<${FIRST}>; rel=next`, FIRST],
    [`<${FIRST}>; REL="next"`, FIRST],
    [`<${FIRST}> ; title="more; of it"; rel="next"`, FIRST],
    [`<${FIRST}>; rel="self", <${FIRST}&after=1>;rel=next`, `${FIRST}&after=1`],
    [`<${FIRST}>; rel="nextish"`, undefined],
    [`<${FIRST}>; rel="next last"`, FIRST],
    [`<${FIRST}>; rel="prev next"`, FIRST],
    [`<${FIRST}>; rel = "Next"; `, FIRST],
    [`<${FIRST}>;; rel="next"`, FIRST],
    [`<${FIRST}>; title="a, <b>; \\"c"; rel="next"`, FIRST],
    [`<${FIRST}>; title="<https://evil.example/>; rel=next"; rel="self"`, undefined],
    [`<${FIRST}>; rel="self"; rel="next"`, undefined],
    [`<${FIRST}>; rel="self" <${FIRST}&after=1>; rel="next"`, `${FIRST}&after=1`],
  ])("a link in another spelling of the standard is found too: %s", (header, next) => {
    expect(findNextLink(header)).toBe(next);
  });

  test("an empty page does not end the list", async () => {
    const { listing, sent } = walk([page(["a"], `${FIRST}&after=1`), page([], `${FIRST}&after=2`), page(["b"])]);
    expect(await listing).toEqual({ items: ["a", "b"] });
    expect(sent).toHaveLength(3);
  });

  test("a failed page keeps what came before and makes a gap", async () => {
    const { listing } = walk((index) => (index === 0 ? page(["a"], `${FIRST}&after=1`) : text("", 500)));
    const { items, gap } = await listing;
    expect(items).toEqual(["a"]);
    expect(gap).toMatchObject({ kind: "unreachable", status: 500 });
  });

  test("a link to another host is not followed, and the credential stays home", async () => {
    for (const next of [
      "https://evil.example/api",
      "http://acme.okta.com/api",
      "https://acme.okta.com.evil.example/",
      "//evil.example/api/v1/groups",
      "http:/api/v1/groups",
    ]) {
      const { listing, sent } = walk([page(["a"], next)]);
      expect((await listing).gap?.kind).toBe("refused");
      expect(sent).toHaveLength(1);
    }
  });

  test("a link that is relative is one to the same host", async () => {
    const [path, query] = ["/api/v1/groups?after=1", "?after=1"];
    for (const next of [path, query, `groups${query}`]) {
      const { listing, sent } = walk([page(["a"], next), page(["b"])]);
      expect(await listing).toEqual({ items: ["a", "b"] });
      expect(sent[1]?.url).toBe(`https://acme.okta.com${path}`);
    }
  });

  test("a page that leads back is a gap, not an endless walk", async () => {
    const { listing, sent } = walk((index) => page([`${index}`], `${FIRST}&after=same`));
    expect((await listing).gap).toMatchObject({ kind: "incomplete" });
    expect(sent).toHaveLength(2);
  });
});

/** Numbered pages over a list of ids, with an answer changed by `spoil`. */
function numbered(
  ids: readonly string[],
  spoil: (page: CountedPage<Row>, number: number, asked: number) => CountedPage<Row> = (same) => same,
  size = 2,
) {
  let asked = 0;
  return readNumbered<Row>(
    async (number) => {
      asked++;
      const items = ids.slice(number * size, (number + 1) * size).map((id) => ({ id }));
      return spoil({ items, total: ids.length }, number, asked);
    },
    size,
    { system: "prod", what: "roles", idOf: ({ id }) => id },
  );
}

interface Row {
  readonly id: string | undefined;
}

const IDS = Array.from({ length: 9 }, (_, index) => `r${index}`);

describe("numbered pages", () => {
  test("all of them, whatever the number", async () => {
    for (const count of [0, 1, 2, 3, 9]) {
      const listing = await numbered(IDS.slice(0, count));
      expect(listing.items.map(({ id }) => id)).toEqual(IDS.slice(0, count));
      expect(listing.gap).toBeUndefined();
    }
  });

  test("a page that was cut makes a gap with both numbers", async () => {
    const { items, gap } = await numbered(IDS, (page, number) => (number === 1 ? { ...page, items: [] } : page));
    expect(items).toHaveLength(7);
    expect(gap).toMatchObject({ kind: "incomplete", message: "prod states 9 roles and listed 7" });
  });

  test("a page that was cut once is read again", async () => {
    const listing = await numbered(IDS, (page, _, asked) => (asked === 2 ? { ...page, items: [] } : page));
    expect(listing).toMatchObject({ items: { length: 9 } });
    expect(listing.gap).toBeUndefined();
  });

  test("a page served twice is noticed", async () => {
    const again = { items: [{ id: "r0" }, { id: "r1" }], total: 9 };
    const { items, gap } = await numbered(IDS, () => again);
    expect(items).toHaveLength(2);
    expect(gap?.kind).toBe("incomplete");
  });

  test("a row that leaves while the list is read lets another slip past, so the list is read again", async () => {
    const left = IDS.slice(1);
    const once = await numbered(IDS, (page, number, asked) => ({
      items: asked === 1 || asked > 5 ? page.items : left.slice(number * 2, number * 2 + 2).map((id) => ({ id })),
      total: asked === 1 || asked > 5 ? 9 : 8,
    }));
    expect([once.items.length, once.gap]).toEqual([9, undefined]);
    const always = await numbered(IDS, (page, number) => ({ ...page, total: 9 - number }));
    expect(always.gap?.message).toBe("the list of roles from prod changed while it was read");
  });

  test("one id for two rows is nobody's", async () => {
    const { items, gap } = await numbered(IDS, (page, number) =>
      number === 1 ? { ...page, items: page.items.map((row) => ({ ...row, id: "r0", name: row.id })) } : page,
    );
    expect(items.map(({ id }) => id)).not.toContain("r0");
    expect(gap?.message).toBe("prod states 9 roles and listed 7");
  });

  test("a total that is never reached ends", async () => {
    const { gap } = await numbered(IDS, (page) => ({ ...page, total: 1_000_000 }));
    expect(gap?.message).toBe("prod states 1000000 roles and listed 9");
  });

  test("without a total nothing proves that the list is whole", async () => {
    const { items, gap } = await numbered(IDS.slice(0, 1), (page) => ({ ...page, total: undefined }));
    expect(items).toHaveLength(1);
    expect(gap?.message).toBe("prod does not state how many roles there are");
  });

  test("an error keeps the pages that arrived", async () => {
    const { items, gap } = await numbered(IDS, (page, number) => {
      if (number === 2) throw new Error("boom");
      return page;
    });
    expect(items).toHaveLength(7);
    expect(gap).toMatchObject({ kind: "malformed", message: "prod answered something unexpected: boom" });
  });
});

describe("indexed pages", () => {
  const rows = IDS.map((id) => ({ id }));
  const read = (pageOf: (start: number) => CountedPage<Row>) =>
    readIndexed<Row>(async (start) => pageOf(start), { system: "prod", what: "SCIM groups", idOf: ({ id }) => id });

  test("moves on by what arrived, not by what was asked for", async () => {
    const starts: number[] = [];
    const listing = await read((start) => {
      starts.push(start);
      return { items: rows.slice(start - 1, start + 3), total: 9 };
    });
    expect(listing.items).toHaveLength(9);
    expect(starts).toEqual([1, 5, 9]);
  });

  test("a service that always answers from the start is noticed", async () => {
    const { items, gap } = await read(() => ({ items: rows.slice(0, 4), total: 9 }));
    expect(items).toHaveLength(4);
    expect(gap?.kind).toBe("incomplete");
  });
});

describe("as knowledge", () => {
  const asOf = "2026-11-23T14:00:00.000Z";
  const gap = { kind: "throttled", system: "okta", message: "later" } as const;

  test("a gap and nothing else is unknown, a gap and items is partial, no gap is complete", () => {
    const keyOf = (item: string) => item;
    expect(toKnowledge({ items: [], gap }, "okta", asOf, keyOf)).toEqual({ state: "unknown", why: gap });
    expect(toKnowledge({ items: ["a"], gap }, "okta", asOf, keyOf)).toMatchObject({
      state: "known",
      complete: false,
      gap,
    });
    expect(toKnowledge({ items: [] }, "okta", asOf, keyOf)).toMatchObject({ state: "known", complete: true });
  });

  test("a row that cannot be read is a gap, the others stand", () => {
    const listing = convertAll({ items: ["a", "", "c"] }, (item) => item || undefined, "okta", "groups");
    expect(listing.items).toEqual(["a", "c"]);
    expect(listing.gap).toMatchObject({
      kind: "malformed",
      message: "1 of 3 groups from okta lack an id or another required field",
    });
  });
});
