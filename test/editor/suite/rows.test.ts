/** Commands of the activity view's rows, as a key that somebody bound to them runs them: without a row. */

import assert from "node:assert/strict";
import { commands, window } from "vscode";
import { activate, untilRead } from "./support.ts";

const activeTab = () => window.tabGroups.activeTabGroup.activeTab?.label ?? "";
const isAnswer = (title: string) => /^\S+ in prod$/.test(title);

describe("rows", () => {
  it("act on the selected row, and say so where it is none of theirs", async () => {
    const api = await activate();
    await untilRead(api);
    const told: string[] = [];
    api.dialogs.tell = (_, message) => told.push(message);
    await commands.executeCommand("accessmap.access.focus");
    const select = async (...moves: readonly string[]) => {
      for (const move of ["focusFirst", ...moves, "select"]) await commands.executeCommand(`list.${move}`);
      await commands.executeCommand("accessmap.access.focus");
    };
    await select();
    await commands.executeCommand("accessmap.row.showGroup");
    assert.deepEqual(told, ["Select a row of the Access view first, one whose menu offers this command."]);
    // Children come when they come; until then the row below is another.
    for (let tries = 20; tries > 0 && !isAnswer(activeTab()); tries--) {
      await select("focusDown", "expand", "focusDown");
      await commands.executeCommand("accessmap.row.showGroup");
    }
    assert.ok(isAnswer(activeTab()), activeTab());
  });
});
