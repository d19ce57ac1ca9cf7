/** Texts made to hurt, opened and typed into as mapping files: the server answers, says the same as afresh, and lives on. */

import { appendFileSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOSTILE } from "../support/hostile.ts";
import { buildServer, type ServerProcess, startServerProcess } from "./serverProcess.ts";
import { PROJECT } from "./support.ts";
import { KEYS, typeInto } from "./typing.ts";

/** Everything below goes through one process, one text after the other. */
const MOST_MB = 1_000;
const LIMIT = { timeout: 120_000 };

const folder = realpathSync(mkdtempSync(join(tmpdir(), "accessmap-bad-")));
let server: ServerProcess;

beforeAll(async () => {
  writeFileSync(join(folder, "accessmap.yaml"), PROJECT);
  server = await startServerProcess(await buildServer("bad-input"), folder);
});

afterAll(async () => {
  const peak = server.peakMemory();
  expect(await server.stop()).toBe(0);
  rmSync(folder, { recursive: true });
  if (peak !== undefined) expect(peak).toBeLessThan(MOST_MB);
});

test.each(Object.entries(HOSTILE))("%s", LIMIT, async (_, text) => {
  await typeInto(server, text, KEYS);
});

test("files that are no text, and one that grows while it is read", LIMIT, async () => {
  const bytes = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * 7919 + (i >> 8)) % 256);
  writeFileSync(join(folder, "binary.accessmap.yaml"), bytes);
  writeFileSync(join(folder, "latin.accessmap.yaml"), Uint8Array.from([0x6d, 0x3a, 0x20, 0xe9, 0xff, 0xfe, 0x0a]));
  writeFileSync(join(folder, "growing.accessmap.yaml"), "mappings:\n");
  for (const file of ["binary.accessmap.yaml", "latin.accessmap.yaml"]) server.changed(file);
  for (let round = 0; round < 200; round++) {
    appendFileSync(
      join(folder, "growing.accessmap.yaml"),
      `  - groop: g${round}\n    reason: ${"word ".repeat(200)}\n`,
    );
    server.changed("growing.accessmap.yaml");
    if (round % 20 === 0) await server.allFindings();
  }
  const wrongKeys = async () => {
    const found = (await server.allFindings()).get("growing.accessmap.yaml") ?? [];
    return found.filter(({ code }) => code === "schema/unknown-key").length;
  };
  await expect.poll(wrongKeys, { timeout: 20_000 }).toBe(200);
});
