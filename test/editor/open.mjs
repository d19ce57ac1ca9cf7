/** `npm start`: an editor on the sample project, with a company on this machine behind it, until it is closed or interrupted. */

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { startServer, windowUrl } from "./host.mjs";
import { startSandbox, writeSample } from "./sandbox.mjs";
import { setUpHost } from "./setup.mjs";

const root = resolve(import.meta.dirname, "../..");
/** Has findings to look at. */
const FIRST_FILE = "access/platform.accessmap.yaml";

const sandbox = await startSandbox();
const sample = writeSample();
const desktop = process.env.VSCODE_EXECUTABLE ?? findDesktop();
try {
  if (desktop) await openDesktop(desktop);
  else await openInBrowser();
} finally {
  await sandbox.stop();
  sample.remove();
}

/** VS Code of this machine in a profile of its own: nothing of the user's set-up is touched. */
async function openDesktop(executable) {
  const profile = mkdtempSync(join(tmpdir(), "accessmap-code-"));
  console.log(`Opening ${executable} on ${sample.folder}; close its window to end.`);
  const args = [
    "--wait",
    "--new-window",
    "--skip-welcome",
    "--disable-workspace-trust",
    `--user-data-dir=${join(profile, "user")}`,
    `--extensions-dir=${join(profile, "extensions")}`,
    `--extensionDevelopmentPath=${root}`,
    sample.folder,
    join(sample.folder, FIRST_FILE),
  ];
  const child = spawn(executable, args, { env: { ...process.env, ...sandbox.environment }, stdio: "inherit" });
  await Promise.race([new Promise((done) => child.once("exit", done)), interrupted()]);
  child.kill();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}

/** The editor from npm, shown in the user's own browser. */
async function openInBrowser() {
  console.log("No VS Code found here (set VSCODE_EXECUTABLE to name one); taking the editor that npm provides.");
  console.log(setUpHost());
  const vsix = join(root, "dist/accessmap.vsix");
  const packaged = spawnSync("npm", ["run", "--silent", "package"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (packaged.status !== 0 || !existsSync(vsix)) throw new Error("the extension could not be packaged");
  const server = await startServer({ vsix, env: sandbox.environment });
  try {
    const openFile = join(sample.folder, FIRST_FILE);
    console.log(
      `\nOpen this in a browser, and press Ctrl+C here to end:\n\n  ${windowUrl(server.port, { folder: sample.folder, openFile })}\n`,
    );
    await interrupted();
  } finally {
    await server.stop();
  }
}

function findDesktop() {
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  const found = spawnSync(process.platform === "win32" ? "where" : "which", ["code"], { encoding: "utf8" });
  return found.status === 0 ? found.stdout.split(/\r?\n/)[0] : undefined;
}

function interrupted() {
  return new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, done);
  });
}
