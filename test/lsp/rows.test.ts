/** `accessmap/rows`: levels from the open text, plans only for who opens them, journals from disk, and news of changes. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  type RowsParams,
  type RowsResult,
  rowsChangedNotification,
  rowsRequest,
} from "../../server/src/lsp/protocol.ts";
import { liveReasons } from "../../server/src/workspace/noPlan.ts";
import { openWithLive } from "./live.ts";
import { openSession, PROJECT, type TestSession } from "./support.ts";

const FILE = "a.accessmap.yaml";
const TEXT = "mappings:\n  - group: dd-sre\n    roles: [SRE]\n";
const LIVE = `
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [SRE]
accounts: [ana]
`;
const PROD = "organization prod";

async function openView(changes?: Parameters<typeof openWithLive>[1]): Promise<TestSession> {
  const files = { "accessmap.yaml": PROJECT, [FILE]: TEXT };
  return openSession({ files, open: openWithLive(LIVE, changes) });
}

async function rowsOf(session: TestSession, params: RowsParams): Promise<RowsResult> {
  return session.client.sendRequest<RowsResult>(rowsRequest, { folder: session.folder, ...params });
}

async function labels(
  session: TestSession,
  path: readonly string[],
  more: RowsParams = {},
): Promise<readonly string[]> {
  const { rows } = await rowsOf(session, { path, ...more });
  return rows.map(({ label, detail }) => `${label}${detail === undefined ? "" : ` | ${detail}`}`);
}

test("rows follow the open text, and lead to its lines", async () => {
  const session = await openView();
  expect(await labels(session, [])).toEqual(["prod | datadoghq.eu"]);
  session.open(FILE, `# moved\n${TEXT}`);
  const { rows } = await rowsOf(session, { path: [PROD, "groups"] });
  expect(rows).toMatchObject([{ label: "dd-sre", place: { uri: session.uri(FILE), line: 2, character: 11 } }]);
  expect(await labels(session, [PROD, "groups"], { filter: "nobody" })).toEqual([]);
  expect(await labels(session, ["organization other"])).toEqual([]);
  expect((await rowsOf(session, { folder: "/elsewhere", path: [PROD] })).rows).toEqual([]);
});

test("a plan is made for whoever opens it, and for nobody who looks again", async () => {
  let made = 0;
  const failure = { kind: "unreachable", system: "okta", message: "okta cannot be reached" } as const;
  const session = await openView(() => ({
    async makePlan() {
      made++;
      return { noPlan: liveReasons([failure]) };
    },
  }));
  expect((await labels(session, [PROD])).join("; ")).toContain("Pending Changes | planned when opened");
  expect(await labels(session, [PROD, "changes"])).toEqual(["Not planned; plan again to see what is pending"]);
  expect(made).toBe(0);
  const told = "No plan without live data: okta: okta cannot be reached";
  expect(await labels(session, [PROD, "changes"], { isOpening: true })).toEqual([told]);
  expect(await labels(session, [PROD, "changes"])).toEqual([told]);
  expect(made).toBe(1);
  expect((await labels(session, [PROD])).join("; ")).toContain("Pending Changes | could not be planned");
});

test("journals are read from the project's folder", async () => {
  const session = await openView();
  expect(await labels(session, [PROD, "journal"])).toEqual(["Nothing was pushed from this folder yet"]);
  const folder = join(session.folder, ".accessmap/journal");
  mkdirSync(folder, { recursive: true });
  const start = (name: string) => ({
    at: "2026-11-23T12:00:00.000Z",
    event: "start",
    text: "Begins",
    fingerprint: "f",
    organization: { name, id: "o", site: "datadoghq.eu" },
    steps: 2,
    waivers: [],
  });
  writeFileSync(join(folder, "20261123T120000000Z-prod-f.jsonl"), `${JSON.stringify(start("prod"))}\n`);
  writeFileSync(join(folder, "20261123T120000001Z-stage-f.jsonl"), `${JSON.stringify(start("stage"))}\n`);
  writeFileSync(join(folder, "20261123T120000002Z-prod-g.jsonl"), "no journal\n\n");
  expect(await labels(session, [PROD, "journal"])).toEqual(["2026-11-23 12:00 UTC | 0 of 2 steps done · interrupted"]);
  expect(await labels(session, [PROD, "journal", "../../accessmap.yaml"])).toEqual([]);
});

test("changes are told once somebody asked for rows", async () => {
  const session = await openView();
  let told = 0;
  session.client.onNotification(rowsChangedNotification, () => {
    told++;
  });
  session.open(FILE, TEXT);
  await session.diagnostics(FILE);
  expect(told).toBe(0);
  await rowsOf(session, { path: [] });
  session.replace(FILE, 2, `${TEXT}#\n`);
  await expect.poll(() => told, { timeout: 20_000 }).toBeGreaterThan(0);
});
