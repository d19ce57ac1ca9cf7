/** A real editor on this machine: VS Code's server with a headless browser as its window. Both end with their caller. */

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { BROWSER, EDITOR, HOST, NODE } from "./setup.mjs";

const SERVER = join(EDITOR, "out/server-main.js");
const START_LIMIT = 60_000;
const STOP_LIMIT = 5_000;

/** A calm window: no telemetry, no updates, no side bars that nobody asked for, no pictures that move. */
const SETTINGS = {
  "chat.disableAIFeatures": true,
  "editor.cursorBlinking": "solid",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.enableExperiments": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
};

/**
 * Starts the server. `dev` makes windows load an extension under development and its tests, and hides notifications;
 * `vsix` are packaged extensions, installed as a user has them. `env` reaches the extension host. Without
 * `trusting` no workspace is trusted until somebody says so.
 */
export async function startServer({ dev = false, vsix, trusting = true, env = {}, settings = {} } = {}) {
  const data = mkdtempSync(join(tmpdir(), "accessmap-editor-"));
  mkdirSync(join(data, "data/Machine"), { recursive: true });
  writeFileSync(join(data, "data/Machine/settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
  try {
    const extensions = vsix ? install([vsix].flat()) : join(data, "extensions");
    return await launch(data, ["--server-data-dir", data, "--extensions-dir", extensions], { dev, trusting, env });
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw error;
  }
}

/** Folder of the packages as they are when installed, beside the first of them: windows only read it, so they share it. */
export function install(packages) {
  const data = `${packages[0]}.installed`;
  const extensions = join(data, "extensions");
  if (existsSync(data)) return extensions;
  mkdirSync(extensions, { recursive: true });
  for (const vsix of packages) {
    const folders = ["--server-data-dir", data, "--extensions-dir", extensions];
    const args = [SERVER, "--install-extension", vsix, "--force", ...folders];
    const { status, stdout, stderr } = spawnSync(NODE, args, { encoding: "utf8", timeout: START_LIMIT });
    if (status === 0 && stdout.includes("was successfully installed")) continue;
    rmSync(data, { recursive: true, force: true });
    throw new Error(`${vsix} was not installed: ${stdout}${stderr}`);
  }
  return extensions;
}

async function launch(data, folders, { dev, trusting, env }) {
  const args = [
    "--host",
    "127.0.0.1",
    "--port",
    "0",
    "--without-connection-token",
    "--accept-server-license-terms",
    "--telemetry-level",
    "off",
  ];
  const modes = [...(trusting ? ["--disable-workspace-trust"] : []), ...(dev ? ["--enable-smoke-test-driver"] : [])];
  // Its sockets go to the data folder; otherwise they pile up in the temporary one.
  const child = spawn(NODE, [SERVER, ...args, ...modes, ...folders], {
    env: { ...process.env, NODE_OPTIONS: "", XDG_RUNTIME_DIR: data, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const end = endGroup(child);
  const port = await portOf(child).catch(async (error) => {
    await end();
    throw error;
  });
  return {
    port,
    /** What the extension has logged so far, in all windows. */
    readLog: () => readLogs(join(data, "data/logs")),
    async stop() {
      await end();
      rmSync(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function readLogs(folder) {
  const files = readdirSync(folder, { recursive: true }).map(String);
  const ours = files.filter((file) => basename(file) === "accessmap.log");
  return ours.map((file) => readFileSync(join(folder, file), "utf8")).join("");
}

/** Ends a process with its children (extension host, language server, sandbox), which are one process group. */
export function endGroup(child) {
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  const atExit = () => kill("SIGKILL");
  process.once("exit", atExit);
  return async () => {
    const gone = child.exitCode !== null || child.signalCode !== null;
    const ended = gone ? undefined : new Promise((done) => child.once("exit", done));
    kill("SIGTERM");
    const timer = setTimeout(atExit, STOP_LIMIT);
    await ended;
    clearTimeout(timer);
    kill("SIGKILL");
    process.off("exit", atExit);
  };
}

function portOf(child) {
  return new Promise((resolvePort, reject) => {
    let log = "";
    const fail = (what) => reject(new Error(`the editor ${what}:\n${log.slice(-2000)}`));
    const timer = setTimeout(() => fail("did not start in time"), START_LIMIT);
    const read = (chunk) => {
      log += chunk;
      const port = /Extension host agent listening on (\d+)/.exec(log)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolvePort(Number(port));
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
}

/**
 * Address of a window. `folder`, or the file of a `workspace` with several, may be left out; `extension` and `tests` count only for a server started with `dev`. One that
 * `greets` shows what an editor shows its newcomers, the walkthrough of an extension that was just installed among it.
 */
export function windowUrl(port, { folder, workspace, openFile, extension, tests, greets = false } = {}) {
  const remote = (path) => `vscode-remote://127.0.0.1:${port}${resolve(path)}`;
  const payload = [
    ...(greets ? [] : [["skipWelcome", "true"]]),
    ["skipReleaseNotes", "true"],
    ...(openFile ? [["openFile", remote(openFile)]] : []),
    ...(extension ? [["extensionDevelopmentPath", remote(extension)]] : []),
    ...(tests ? [["extensionTestsPath", remote(tests)]] : []),
  ];
  const shown = folder ? { folder: remote(folder) } : workspace ? { workspace: remote(workspace) } : { ew: "true" };
  const query = new URLSearchParams(shown);
  query.set("payload", JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query}`;
}

/** A headless browser; `CHROMIUM_PATH` names another than the one in the host. */
export async function startBrowser() {
  const { chromium } = createRequire(join(HOST, "package.json"))("playwright-core");
  const own = process.env.CHROMIUM_PATH;
  return chromium.launch({
    executablePath: own ?? join(BROWSER, "chromium"),
    args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
    timeout: START_LIMIT,
    env: own ? process.env : browserEnvironment(),
  });
}

/** The browser brings its NSS libraries, and fonts for a machine that has none: without any it ends at the first text. */
function browserEnvironment() {
  const libraries = [join(BROWSER, "al2023/lib"), process.env.LD_LIBRARY_PATH].filter(Boolean).join(":");
  const fonts = hasFonts() ? {} : { FONTCONFIG_PATH: join(BROWSER, "fonts") };
  return { ...process.env, LD_LIBRARY_PATH: libraries, ...fonts };
}

function hasFonts() {
  return ["/usr/share/fonts", "/usr/local/share/fonts"].some(
    (folder) =>
      existsSync(folder) &&
      readdirSync(folder, { recursive: true }).some((file) => /\.(ttf|otf|ttc)$/i.test(String(file))),
  );
}
