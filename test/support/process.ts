/** The built command line and a sandbox as processes of their own, which are ended by their ids. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";

export const CLI = resolve(import.meta.dirname, "../../dist/cli.js");

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that has not ended by then is killed and fails its test by its exit code. */
const LIMIT_MS = 30_000;

/** Variables of the machine that must not reach a test. */
const FOREIGN = /^(DD_|OKTA_|AZURE_|GOOGLE_|ACCESSMAP_|NO_COLOR|FORCE_COLOR|CI$|GITHUB_|GITLAB_|CI_|TF_BUILD$)/;

export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
  return { ...own, ...extra };
}

interface SpawnOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

export function spawnCli(args: readonly string[], { cwd, env, input }: SpawnOptions): Promise<Run> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd, env: cleanEnvironment(env) });
    const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.stdin.end(input ?? "");
    child.on("close", (code) => {
      clearTimeout(timer);
      done({ code, stdout, stderr });
    });
  });
}

export interface RunningSandbox {
  readonly environment: Readonly<Record<string, string>>;
  readonly routes: Readonly<Record<string, string>>;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startSandboxProcess(args: readonly string[] = []): Promise<RunningSandbox> {
  const child: ChildProcess = spawn(process.execPath, [CLI, "sandbox", "--json", ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    env: cleanEnvironment(),
  });
  const line = await new Promise<string>((found, lost) => {
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.once("line", found);
    child.once("close", (code) => lost(new Error(`the sandbox ended with ${code}`)));
  });
  return {
    ...(JSON.parse(line) as Pick<RunningSandbox, "environment" | "routes">),
    pid: child.pid ?? 0,
    stop: () =>
      new Promise((ended) => {
        child.once("close", () => ended());
        child.stdin?.end();
      }),
  };
}

/** A new folder with these files; `remove` deletes it. */
export function makeFolder(files: Readonly<Record<string, string>>): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "accessmap-"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), text);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
