/**
 * Runs the command line from its sources within this process, which is a third of the work of a process of its own. What is
 * about standard input, signals, Node's own options or the end of the process takes `spawnCli`.
 */

import { join } from "node:path";
import { createProgram } from "../../server/src/cli/program.ts";
import { runProgram } from "../../server/src/cli/support/run.ts";
import { cleanEnvironment, makeFolder, type Run } from "./process.ts";

interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The folder, the variables and the streams of a process are one, so runs wait for each other. */
let last: Promise<unknown> = Promise.resolve();

export function runCli(args: readonly string[], options: RunOptions): Promise<Run> {
  const run = last.then(() => runHere(args, options));
  last = run.catch(() => {});
  return run;
}

async function runHere(args: readonly string[], { cwd, env }: RunOptions): Promise<Run> {
  const own = { folder: process.cwd(), env: process.env, exitCode: process.exitCode };
  const [stdout, stderr] = [capture(process.stdout), capture(process.stderr)];
  process.chdir(cwd);
  process.env = cleanEnvironment(env);
  try {
    const code = await runProgram(createProgram(), args);
    return { code, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    process.chdir(own.folder);
    process.env = own.env;
    process.exitCode = own.exitCode;
    stdout.end();
    stderr.end();
  }
}

/** Keeps what is written to a stream of this process, and keeps it from the stream, until `end`. */
function capture(stream: NodeJS.WriteStream): { text(): string; end(): void } {
  const written: string[] = [];
  const write = stream.write;
  stream.write = (chunk: string | Uint8Array) => {
    written.push(chunk.toString());
    return true;
  };
  return {
    text: () => written.join(""),
    end: () => {
      stream.write = write;
    },
  };
}

/** A new folder with the sample project in `project`; there is room beside it. */
export async function makeSample(): Promise<ReturnType<typeof makeFolder> & { readonly project: string }> {
  const folder = makeFolder({});
  const project = join(folder.path, "sample");
  await runCli(["sandbox", "--write-sample", project], { cwd: folder.path });
  return { ...folder, project };
}
