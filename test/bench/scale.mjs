/** Loads 100,000 groups and 100,000 people into a language server: its peak memory, and how long it kept an editor waiting. Needs a build. */

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";

const ROOT = resolve(import.meta.dirname, "../..");
const [GROUPS, PEOPLE, MAPPED, LIMIT_MB] = [100_000, 100_000, 20, 300];
const TICK_MS = 5;

const scratch = mkdtempSync(join(tmpdir(), "accessmap-scale-"));
const folder = join(scratch, "project");
const storage = join(scratch, "storage");
mkdirSync(folder);
writeFileSync(
  join(folder, "accessmap.yaml"),
  "version: 1\nproject: scale\ndirectories: { okta: { type: okta, domain: acme.okta.com } }\norganizations: { prod: { site: datadoghq.eu, directory: okta } }\n",
);
const mappings = `mappings:\n${Array.from({ length: MAPPED }, (_, i) => `  - group: dd-group-${i}\n    roles: [SRE]\n`).join("")}`;
writeFileSync(join(folder, "a.accessmap.yaml"), mappings);

/** Runs in a process of its own, so that making the data costs the measured one nothing. */
async function makeInventory() {
  const program = join(scratch, "make.mjs");
  await build({
    stdin: {
      resolveDir: ROOT,
      loader: "ts",
      contents: `
        import { readFileSync } from "node:fs";
        import { readProject } from "./server/src/core/syntax/readProject.ts";
        import { openInventoryCache } from "./server/src/store/inventoryCache.ts";
        import { systemsOf } from "./server/src/workspace/live/systems.ts";
        const asOf = new Date().toISOString();
        const known = (items) => ({ state: "known", complete: true, items: new Map(items), asOf, source: "okta" });
        const id = (kind, i) => kind + String(i).padStart(17, "0");
        const groups = known(Array.from({ length: ${GROUPS} }, (_, i) => [id("00g", i), { id: id("00g", i), name: "dd-group-" + i, kind: "static", memberCount: 5 }]));
        const person = (i) => [id("00u", i), { id: id("00u", i), login: "person" + i + "@acme.com", email: "person" + i + "@acme.com", name: "Person Number " + i, state: "active" }];
        const each = ${PEOPLE} / ${MAPPED};
        const members = new Map(Array.from({ length: ${MAPPED} }, (_, g) => [id("00g", g), known(Array.from({ length: each }, (_, i) => person(g * each + i)))]));
        const [okta] = systemsOf(readProject("accessmap.yaml", readFileSync(${JSON.stringify(join(folder, "accessmap.yaml"))}, "utf8")).content);
        const cache = openInventoryCache({ folder: ${JSON.stringify(join(storage, "inventories"))}, project: ${JSON.stringify(folder)}, now: () => asOf, log: console.error });
        await cache.save(okta.key, { name: "okta", kind: "okta", groups, named: new Map(), members });`,
    },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: program,
    logLevel: "error",
    banner: { js: "import{createRequire as r}from'node:module';const require=r(import.meta.url);" },
  });
  await new Promise((done, fail) =>
    spawn(process.execPath, [program], { stdio: "inherit" }).on("close", (code) =>
      code === 0 ? done() : fail(new Error(`making data: ${code}`)),
    ),
  );
}

/** Peak resident memory of a process in megabytes; Linux tells, other systems do not. */
function peakOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

async function measure() {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(DD_|OKTA_|ACCESSMAP_)/.test(name)),
  );
  const child = spawn(process.execPath, [join(ROOT, "dist/server.js"), "--stdio"], {
    env: clean,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const client = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const uri = pathToFileURL(join(folder, "a.accessmap.yaml")).href;
  let found = "";
  client.onNotification("accessmap/status", ({ systems }) => {
    found = systems[0]?.summary ?? "";
  });
  client.listen();
  await client.sendRequest("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "scale" }],
    capabilities: {},
    initializationOptions: { storage },
  });
  const empty = peakOf(child.pid);
  const started = performance.now();
  await client.sendNotification("initialized", {});
  await client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "accessmap", version: 1, text: mappings },
  });

  let longest = 0;
  let asked = 0;
  let loadedAfter = 0;
  const hovers = [];
  // As long as it loads and half a second beyond: what the new data sets off counts as well.
  for (let end = started + 60_000; performance.now() < end; ) {
    const at = performance.now();
    await client.sendRequest("textDocument/documentSymbol", { textDocument: { uri } });
    longest = Math.max(longest, performance.now() - at);
    asked++;
    if (loadedAfter === 0 && found.startsWith(`${GROUPS} groups`)) {
      loadedAfter = performance.now() - started;
      end = performance.now() + 1500;
    }
    await new Promise((soon) => setTimeout(soon, TICK_MS));
  }
  for (let line = 1; line <= 9; line += 2) {
    const at = performance.now();
    const hover = await client.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position: { line, character: 14 },
    });
    if (!JSON.stringify(hover).includes("dd-group-")) throw new Error(`no hover: ${JSON.stringify(hover)}`);
    hovers.push(performance.now() - at);
  }
  const peak = peakOf(child.pid);
  await client.sendRequest("shutdown");
  await client.sendNotification("exit");
  child.kill();
  return { empty, peak, longest, asked, loadedAfter, hovers };
}

try {
  await makeInventory();
  const [file] = readdirSync(join(storage, "inventories"));
  const size = statSync(join(storage, "inventories", file)).size / 1024 / 1024;
  const { empty, peak, longest, asked, loadedAfter, hovers } = await measure();
  console.log(`${GROUPS} groups and ${PEOPLE} people, ${size.toFixed(1)} MB on disk`);
  console.log(`loaded after            ${loadedAfter.toFixed(0).padStart(6)} ms`);
  console.log(
    `peak memory             ${peak.toFixed(0).padStart(6)} MB (${empty.toFixed(0)} MB before; limit ${LIMIT_MB})`,
  );
  console.log(
    `longest wait            ${longest.toFixed(0).padStart(6)} ms over ${asked} requests of ${TICK_MS} ms apart`,
  );
  console.log(`hover afterwards        ${hovers.map((ms) => ms.toFixed(0)).join(", ")} ms`);
  if (loadedAfter === 0 || peak > LIMIT_MB) process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
