/** Prism as a proxy that compares every exchange with a vendor's specification. */

import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { createInterface } from "node:readline";

/** Folder with the vendors' specifications and recordings; undefined when the environment names none. */
export const VENDOR = process.env.ACCESSMAP_VENDOR;

/** Specifications below `specs`. */
export const OKTA_SPECS = ["okta.cut.json"];
export const DATADOG_SPECS = ["datadog-v2.cut.json", "datadog-v1.cut.json", "datadog-scim.openapi.json"];

const PROGRAM = resolve(import.meta.dirname, "../../node_modules/@stoplight/prism-cli/dist/index.js");
const START_MS = 45_000;

export interface Prism {
  readonly origin: string;
  stop(): Promise<void>;
}

/** `spec` is a file of the vendor folder, or an absolute path. Rejects when Prism is not ready in time; it is ended by its id then. */
export async function startPrism(spec: string, upstream: string): Promise<Prism> {
  const port = await freePort();
  const file = resolve(VENDOR ?? "", "specs", spec);
  // Without `--errors` a violation is told in a header and the answer passes, so that a flow goes on to its end.
  const args = [PROGRAM, "proxy", "-h", "127.0.0.1", "-p", String(port), file, upstream];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  try {
    await untilReady(child, spec);
  } catch (error) {
    await stop();
    throw error;
  }
  return { origin: `http://127.0.0.1:${port}`, stop };
}

function untilReady(child: ChildProcess, spec: string): Promise<void> {
  return new Promise((ready, fail) => {
    const said: string[] = [];
    const timer = setTimeout(() => fail(new Error(`Prism did not start on ${spec}:\n${said.join("\n")}`)), START_MS);
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        if (said.length > 50) said.shift();
        if (!line.includes("Prism is listening")) return;
        clearTimeout(timer);
        ready();
      });
    }
    child.once("exit", (code) => {
      clearTimeout(timer);
      fail(new Error(`Prism ended with ${code} on ${spec}:\n${said.join("\n")}`));
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((ready) => {
    server.listen(0, "127.0.0.1", () => ready((server.address() as { port: number }).port));
  });
  await new Promise((done) => server.close(done));
  return port;
}
