/** Dry Run and Sync against the sandbox, checked behind its back. Order matters here. */

import assert from "node:assert/strict";
import { commands, window, workspace } from "vscode";
import type { ApplyResult, PlanResult } from "../../../server/src/lsp/protocol.ts";
import { activate, log, sandboxState, until, untilRead } from "./support.ts";

describe("pushing", () => {
  let before: string;

  it("Dry Run opens a plan with people and permissions", async () => {
    await untilRead(await activate());
    before = await sandboxState();
    const plan = await commands.executeCommand<PlanResult>("accessmap.dryRun");
    assert.ok(plan && !plan.isEmpty);
    const document = window.activeTextEditor?.document;
    assert.equal(document?.uri.path, "/Plan: prod");
    assert.equal(document?.languageId, "accessmap-plan");
    const text = document?.getText() ?? "";
    assert.match(text, /@acme\.com/);
    assert.match(text, /[a-z]+_[a-z_]+ \((low|medium|high|critical)\)/);
    assert.equal(await sandboxState(), before, "a dry run changes nothing");
  });

  it("the plan cannot be edited", async () => {
    const plan = workspace.textDocuments.find((document) => document.uri.scheme === "accessmap-plan");
    assert.ok(plan);
    assert.equal(workspace.fs.isWritableFileSystem(plan.uri.scheme), undefined);
  });

  it("Sync asks, and does nothing when declined", async () => {
    const api = await activate();
    const asked: string[] = [];
    api.dialogs.confirm = async (title, detail, button) => {
      asked.push(`${title} | ${detail} | ${button}`);
      return false;
    };
    assert.equal(await commands.executeCommand("accessmap.sync"), undefined);
    log(asked.join("\n"));
    assert.equal(asked.length, 1);
    assert.match(asked[0] ?? "", /^Sync .+\? \| .*\d.* \| Sync /s);
    assert.equal(await sandboxState(), before);
  });

  it("Sync asks nothing about text that is in no file of the project", async () => {
    const api = await activate();
    const asked: string[] = [];
    api.dialogs.confirm = async (title) => {
      asked.push(title);
      return false;
    };
    const scratch = await workspace.openTextDocument({
      language: "accessmap",
      content: "mappings: [{ group: nobody }]",
    });
    assert.ok(scratch.isDirty);
    try {
      await commands.executeCommand("accessmap.sync");
      assert.deepEqual(asked, ["Sync Acme Production in Datadog?"]);
    } finally {
      await window.showTextDocument(scratch);
      await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    }
  });

  it("Sync changes Datadog when confirmed", async () => {
    const api = await activate();
    api.dialogs.confirm = async () => true;
    const result = await commands.executeCommand<ApplyResult>("accessmap.sync");
    assert.ok(result, "Sync was refused");
    log(result.message);
    assert.equal(result.failed, 0);
    assert.ok(result.done > 0);
    assert.notEqual(await sandboxState(), before);
  });

  it("a second Dry Run has nothing left to do", async () => {
    const plan = await commands.executeCommand<PlanResult>("accessmap.dryRun");
    assert.equal(plan?.isEmpty, true, plan?.text);
    // What the sample's files ask for in vain, such as a group that does not exist, stays held back.
    const text = () => window.activeTextEditor?.document.getText() ?? "";
    await until("the new plan", () => /^No changes(\.|; \d+ things? held back\.)/m.test(text()), text);
  });

  it("Refresh reads the systems again", async () => {
    const api = await activate();
    await untilRead(api);
    const first = api.projects.systems().map(({ asOf }) => asOf);
    await commands.executeCommand("accessmap.refresh");
    await untilRead(api);
    const second = api.projects.systems().map(({ asOf }) => asOf);
    assert.equal(second.length, 2);
    assert.ok(
      second.every((asOf, index) => (asOf ?? "") > (first[index] ?? "")),
      `${first} then ${second}`,
    );
  });
});
