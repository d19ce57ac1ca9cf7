/** Where our server's time goes while somebody types: the functions with the most time of their own. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureKeystrokes } from "./keystrokes.ts";
import type { Server } from "./servers.ts";
import { withSession } from "./session.ts";
import { printColumns } from "./table.ts";

interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface CallFrame {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}

const SHOWN = 30;

/** The build must be a readable one. Start and opening are part of the profile. */
export async function profileTyping(server: Server, mappings: number, groups: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "accessmap-profile-"));
  const nodeOptions = ["--cpu-prof", `--cpu-prof-dir=${folder}`];
  try {
    await withSession({ server, mappings, groups, nodeOptions }, async (session) => {
      await measureKeystrokes(session, { rounds: 50, budgetMs: 10_000 });
    });
    const [file] = readdirSync(folder);
    if (!file) throw new Error("the server wrote no profile");
    const rows = selfTimes(JSON.parse(readFileSync(join(folder, file), "utf8")));
    const whole = rows.reduce((sum, [, ms]) => sum + ms, 0);
    console.log(`\nTyping at ${mappings} mappings, start included: ${Math.round(whole)} ms`);
    printColumns(
      ["ms", "share", "function"],
      rows.slice(0, SHOWN).map(([name, ms]) => [ms, `${Math.round((100 * ms) / whole)}%`, name.padEnd(60)]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds by function, most first; waiting is no work. */
function selfTimes({ nodes, samples, timeDeltas }: CpuProfile): readonly (readonly [string, number])[] {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times = new Map<string, number>();
  for (const [i, id] of samples.entries()) {
    const name = names.get(id) ?? "?";
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[i] ?? 0) / 1000);
  }
  times.delete("(idle)");
  return [...times].sort(([, a], [, b]) => b - a);
}

function nameOf({ functionName, url, lineNumber }: CallFrame): string {
  const place = url ? ` ${url.split("/").at(-1)}:${lineNumber + 1}` : "";
  return (functionName || "(anonymous)") + place;
}
