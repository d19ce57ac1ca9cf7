/** `accessmap sandbox`: a company on loopback, alive as long as the process; and the sample project that belongs to it. */

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { messageOf } from "../core/model/thrown.ts";
import { renderSample } from "../sandbox/sample.ts";
import { startSandbox } from "../sandbox/sandbox.ts";
import { parseSeed } from "../sandbox/seedFile.ts";
import { EXIT, Exit } from "./support/exit.ts";
import type { Terminal } from "./support/terminal.ts";

export interface SandboxOptions {
  readonly seed?: string;
  readonly oktaPort?: number;
  readonly datadogPort?: number;
  readonly json?: boolean;
  readonly writeSample?: string;
}

/** Runs until it is interrupted or, with `--json`, until its standard input closes: then its parent is gone. */
export async function sandbox(options: SandboxOptions, terminal: Terminal): Promise<number> {
  if (options.writeSample !== undefined) {
    const folder = resolve(options.writeSample);
    await writeSample(folder);
    terminal.print(`Sample project written to ${folder}`);
    return EXIT.clean;
  }
  const seed = options.seed === undefined ? undefined : await readSeed(options.seed);
  const ports = {
    ...(options.oktaPort ? { okta: options.oktaPort } : {}),
    ...(options.datadogPort ? { datadog: options.datadogPort } : {}),
  };
  const running = await startSandbox({ ports, ...(seed ? { seed } : {}) }).catch((error: unknown) => {
    throw new Exit(EXIT.usage, messageOf(error));
  });
  if (options.json) terminal.printJson(JSON.stringify({ environment: running.environment, routes: running.routes }));
  else announce(running, terminal);
  await untilStopped(options.json === true);
  await running.close();
  return EXIT.clean;
}

/** Writes the sample project, dates relative to today, into an empty or new folder. */
export async function writeSample(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) throw new Exit(EXIT.usage, `${folder} is not empty; name a new folder`);
  for (const [file, text] of renderSample(new Date().toISOString().slice(0, 10))) {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

async function readSeed(path: string): Promise<ReturnType<typeof parseSeed>> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new Exit(EXIT.usage, `The seed file ${path} cannot be read`);
  });
  try {
    return parseSeed(text);
  } catch (error) {
    throw new Exit(EXIT.usage, `The seed file ${path} does not fit: ${messageOf(error)}`);
  }
}

function announce(running: Awaited<ReturnType<typeof startSandbox>>, terminal: Terminal): void {
  const { color } = terminal;
  terminal.print("A company on this machine, until you press Ctrl+C.\n");
  for (const [real, loopback] of Object.entries(running.routes))
    terminal.print(`  ${real.padEnd(30)} ${color.dim("answers at")} ${loopback}`);
  terminal.print("\nTo talk to it, set these in another terminal:\n");
  for (const [name, value] of Object.entries(running.environment)) terminal.print(`  export ${name}='${value}'`);
  terminal.print("\nand try it on the sample project:\n");
  terminal.print("  accessmap sandbox --write-sample sample && cd sample && accessmap check");
}

function untilStopped(withParent: boolean): Promise<void> {
  return new Promise((done) => {
    const stop = () => {
      // What is read keeps the process alive.
      process.stdin.pause();
      done();
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    if (withParent) {
      process.stdin.once("end", stop);
      process.stdin.once("error", stop);
      process.stdin.resume();
    }
  });
}
