/** Live data over time: what a failed, cancelled, repeated or late read leaves behind, and how it heals. */

// Loaded beforehand: what the first read loads would count as the first test's time.
import "../../../server/src/connectors/datadog/api.ts";
import "../../../server/src/connectors/datadog/connector.ts";
import "../../../server/src/connectors/okta/connector.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Failure } from "../../../server/src/core/model/knowledge.ts";
import { findings, groupOf, openDesk, PROJECT, statusOf, type Trouble, unauthorized } from "../support.ts";

const gone: Trouble = ({ credential }): Failure => ({
  kind: "unreachable",
  system: credential?.connection ?? "?",
  message: "the network is gone",
});

const TROUBLES: readonly (readonly [string, Trouble, Failure["kind"]])[] = [
  ["a 401 after success", unauthorized, "denied"],
  ["the network gone", gone, "unreachable"],
  [
    "members refused, groups not",
    ({ url }) => (url.includes("/users") ? { ...unauthorized(), status: 403 } : undefined),
    "denied",
  ],
];

test.each(TROUBLES)(
  "%s: the last good data stays, proves nothing, and heals by itself",
  async (_, trouble, kind) => {
    const desk = await openDesk();
    const workspace = await desk.open();
    await workspace.refresh("start");
    const before = groupOf(workspace);
    expect(before).toMatchObject({ group: "present", isWhole: true });
    expect(findings(workspace)).toContain("ref/unknown-group");
    const { asOf } = statusOf(workspace, "okta");

    desk.pass(5);
    desk.trouble = trouble;
    await workspace.refresh("focus");
    expect(groupOf(workspace)).toEqual({ ...before, isWhole: false });
    expect(statusOf(workspace, "okta")).toMatchObject({ state: "failed", failure: { kind } });
    if (kind === "unreachable") {
      expect(statusOf(workspace, "okta").asOf).toBe(asOf);
      expect(findings(workspace)).not.toContain("ref/unknown-group");
    }

    desk.trouble = undefined;
    await workspace.refresh("focus");
    expect(groupOf(workspace)).toEqual(before);
    expect(statusOf(workspace, "okta").state).toBe("fresh");
    expect(findings(workspace)).toContain("ref/unknown-group");
  },
  20_000,
);

test("a listener that throws takes neither the read nor the other listeners with it", async () => {
  const desk = await openDesk();
  const workspace = await desk.open();
  const heard: string[] = [];
  workspace.onDidChange(() => {
    throw new Error("broken on purpose");
  });
  workspace.onDidChange((what) => heard.push(what));
  await workspace.refresh("start");
  expect(statusOf(workspace, "okta").state).toBe("fresh");
  expect(heard).toContain("live");
});

test("a laptop that slept: what was read long ago still shows, and proves nothing until it is read again", async () => {
  const desk = await openDesk();
  const workspace = await desk.open();
  await workspace.refresh("start");
  const first = workspace.snapshot();
  desk.pass(9);
  expect([statusOf(workspace, "okta").state, workspace.snapshot()]).toEqual(["fresh", first]);
  desk.pass(2);
  expect([statusOf(workspace, "okta").state, workspace.snapshot()]).toEqual(["stale", first]);
  expect(findings(workspace)).toContain("ref/unknown-group");
  desk.pass(8 * 60);
  expect(groupOf(workspace)).toMatchObject({ group: "present", isWhole: false });
  expect(findings(workspace)).not.toContain("ref/unknown-group");
  expect(statusOf(workspace, "okta").failure).toBeUndefined();
  await workspace.refresh("focus");
  expect(findings(workspace)).toContain("ref/unknown-group");
});

test("a read that was called off changes nothing", async () => {
  const desk = await openDesk();
  const workspace = await desk.open();
  await workspace.refresh("start");
  const first = workspace.snapshot();
  const stop = new AbortController();
  desk.trouble = () => {
    stop.abort();
    return undefined;
  };
  await workspace.refresh("command", stop.signal);
  expect([workspace.snapshot(), statusOf(workspace, "okta").state]).toEqual([first, "fresh"]);
});

test("two that ask at once cause one read; who asks while somebody calls off gets an answer all the same", async () => {
  const desk = await openDesk();
  const workspace = await desk.open();
  await Promise.all([workspace.refresh("one"), workspace.refresh("two")]);
  expect(desk.sent.filter(({ url }) => /okta.com\/api\/v1\/groups\?/.test(url))).toHaveLength(1);

  const stop = new AbortController();
  const called = workspace.refresh("called off", stop.signal);
  const patient = workspace.refresh("patient");
  stop.abort();
  await Promise.all([called, patient]);
  expect(desk.log.findLast((line) => line.startsWith("okta: read"))).toMatch(/\(patient\) complete; \d+ requests/);
});

test("a group that is mapped while a read is under way is read after it", async () => {
  const desk = await openDesk();
  const workspace = await desk.open();
  const early = workspace.refresh("start");
  workspace.setEditorText("a.accessmap.yaml", "mappings:\n  - group: dd-security\n    roles: [SRE]\n");
  await Promise.all([early, workspace.refresh("save")]);
  expect(groupOf(workspace)).toMatchObject({ group: "present", isWhole: true });
});

test("another domain under the same name shows nothing of the former one", async () => {
  const desk = await openDesk();
  const workspace = await desk.open();
  await workspace.refresh("start");
  writeFileSync(join(desk.folder, "accessmap.yaml"), PROJECT.replace("acme.okta.com", "other.okta.com"));
  await workspace.diskChanged("accessmap.yaml");
  expect([groupOf(workspace).group, statusOf(workspace, "okta").state]).toEqual(["unknown", "never"]);
  writeFileSync(join(desk.folder, "accessmap.yaml"), PROJECT);
  await workspace.diskChanged("accessmap.yaml");
  expect(groupOf(workspace).group).toBe("present");
});

test("a plan rests on its own read, not on what was known before", async () => {
  const desk = await openDesk();
  const workspace = await desk.open();
  await workspace.refresh("start");
  expect(await workspace.makePlan("prod")).toHaveProperty("sealed");
  desk.trouble = gone;
  const attempt = await workspace.makePlan("prod");
  expect("noPlan" in attempt && attempt.noPlan).toMatchObject({ cause: "live", what: "without live data" });
}, 20_000);
