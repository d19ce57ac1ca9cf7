/** The slimmed Datadog client reads every answer exactly as the whole one does, and is small. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
// @ts-expect-error: build scripts are plain JavaScript
import { slimDatadog } from "../../server/scripts/slimDatadog.mjs";
import * as whole from "../../server/src/connectors/datadog/api.ts";
import { bench, json, NEVER } from "../http/support.ts";
import { type Answer, callFor, OWN_ANSWERS, recordedAnswers } from "./answers.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const ADDRESS = { connection: "prod", origin: "https://api.datadoghq.eu", use: "read" } as const;
const folder = mkdtempSync(join(tmpdir(), "accessmap-slim-"));
const BANNER = "import{createRequire as slimRequire}from'node:module';const require=slimRequire(import.meta.url);";

type Client = Pick<typeof whole, "createDatadogApi" | "createDatadogWriteApi">;

let slim: { load(): Promise<Client> };

beforeAll(async () => {
  const entry = join(folder, "entry.ts");
  const api = JSON.stringify(join(ROOT, "server/src/connectors/datadog/api.ts"));
  writeFileSync(entry, `export const load = () => import(${api});`);
  await build({
    absWorkingDir: ROOT,
    entryPoints: { main: entry },
    outdir: join(folder, "out"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    format: "esm",
    splitting: true,
    platform: "node",
    target: "node20.19",
    logLevel: "silent",
    banner: { js: BANNER },
    plugins: [slimDatadog()],
  });
  slim = await import(pathToFileURL(join(folder, "out/main.mjs")).href);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const recorded = recordedAnswers();
if (recorded.length === 0) console.warn("ACCESSMAP_VENDOR is not set: recorded answers are not compared, our own are");

/** What a client sends, and makes of the answer, as text: values, additional properties and marks of what it could not parse. */
async function readWith({ createDatadogApi, createDatadogWriteApi }: Client, answer: Answer): Promise<string> {
  const { http, sent } = bench(() => json(answer.body));
  const api = { ...createDatadogApi(http, ADDRESS, NEVER), ...createDatadogWriteApi(http, ADDRESS, NEVER) };
  const value = await callFor(answer)
    ?.run(api)
    .catch((error: unknown) => `failed: ${String(error)}`);
  return `${JSON.stringify(value, undefined, 1)}\n${sent.map(({ method, url, body }) => `${method} ${url} ${body}`).join("\n")}`;
}

describe("the same answer, read by both", () => {
  test.each(
    [...OWN_ANSWERS, ...recorded].map(
      (answer) => [`${answer.method} ${answer.path} (${answer.origin})`, answer] as const,
    ),
  )("%s", async (_, answer) => {
    const expected = await readWith(whole, answer);
    expect(await readWith(await slim.load(), answer)).toBe(expected);
    expect(expected).not.toMatch(/^"failed/);
  });
});

test("the start loads none of it, and all of it stays small", () => {
  const sizes = readdirSync(join(folder, "out")).map(
    (file) => [file, statSync(join(folder, "out", file)).size] as const,
  );
  expect(sizes.find(([file]) => file === "main.mjs")?.[1]).toBeLessThan(1000);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  console.log(`slim Datadog client: ${Math.round(total / 1024)} KiB minified`);
  expect(total).toBeLessThan(200 * 1024);
});

test("it prints nothing, even when DEBUG is set", () => {
  const entry = pathToFileURL(join(folder, "out/main.mjs")).href;
  const script = `const { createDatadogApi } = await (await import(${JSON.stringify(entry)})).load();
    const json = { data: [{ type: "odd" }] };
    const http = { sendJson: async () => ({ status: 200, headers: {}, body: JSON.stringify(json), json }) };
    await createDatadogApi(http, ${JSON.stringify(ADDRESS)}, {}).readPermissions();`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    env: { ...process.env, DEBUG: "1" },
  });
  expect({ stdout, stderr, status }).toEqual({ stdout: "", stderr: "", status: 0 });
});
