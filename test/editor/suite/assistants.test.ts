/** The tools that the editor offers to language models: asked as the editor's chat would ask them. */

import assert from "node:assert/strict";
import { CancellationTokenSource, LanguageModelTextPart, lm } from "vscode";
import { activate, untilRead } from "./support.ts";

describe("assistants", () => {
  before(async () => untilRead(await activate()));

  it("finds all tools, each with words and parameters", () => {
    const tools = lm.tools.filter(({ name }) => name.startsWith("accessmap_")).map(({ name }) => name);
    assert.deepEqual(tools.sort(), [
      "accessmap_escalation",
      "accessmap_explain_person",
      "accessmap_plan",
      "accessmap_simulate_login",
      "accessmap_what_if",
      "accessmap_who_can",
    ]);
  });

  it("counts people, and names none unless the policy lets it", async () => {
    const text = await invoke("accessmap_who_can", { permission: "logs_delete_data" });
    assert.match(text, /logs_delete_data/);
    assert.match(text, /\d+ (person|people)/);
    assert.doesNotMatch(text, /\w@acme\.com/);
    await assert.rejects(invoke("accessmap_explain_person", { person: "ana@acme.com" }), /policy\.assistants/);
  });

  it("plans without pushing", async () => {
    const text = await invoke("accessmap_plan", {});
    assert.match(text, /^Plan for /);
    assert.doesNotMatch(text, /\w@acme\.com/);
  });
});

async function invoke(name: string, input: object): Promise<string> {
  const { token } = new CancellationTokenSource();
  const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
  return content.map((part) => (part instanceof LanguageModelTextPart ? part.value : "")).join("");
}
