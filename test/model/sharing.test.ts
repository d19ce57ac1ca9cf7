/** Equal items become one object, all others stay themselves. */

import { expect, test } from "vitest";
import { type Shared, shareEqual } from "../../server/src/core/model/sharing.ts";

const ana = { id: "1", login: "ana", mfa: true };

test.each<[string, object, boolean]>([
  ["the same again", { ...ana }, true],
  ["another value", { ...ana, mfa: false }, false],
  ["a field more", { ...ana, guest: true }, false],
  ["a field less", { id: "1", login: "ana" }, false],
  ["a field that is there and undefined", { id: "1", login: "ana", state: undefined }, false],
  ["something inside", { ...ana, mfa: {} }, false],
])("%s", (_, item, isShared) => {
  const shared: Shared = new Map();
  shareEqual(shared, "1", ana);
  expect(shareEqual(shared, "1", item)[1]).toBe(isShared ? ana : item);
  expect(shareEqual(shared, "2", item)[1]).toBe(item);
});
