/** The activity view's tree: what it asks for, what it draws anew, and that looking again never plans. */

import { expect, test } from "vitest";
import type { Node } from "../../client/src/view/node.ts";
import { createTree } from "../../client/src/view/tree.ts";
import type { RowsParams, ViewRow } from "../../server/src/lsp/protocol.ts";

function row(key: string, more: Partial<ViewRow> = {}): ViewRow {
  return { key, kind: "group", label: key, folder: "/p", ...more };
}

/** A server whose levels can be changed, and a tree that remembers what it asked and drew. */
function rig(levels: Record<string, readonly ViewRow[]>) {
  const asked: string[] = [];
  const drawn: string[] = [];
  let hidden = 0;
  const tree = createTree({
    async ask({ path = [], isOpening, filter }: RowsParams) {
      asked.push(`${path.join("/")}${isOpening ? " opening" : ""}${filter ? ` "${filter}"` : ""}`);
      return { rows: levels[path.join("/")] ?? [], hidden: path.length };
    },
    atTop: (rows) => rows,
    toItem: ({ row: { label } }) => ({ label }),
    onHidden: (number) => {
      hidden = number;
    },
  });
  tree.onDidChangeTreeData?.((node) => drawn.push((node as Node | undefined)?.row.key ?? "top"));
  const take = (list: string[]) => list.splice(0);
  return { tree, levels, asked: () => take(asked), drawn: () => take(drawn), hidden: () => hidden };
}

async function openPath(tree: ReturnType<typeof rig>["tree"], ...keys: string[]): Promise<Node> {
  let node: Node | undefined;
  for (const key of keys) {
    const children: readonly Node[] = (await tree.getChildren(node)) ?? [];
    node = children.find((child) => child.row.key === key);
  }
  if (!node) throw new Error(`no row ${keys.join("/")}`);
  await tree.getChildren(node);
  return node;
}

const LEVELS = { "": [row("a", { opens: true }), row("b", { opens: true })], a: [row("x"), row("y")], b: [row("z")] };

test("a level is asked for when it is opened, once", async () => {
  const { tree, asked } = rig({ ...LEVELS });
  await openPath(tree, "a");
  await openPath(tree, "a");
  expect(asked()).toEqual(["", "a opening"]);
});

test("only what differs is drawn anew, under the row that is there already", async () => {
  const { tree, levels, asked, drawn } = rig({ ...LEVELS });
  const a = await openPath(tree, "a");
  await openPath(tree, "b");
  asked();
  await tree.refresh();
  expect([asked(), drawn()]).toEqual([["", "a", "b"], []]);
  levels.a = [row("x"), row("y", { detail: "new" })];
  await tree.refresh();
  expect(drawn()).toEqual(["a"]);
  expect((await tree.getChildren(a))?.map(({ row: { key, detail } }) => `${key} ${detail}`)).toEqual([
    "x undefined",
    "y new",
  ]);
});

test("what is closed is looked at when it opens again, and not for its plan", async () => {
  const { tree, levels, asked, drawn, hidden } = rig({ ...LEVELS });
  const a = await openPath(tree, "a");
  expect(hidden()).toBe(1);
  tree.closed(a);
  expect(hidden()).toBe(0);
  asked();
  levels.a = [row("w")];
  await tree.refresh();
  expect([asked(), drawn()]).toEqual([[""], []]);
  tree.opened(a);
  await new Promise(setImmediate);
  expect([asked(), drawn()]).toEqual([["a"], ["a"]]);
});

test("a row that went takes its levels along", async () => {
  const { tree, levels, asked } = rig({ ...LEVELS });
  await openPath(tree, "a");
  levels[""] = [row("b", { opens: true })];
  asked();
  await tree.refresh();
  expect(asked()).toEqual([""]);
});

test("calls that come while it looks are gathered, and the filter goes along", async () => {
  const { tree, asked } = rig({ ...LEVELS });
  await tree.getChildren();
  asked();
  await Promise.all([tree.refresh(), tree.refresh(), tree.setFilter("dd"), tree.refresh()]);
  expect(asked().length).toBeLessThanOrEqual(2);
  await tree.refresh();
  expect(asked()).toEqual([' "dd"']);
});

test.each<[number | undefined, boolean]>([
  [1, true],
  [20, true],
  [21, false],
  [0, false],
  [undefined, false],
])("a closed row with %j matches below it is opened by the filter: %j", async (matches, isOpened) => {
  const { tree } = rig({
    "": [row("a", { opens: true, ...(matches === undefined ? {} : { matches }) })],
    a: [row("x")],
  });
  await tree.getChildren();
  const keys = async () => (await tree.setFilter("x")).map((node) => node.row.key);
  expect(await keys()).toEqual(isOpened ? ["a"] : []);
  await openPath(tree, "a");
  expect(await keys()).toEqual([]);
});
