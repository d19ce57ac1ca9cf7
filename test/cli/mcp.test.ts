/** `accessmap mcp` as an assistant's host talks to it: lines of JSON in and out, tools that only ask. Needs `npm run build`. */

import { expect, test } from "vitest";
import { makeFolder, spawnCli } from "../support/process.ts";

const PROJECT = `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta } }
`;

/** Answers by id to messages sent in one go. */
async function talk(messages: readonly unknown[], policy = ""): Promise<ReadonlyMap<unknown, Record<string, unknown>>> {
  const folder = makeFolder({ "accessmap.yaml": PROJECT + policy, "a.accessmap.yaml": "mappings: []\n" });
  const input = messages
    .map((message) => `${typeof message === "string" ? message : JSON.stringify(message)}\n`)
    .join("");
  const run = await spawnCli(["mcp"], { cwd: folder.path, input });
  folder.remove();
  expect(run.code, run.stderr).toBe(0);
  const lines = run.stdout.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => JSON.parse(line)).map((answer) => [answer.id, answer]));
}

const call = (id: number, name: string, given: object) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name, arguments: given },
});

test("a host finds the tools, and every one of them says that it only reads", async () => {
  const answers = await talk([
    { jsonrpc: "2.0", id: 1, method: "initialize", params: { protocolVersion: "2025-03-26", capabilities: {} } },
    { jsonrpc: "2.0", method: "notifications/initialized" },
    { jsonrpc: "2.0", id: 2, method: "tools/list" },
    { jsonrpc: "2.0", id: 3, method: "resources/list" },
    "no json",
    { jsonrpc: "2.0", id: 4, method: "ping" },
  ]);
  expect(answers.get(1)).toMatchObject({
    result: { protocolVersion: "2025-03-26", serverInfo: { name: "accessmap" } },
  });
  const listed = answers.get(2) as { result: { tools: { name: string; annotations: object }[] } };
  const { tools } = listed.result;
  expect(tools.map(({ name }) => name)).toEqual([
    "who_can",
    "explain_person",
    "what_if",
    "escalation",
    "simulate_login",
    "plan",
  ]);
  for (const { annotations } of tools) expect(annotations).toMatchObject({ readOnlyHint: true });
  expect(answers.get(3)).toMatchObject({ error: { code: -32601 } });
  expect(answers.get(null)).toMatchObject({ error: { code: -32700 } });
  expect(answers.get(4)).toMatchObject({ result: {} });
});

test("people are counted, not named, unless the policy says otherwise, and gaps are told", async () => {
  const questions = [
    call(1, "who_can", { permission: "logs_delete_data" }),
    call(2, "explain_person", { person: "ana@acme.com" }),
    call(3, "what_if", { what: "joins", group: "dd-sre" }),
    call(4, "drop_everything", {}),
    call(5, "plan", {}),
  ];
  const counts = await talk(questions);
  expect(JSON.stringify(counts.get(1))).toMatch(/at least 0 people.*Not known.*DD_API_KEY/);
  expect(counts.get(2)).toMatchObject({
    result: { isError: true, content: [{ text: expect.stringMatching(/policy\.assistants/) }] },
  });
  expect(counts.get(3)).toMatchObject({ result: { isError: true } });
  expect(counts.get(4)).toMatchObject({
    result: { isError: true, content: [{ text: "There is no tool drop_everything" }] },
  });
  expect(counts.get(5)).toMatchObject({
    result: { isError: true, content: [{ text: expect.stringMatching(/^No plan without live data: .*DD_API_KEY/) }] },
  });
  const names = await talk(questions.slice(1, 2), "policy: { assistants: names }\n");
  expect(JSON.stringify(names.get(2))).toMatch(/is called/);
  const none = await talk([...questions.slice(0, 1), ...questions.slice(3)], "policy: { assistants: none }\n");
  for (const id of [1, 4, 5])
    expect(none.get(id)).toMatchObject({
      result: { isError: true, content: [{ text: expect.stringMatching(/policy\.assistants/) }] },
    });
}, 60_000);
