/** Starts of fresh processes: to the answer of `initialize`, to complete diagnostics, and what is loaded for it. */

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Limits, repeat, type Samples, summarize } from "./measure.ts";
import { ROOT, type Server } from "./servers.ts";
import { withSession } from "./session.ts";

export interface Starts {
  readonly initialized: Samples;
  readonly complete: Samples;
  /** Processor time of the main thread until then, which other processes disturb less; Linux tells. */
  readonly busy: Samples;
}

export async function measureStarts(server: Server, mappings: number, groups: number, limits: Limits): Promise<Starts> {
  const initialized: number[] = [];
  const busy: number[] = [];
  const complete = await repeat(
    () =>
      withSession({ server, mappings, groups }, async ({ client, openMs, openBusyMs }) => {
        initialized.push(client.initializedAt - client.spawnedAt);
        busy.push(openBusyMs);
        return [openMs];
      }),
    limits,
  );
  return { initialized: summarize(initialized), complete: summarize(complete), busy: summarize(busy) };
}

/** Milliseconds from the start of Node to its end, with this to do. */
export function measureRuns(args: readonly string[], runs: number): Samples {
  const once = () => {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return performance.now() - started;
  };
  return summarize(Array.from({ length: runs }, once));
}

/** What a module costs beyond a bare Node is told by a run that does nothing else. */
export function loading(specifier: string): readonly string[] {
  const address = existsSync(specifier) ? pathToFileURL(specifier).href : specifier;
  return ["--input-type=module", "-e", `await import(${JSON.stringify(address)})`];
}

/** A chunk of the built server by the beginning of its name: `main`, or `api` for the Datadog client, which no start may load. */
export function serverChunk(name: string): string {
  const chunks = join(ROOT, "dist/server");
  const found = readdirSync(chunks).find((file) => file.startsWith(`${name}-`));
  if (!found) throw new Error(`dist/server holds no ${name}; run the build`);
  return join(chunks, found);
}

/** Size in KiB of a built file and of what it imports at its start, chunks that wait for an `import()` left out. */
export function startSize(file: string): number {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, name = ""] of readFileSync(path, "utf8").matchAll(/(?:from|import)"(\.[^"]+\.js)"/g))
      visit(join(path, "..", name));
  };
  visit(resolve(ROOT, file));
  return [...seen].reduce((sum, path) => sum + statSync(path).size, 0) / 1024;
}

export function sizeOf(path: string): readonly [name: string, kib: number] {
  return [basename(path), statSync(path).size / 1024];
}
