/** Keys and the audit trail: asked for once a day, quietly, and only where the key in use may see them. */

import { expect, test } from "vitest";
import { isComplete } from "../../../server/src/core/model/knowledge.ts";
import type { Workspace } from "../../../server/src/workspace/workspace.ts";
import { type Desk, openDesk, statusOf, type Trouble } from "../support.ts";

const EXTRAS = /\/api\/v2\/(api_keys|application_keys|personal_access_tokens|audit)/;
const DAY = 24 * 60;

const askedOf = (desk: Desk) => desk.sent.filter(({ url }) => EXTRAS.test(url)).length;
const targetOf = (workspace: Workspace) => workspace.snapshot().targets.get("prod");
const refusing =
  (status: number, kind: "denied" | "unreachable"): Trouble =>
  ({ url, credential }) =>
    EXTRAS.test(url) ? { kind, status, system: credential?.connection ?? "", message: "no keys today" } : undefined;

async function read() {
  const desk = await openDesk();
  const workspace = await desk.open();
  return { desk, workspace, refresh: () => workspace.refresh("focus") };
}

test("the first read asks, the next ones of the day do not, and what was read stays", async () => {
  const { desk, workspace, refresh } = await read();
  await refresh();
  expect(isComplete(targetOf(workspace)?.credentials?.applicationKeys)).toBe(true);
  expect(isComplete(targetOf(workspace)?.audit?.events)).toBe(true);
  const asked = askedOf(desk);
  desk.pass(DAY - 1);
  await refresh();
  expect(askedOf(desk)).toBe(asked);
  expect(isComplete(targetOf(workspace)?.credentials?.applicationKeys)).toBe(true);
  desk.pass(1);
  await refresh();
  expect(askedOf(desk)).toBe(2 * asked);
});

test("a plan does without", async () => {
  const { desk, workspace } = await read();
  await workspace.makePlan("prod");
  expect(askedOf(desk)).toBe(0);
});

test("a refusal is quiet, lasts for the day, and takes nothing from what was known", async () => {
  const { desk, workspace, refresh } = await read();
  await refresh();
  desk.pass(DAY);
  desk.trouble = refusing(403, "denied");
  await refresh();
  const asked = askedOf(desk);
  expect(statusOf(workspace, "prod")).toMatchObject({ state: "fresh" });
  const keys = targetOf(workspace)?.credentials?.applicationKeys;
  expect(keys).toMatchObject({ state: "known", complete: false, gap: { message: "no keys today" } });
  await refresh();
  expect(askedOf(desk)).toBe(asked);
});

test("a read that broke is tried again with the next refresh", async () => {
  const { desk, workspace, refresh } = await read();
  desk.trouble = refusing(503, "unreachable");
  await refresh();
  expect([targetOf(workspace)?.credentials, statusOf(workspace, "prod").state]).toEqual([undefined, "fresh"]);
  desk.trouble = undefined;
  await refresh();
  expect(isComplete(targetOf(workspace)?.credentials?.apiKeys)).toBe(true);
});

test("a key whose owner may see neither is not tried with them", async () => {
  const desk = await openDesk();
  const workspace = await desk.open();
  const { datadog } = desk.company;
  const reader = datadog.applicationKeys.find(({ name }) => name === "accessmap read")?.createdBy ?? "";
  const owner = datadog.users.get(reader);
  if (owner)
    owner.roleIds = [...datadog.roles.values()].filter(({ name }) => /Read Only/.test(name)).map(({ id }) => id);
  await workspace.refresh("start");
  expect([statusOf(workspace, "prod").state, askedOf(desk)]).toEqual(["fresh", 0]);
});

test("in another session what was kept proves nothing, and one refresh makes it good again without asking", async () => {
  const { desk, refresh } = await read();
  await refresh();
  const asked = askedOf(desk);
  const later = await desk.open();
  await later.refresh("start");
  expect(askedOf(desk)).toBe(asked);
  expect(isComplete(targetOf(later)?.credentials?.applicationKeys)).toBe(true);
});

test("a directory's tokens and keys as well: once a day, not for a plan, and a refusal takes nothing from what was known", async () => {
  const paths = /\/api\/v1\/(api-tokens|apps)/;
  const { desk, workspace, refresh } = await read();
  const asked = () => desk.sent.filter(({ url }) => paths.test(url)).length;
  const tokens = () => workspace.snapshot().directories.get("okta")?.credentials?.lists.get("API tokens");
  await workspace.makePlan("prod");
  expect([asked(), tokens()]).toEqual([0, undefined]);
  await refresh();
  expect(isComplete(tokens())).toBe(true);
  const once = asked();
  desk.pass(DAY - 1);
  await refresh();
  expect(asked()).toBe(once);
  desk.pass(1);
  desk.trouble = ({ url, credential }) =>
    paths.test(url)
      ? { kind: "denied", status: 403, system: credential?.connection ?? "", message: "no keys today" }
      : undefined;
  await refresh();
  expect(tokens()).toMatchObject({ state: "known", complete: false, gap: { message: "no keys today" } });
  expect(statusOf(workspace, "okta")).toMatchObject({ state: "fresh" });
  const refused = asked();
  await refresh();
  expect(asked()).toBe(refused);
});
