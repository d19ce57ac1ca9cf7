/**
 * Neovim without a screen, set up by the very snippets of server/EDITORS.md, against a sandbox. Skipped where there is no
 * `nvim`. Ends with "N passed, N failed".
 */

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { createInterface } from "node:readline";

const root = resolve(import.meta.dirname, "../..");
const CLI = join(root, "dist/cli.js");
const LIMIT_MS = 150_000;

const FILES = {
  "accessmap.yaml": `version: 1
project: acme-access
directories:
  okta: { type: okta, domain: acme.okta.com, groups: "dd-*" }
organizations:
  prod: { site: datadoghq.eu, id: 0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005, directory: okta }
`,
  "first.accessmap.yaml": `organization: prod
bundles:
  engineer: { roles: [Engineer], teams: [engineering] }
mappings:
  - group: dd-sre
    bundles: [engineer]
    reason: nights # quarterly review
    roles: [SREE]
  - group: dd-pay
`,
  "other.accessmap.yaml": "organization: prod\nmappings:\n  - group: dd-engineering\n    bundles: [engineer]\n",
};

const found = spawnSync("nvim", ["--version"], { encoding: "utf8" });
if (found.status !== 0) {
  console.log("Neovim: skipped, there is no nvim here");
  console.log("0 passed, 0 failed");
  process.exit(0);
}
console.log(`Neovim: ${found.stdout.split("\n")[0]}`);

const scratch = mkdtempSync(join(tmpdir(), "accessmap-neovim-"));
const sandbox = spawn(process.execPath, [CLI, "sandbox", "--json"], { stdio: ["pipe", "pipe", "inherit"] });
try {
  const { environment } = JSON.parse(await firstLine(sandbox.stdout));
  const { passed, failed } = await runSteps(environment);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  sandbox.stdin.end();
  rmSync(scratch, { recursive: true, force: true });
}

/** Neovim in a home of its own, with `accessmap` on its path as a user would have it. */
async function runSteps(environment) {
  const [project, bin] = [join(scratch, "project"), join(scratch, "bin")];
  for (const folder of [project, bin]) mkdirSync(folder);
  for (const [file, text] of Object.entries(FILES)) writeFileSync(join(project, file), text);
  symlinkSync(CLI, join(bin, "accessmap"));
  const init = join(scratch, "init.lua");
  writeFileSync(init, documentedSetUp());
  const own = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(XDG_|NVIM|VIM|ACCESSMAP_)/.test(name)),
  );
  const env = { ...own, ...environment, HOME: scratch, PATH: `${bin}${delimiter}${process.env.PATH}` };
  const args = [
    "--headless",
    "-n",
    "-i",
    "NONE",
    "-u",
    init,
    "first.accessmap.yaml",
    "-S",
    join(import.meta.dirname, "steps.lua"),
  ];
  const child = spawn("nvim", args, { cwd: project, env, stdio: ["ignore", "pipe", "inherit"] });
  const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  let [passed, failed] = [0, 0];
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(`  ${line}`);
    if (line.startsWith("ok ")) passed++;
    if (line.startsWith("failed ")) failed++;
  }
  clearTimeout(timer);
  const expected = readFileSync(join(import.meta.dirname, "steps.lua"), "utf8").match(/^ {2}\{ "/gm).length;
  if (passed + failed < expected) {
    console.log(`  failed: Neovim ended after ${passed + failed} of ${expected} steps`);
    failed++;
  }
  return { passed, failed };
}

/** The Lua of the section about Neovim. */
function documentedSetUp() {
  const text = readFileSync(join(root, "server/EDITORS.md"), "utf8");
  const section = /^## Neovim\n([\s\S]*?)^## /m.exec(text)?.[1] ?? "";
  const snippets = [...section.matchAll(/```lua\n([\s\S]*?)```/g)].map(([, lua]) => lua);
  if (snippets.length === 0) throw new Error("server/EDITORS.md shows no set-up for Neovim");
  return snippets.join("\n");
}

async function firstLine(input) {
  for await (const line of createInterface({ input })) return line;
  throw new Error("the sandbox has ended");
}
