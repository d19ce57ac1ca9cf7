/** Where our server's time goes: the functions with the most time of their own. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

/** The build must be a readable one. What `use` does with a server of these options is the profile, start and opening included. */
export async function profileOf(
  what: string,
  use: (nodeOptions: readonly string[]) => Promise<unknown>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "accessmap-profile-"));
  try {
    await use(["--cpu-prof", `--cpu-prof-dir=${folder}`]);
    const [file] = readdirSync(folder);
    if (!file) throw new Error("the server wrote no profile");
    const rows = selfTimes(JSON.parse(readFileSync(join(folder, file), "utf8")));
    const whole = rows.reduce((sum, [, ms]) => sum + ms, 0);
    console.log(`\n${what}, start included: ${Math.round(whole)} ms`);
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
