/** Lists without a total: a lost next link, or rows that vanished behind one, must not pass for the end. */

import { expect, test } from "vitest";
import { readLinked } from "../../server/src/http/linkedPages.ts";
import { bench, get, json, NEVER } from "./support.ts";

const FIRST = "https://acme.okta.com/api/v1/groups?limit=4";

type Spoil = (
  rows: readonly string[],
  next: string | undefined,
  index: number,
) => { readonly rows: readonly string[]; readonly next: string | undefined };

/** A vendor with so many rows, honest but for `spoil`. */
function vendor(count: number, spoil: Spoil = (rows, next) => ({ rows, next })) {
  const all = Array.from({ length: count }, (_, index) => `row-${index}`);
  const { http, sent } = bench(({ url }, index) => {
    const { searchParams } = new URL(url);
    const [after, limit] = [Number(searchParams.get("after")), Number(searchParams.get("limit"))];
    const end = after + limit;
    const more = end < count ? `${FIRST.replace("limit=4", `limit=${limit}`)}&after=${end}` : undefined;
    const { rows, next } = spoil(all.slice(after, end), more, index);
    return json(rows, 200, next ? { link: `<${next}>; rel="next"` } : {});
  });
  const context = { system: "okta", what: "groups", idOf: (row: string) => row, sizeParameter: "limit" };
  return { sent, all, listing: readLinked<string>(http, get(FIRST), (body) => body as string[], context, NEVER) };
}

test.each([1, 3, 5, 7, 9])("%i rows end inside a page: believed at once", async (count) => {
  const { listing, all, sent } = vendor(count);
  expect(await listing).toEqual({ items: all });
  expect(sent).toHaveLength(Math.ceil(count / 4));
});

test.each([4, 8, 20])("%i rows fill their pages: read again in pages of another size, and believed", async (count) => {
  const { listing, all } = vendor(count);
  expect(await listing).toEqual({ items: all });
});

test("a link that is lost once costs nothing but a second read", async () => {
  const { listing, all } = vendor(10, (rows, next, index) => ({ rows, next: index === 0 ? undefined : next }));
  expect(await listing).toEqual({ items: all });
});

test("links that are always lost leave a gap", async () => {
  const { listing, all } = vendor(10, (rows) => ({ rows, next: undefined }));
  expect(await listing).toEqual({ items: all.slice(0, 4), gap: expect.objectContaining({ kind: "incomplete" }) });
});

test("a later page that comes empty once is read again", async () => {
  const { listing, all } = vendor(10, (rows, next, index) =>
    index === 1 ? { rows: [], next: undefined } : { rows, next },
  );
  expect(await listing).toEqual({ items: all });
});

test("later pages that always come empty leave a gap", async () => {
  const { listing, all } = vendor(10, (rows, next) =>
    rows[0] === "row-0" ? { rows, next } : { rows: [], next: undefined },
  );
  const { items, gap } = await listing;
  expect([items, gap?.kind]).toEqual([all.slice(0, 4), "incomplete"]);
});
