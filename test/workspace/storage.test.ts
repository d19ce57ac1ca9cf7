/** Where what is kept lies: apart for each editor, but applies of one person in one place, or nobody would meet anybody. */

import { join } from "node:path";
import { expect, test } from "vitest";
import type { Environment } from "../../server/src/http/environment.ts";
import { chooseStorage, type EditorFolders } from "../../server/src/workspace/storage.ts";

const HOME: Environment = { XDG_CACHE_HOME: "/cache", LOCALAPPDATA: "/cache" };
const OWN = chooseStorage(HOME)?.applies ?? "";
const EDITOR: EditorFolders = { storage: "/editor/one", shared: "/editor/all" };
const DRILL: Environment = { ...HOME, ACCESSMAP_LOOPBACK: "{}" };

test.each<[string, Environment, EditorFolders, ReturnType<typeof chooseStorage>]>([
  ["a command", HOME, {}, { inventories: join(OWN, "inventories"), shared: OWN, applies: OWN }],
  ["an editor", HOME, EDITOR, { inventories: join("/editor/one", "inventories"), shared: "/editor/all", applies: OWN }],
  [
    "an editor without a folder for all windows",
    HOME,
    { storage: "/editor/one" },
    { inventories: join("/editor/one", "inventories"), shared: "/editor/one", applies: OWN },
  ],
  ["a drill", DRILL, {}, undefined],
  ["a drill in an editor", DRILL, EDITOR, { inventories: join("/editor/one", "inventories"), shared: "/editor/all" }],
  [
    "a drill with a folder of its own",
    { ...DRILL, ACCESSMAP_STORAGE: "/drill" },
    {},
    { inventories: join("/drill", "inventories"), shared: "/drill", applies: "/drill" },
  ],
])("%s", (_, env, editor, expected) => {
  expect(OWN).toContain("accessmap");
  expect(chooseStorage(env, editor)).toEqual(expected);
});
