/** The access map's requests against the sandbox: every view, its files, and what they say when there is nothing. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { MapParams, MapResult } from "../../server/src/lsp/protocol/accessMap.ts";
import type { PlanResult } from "../../server/src/lsp/protocol.ts";
import { openOnSandbox } from "./sandboxSession.ts";
import { openSession, PROJECT } from "./support.ts";

test("every view, and its files", { timeout: 60_000 }, async () => {
  const { client, folder } = await openOnSandbox();
  const scratch = mkdtempSync(join(tmpdir(), "accessmap-map-"));
  onTestFinished(() => rmSync(scratch, { recursive: true }));
  const params = (view: MapParams["view"], filter = ""): MapParams => ({
    organization: "prod",
    folder,
    view,
    by: "sensitivity",
    filter,
  });
  const ask = (what: MapParams) => client.sendRequest<MapResult>("accessmap/map", what);

  const groups = await ask(params("groups"));
  expect(groups.about).toMatch(/^Acme Production \(datadoghq\.eu\), oldest read .+, just now\.$/);
  expect(groups.heat?.rows[0]).toMatchObject({ name: "dd-engineering", people: { state: "exact", people: 138 } });
  expect((await ask(params("flow", "platform"))).flow?.svg).toMatch(/^<svg .*data-file="access\/platform/);
  expect((await ask(params("person", "haruki"))).people).toContain("haruki.larkwell@acme.com");
  expect((await ask(params("person", "haruki.larkwell@acme.com"))).flow?.title).toBe(
    "haruki.larkwell@acme.com in prod",
  );
  expect((await ask(params("person", "nobody@else"))).problem).toBe("Nobody is called so");
  expect((await ask(params("plan"))).problem).toContain("There is no plan yet");
  await expect(
    client.sendRequest("accessmap/exportMap", { ...params("plan"), format: "svg", path: join(scratch, "x.svg") }),
  ).rejects.toThrow(/no plan yet/);
  const plan = await client.sendRequest<PlanResult>("accessmap/plan", params("plan"));
  expect((await ask({ ...params("plan"), fingerprint: plan.fingerprint })).plan?.rows.length).toBeGreaterThan(10);

  for (const [view, format, start] of [
    ["groups", "svg", /^<svg /],
    ["groups", "csv", /^\uFEFFgroup,people,note,place,critical people/],
    ["flow", "csv", /^\uFEFFgroup,people,kind/],
    ["plan", "svg", /^<svg /],
    ["plan", "csv", /^\uFEFFkind,name,before/],
  ] as const) {
    const path = join(scratch, `${view}.${format}`);
    expect(await client.sendRequest("accessmap/exportMap", { ...params(view), format, path })).toBeNull();
    expect(readFileSync(path, "utf8")).toMatch(start);
  }
});

test("before anything was read, nothing is a number", async () => {
  const { client, folder } = await openSession({
    files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": "mappings:\n  - { group: dd-sre, roles: [SRE] }\n" },
  });
  const { heat } = await client.sendRequest<MapResult>("accessmap/map", {
    organization: "prod",
    folder,
    view: "groups",
  });
  const [row] = heat?.rows ?? [];
  expect(row?.people.state).toBe("unknown");
  expect(row?.cells.map(({ gives }) => gives)).toEqual(["unknown", "unknown", "unknown", "unknown"]);
});
