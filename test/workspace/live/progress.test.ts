/** How reads go, in a line for people, and who hears of it. */

import { expect, test } from "vitest";
import { gatherProgress } from "../../../server/src/workspace/live/progress.ts";
import { openDesk } from "../support.ts";

test("what is still being read is told; what is through only when it is the last", () => {
  const lines: string[] = [];
  const watch = gatherProgress((line) => lines.push(line));
  watch("prod", { what: "users", done: 1, total: 2 });
  watch("okta", { what: "waits 41 s for its rate limit" });
  watch("prod", { what: "users", done: 2, total: 2 });
  watch("okta", { what: "groups", done: 200 });
  watch("okta", { what: "lists of members", done: 9, total: 9 });
  expect(lines).toEqual([
    "prod: 1 of 2 users",
    "prod: 1 of 2 users, okta: waits 41 s for its rate limit",
    "okta: waits 41 s for its rate limit",
    "okta: 200 groups so far",
    "okta: 9 of 9 lists of members",
  ]);
});

test("whoever waits for a read that somebody else began hears how it goes", async () => {
  const desk = await openDesk();
  const workspace = await desk.open();
  const [first, second]: [string[], string[]] = [[], []];
  const never = new AbortController().signal;
  await Promise.all([
    workspace.refresh("start", never, (system) => first.push(system)),
    workspace.refresh("focus", never, (system) => second.push(system)),
  ]);
  expect(first.length).toBeGreaterThan(0);
  expect(second).toEqual(first);
});
