/** The sandbox as a child process: starts it, learns where it listens, ends it with the window. */

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import type { Environment } from "../../../server/src/http/environment.ts";
import { type Drill, drillOf } from "./drill.ts";

export interface SandboxProcess {
  readonly drill: Drill;
  /** Ends the process; it also ends by itself when this process is gone, because its standard input closes. */
  stop(): void;
}

/** Starting takes well below a second; a machine that needs longer than this has another problem. */
const START_LIMIT = 20_000;

/**
 * Starts the sandbox, whose program is at `module`, and waits for the one line that says where it listens. `onExit` hears
 * of an end nobody asked for.
 */
export async function startSandbox(module: string, onExit: (code: number | null) => void): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [module, "--json"], {
    env: nodeEnvironment(),
    stdio: ["pipe", "pipe", "ignore"],
  });
  try {
    const drill = drillOf((await firstLine(child)).environment);
    child.once("exit", onExit);
    return {
      drill,
      stop() {
        child.off("exit", onExit);
        end(child);
      },
    };
  } catch (error) {
    end(child);
    throw error;
  }
}

/** Writes the sample project into a new folder. */
export async function writeSample(module: string, folder: string): Promise<void> {
  const options = { env: nodeEnvironment(), timeout: START_LIMIT };
  await promisify(execFile)(process.execPath, [module, "--write-sample", folder], options);
}

interface Announcement {
  readonly environment: Environment;
}

async function firstLine(child: ChildProcess): Promise<Announcement> {
  if (!child.stdout) throw new Error("the sandbox has no output");
  const lines = createInterface({ input: child.stdout });
  const signal = AbortSignal.timeout(START_LIMIT);
  const failed = Promise.race([once(child, "exit", { signal }), once(child, "error", { signal })]).then(() => {
    throw new Error("the sandbox ended before it was ready");
  });
  const [line] = await Promise.race([once(lines, "line", { signal }), failed]);
  return JSON.parse(String(line)) as Announcement;
}

function end(child: ChildProcess): void {
  child.stdin?.end();
  child.kill();
}

/** The editor's executable is Electron on the desktop, where this makes it plain Node; Node itself ignores it. */
function nodeEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ELECTRON_RUN_AS_NODE: "1" };
}
