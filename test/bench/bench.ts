/** The parts of the benchmark in their order, each printed as soon as it is measured. */

import { cpus } from "node:os";
import { messageOf } from "../../server/src/core/model/thrown.ts";
import { measureHostile } from "./hostile.ts";
import { measureArrival, measureKeystrokes } from "./keystrokes.ts";
import type { Limits } from "./measure.ts";
import { measureMemory } from "./memory.ts";
import { profileOf } from "./profile.ts";
import { measureCompletions, measureHover, measureRename } from "./questions.ts";
import { ACCESSMAP, type Server, yamlServer } from "./servers.ts";
import { type Session, type SessionOptions, withSession } from "./session.ts";
import { loading, measureRuns, measureStarts, serverChunk, sizeOf, startSize } from "./starts.ts";
import { type Figure, printColumns, printTable, type Row } from "./table.ts";

export interface BenchOptions {
  /** Names of parts; all when absent. */
  readonly only?: readonly string[];
  /** Sizes of the mapping file. */
  readonly mappings?: readonly number[];
  /** Without the other server. */
  readonly alone: boolean;
  readonly long: boolean;
}

const GROUPS = 10_000;
const OURS: Limits = { rounds: 50, budgetMs: 5_000 };
const THEIRS: Limits = { rounds: 10, budgetMs: 8_000 };
const HOSTILE_LIMITS: Limits = { rounds: 5, budgetMs: 2_000 };
/** From here on the other server is measured with `--long` alone: it takes minutes. */
const TOO_LARGE = 50_000;

const PARTS: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  keystrokes,
  starts,
  questions,
  arrival,
  memory,
  hostile,
  sizes,
};

export async function run(options: BenchOptions): Promise<void> {
  const parts = options.only ?? Object.keys(PARTS);
  const unknown = parts.filter((name) => !PARTS[name]);
  if (unknown.length > 0)
    throw new Error(`no such part: ${unknown.join(", ")}; there are ${Object.keys(PARTS).join(", ")}`);
  const started = performance.now();
  console.log(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`);
  console.log(`${GROUPS} groups known unless said otherwise; times are medians in milliseconds`);
  for (const name of parts) await PARTS[name]?.(options);
  console.log(`\n${Math.round((performance.now() - started) / 1000)} s in all`);
}

/** Where the time goes of typing, of a start, or of a key in one of the hostile texts, which is told by its name. */
export async function profile(of: string, mappings: number): Promise<void> {
  const options = { server: ACCESSMAP, mappings, groups: GROUPS };
  if (of === "typing")
    await profileOf(`Typing in ${mappings} mappings`, (nodeOptions) =>
      withSession({ ...options, nodeOptions }, (session) => measureKeystrokes(session, OURS)),
    );
  else if (of === "start")
    await profileOf(`Opening ${mappings} mappings`, (nodeOptions) =>
      withSession({ ...options, nodeOptions }, async () => {}),
    );
  else await profileOf(`Keys in ${of}`, (nodeOptions) => measureHostile(HOSTILE_LIMITS, { only: of, nodeOptions }));
}

async function keystrokes({
  mappings: sizes = [100, 1_000, 10_000, 50_000],
  alone,
  long,
}: BenchOptions): Promise<void> {
  const growth: (string | number)[][] = [];
  for (const mappings of sizes) {
    const measure = (server: Server, limits: Limits) =>
      attempt({ server, mappings, groups: groupsFor(mappings) }, async (session) => ({
        opened: session.openMs,
        typed: await measureKeystrokes(session, limits),
      }));
    const ours = await measure(ACCESSMAP, OURS);
    const skipped = mappings >= TOO_LARGE && !long ? "with --long" : undefined;
    const theirs = alone ? undefined : (skipped ?? (await measure(yamlServer(groupsFor(mappings)), THEIRS)));
    if (typeof ours === "string") {
      printTable(`${mappings} mappings`, [{ name: "any keystroke", ours }]);
      continue;
    }
    const rows = [...ours.typed].map(([name, samples]): Row => {
      if (theirs === undefined) return { name, ours: samples };
      return {
        name,
        ours: samples,
        theirs: typeof theirs === "string" ? theirs : (theirs.typed.get(name) ?? "cannot tell"),
      };
    });
    printTable(`A keystroke in ${mappings} mappings`, rows);
    const medians = [...ours.typed.values()].map(({ median }) => median);
    growth.push([
      String(mappings),
      ours.opened,
      (1000 * ours.opened) / mappings,
      Math.min(...medians),
      Math.max(...medians),
      Math.max(...[...ours.typed.values()].map(({ median, p95 }) => p95 / median)),
    ]);
  }
  printColumns(
    ["mappings", "ms to open", "µs a mapping", "fastest key, ms", "slowest key, ms", "p95 in medians"],
    growth,
  );
}

/** Each mapping has a group of its own: one that is mapped five times over is a file of findings. */
function groupsFor(mappings: number): number {
  return Math.max(GROUPS, mappings);
}

async function starts({ mappings: sizes = [100, 1_000, 10_000], alone }: BenchOptions): Promise<void> {
  const rows: Row[] = [];
  for (const mappings of sizes.filter((size) => size < TOO_LARGE)) {
    const limits = { rounds: mappings > 1_000 ? 3 : 7, budgetMs: 15_000 };
    const ours = await measureStarts(ACCESSMAP, mappings, GROUPS, limits);
    const theirs = alone ? undefined : await measureStarts(yamlServer(GROUPS), mappings, GROUPS, limits);
    if (rows.length === 0)
      rows.push({
        name: "answer to initialize",
        ours: ours.initialized,
        ...(theirs && { theirs: theirs.initialized }),
      });
    rows.push({
      name: `findings of ${mappings} mappings`,
      ours: ours.complete,
      ...(theirs && { theirs: theirs.complete }),
    });
    rows.push({
      name: "  processor time of the main thread",
      ours: ours.busy,
      ...(theirs && { theirs: theirs.busy }),
    });
  }
  printTable("From the start of the process", rows);
}

async function questions({ alone }: BenchOptions): Promise<void> {
  for (const groups of [5_000, 100_000]) {
    const measure = (server: Server, limits: Limits) =>
      attempt({ server, mappings: 1_000, groups }, async (session) => ({
        hover: await measureHover(session, limits),
        completions: await measureCompletions(session, limits),
      }));
    const ours = await measure(ACCESSMAP, OURS);
    const theirs = alone ? undefined : await measure(yamlServer(groups), THEIRS);
    const names = typeof ours === "string" ? [] : [...ours.completions.keys()];
    const figure = (of: typeof ours, name: string): Figure =>
      typeof of === "string" ? of : (of.completions.get(name) ?? "");
    const items = (name: string) =>
      [ours, theirs]
        .flatMap((of) => (of && typeof of !== "string" ? [of.completions.get(name)?.items] : []))
        .join(" and ");
    printTable(`${groups} groups known`, [
      {
        name: "hover",
        ours: typeof ours === "string" ? ours : ours.hover,
        ...(theirs && { theirs: typeof theirs === "string" ? theirs : theirs.hover }),
      },
      ...names.map((name) => ({
        name,
        ours: figure(ours, name),
        ...(theirs && { theirs: figure(theirs, name) }),
        note: `${items(name)} items`,
      })),
    ]);
  }
  printTable("Across files", [
    { name: "rename a bundle in 500 files", ours: await measureRename(500, { rounds: 10, budgetMs: 20_000 }) },
  ]);
}

/** Keys while the inventories of an earlier session are read and all is checked again because of them. */
async function arrival(): Promise<void> {
  const what = { mappings: 10_000, groups: 5_000, people: 10_000, data: "kept", quietMs: 0 } as const;
  const typed = await attempt({ server: ACCESSMAP, ...what }, measureArrival);
  printTable("A key while live data arrive, 10000 mappings", [
    { name: "a letter of a reason", ours: typeof typed === "string" ? typed : typed.keys },
    { name: "the slowest of them", ours: typeof typed === "string" ? typed : typed.slowest },
  ]);
}

async function memory({ alone, long }: BenchOptions): Promise<void> {
  const [mappings, groups, people] = [10_000, 5_000, 10_000];
  const edits = long ? 100_000 : 2_000;
  const ours = await attempt({ server: ACCESSMAP, mappings, groups, people, data: "kept" }, (session) =>
    measureMemory(session, edits),
  );
  const theirs = alone
    ? undefined
    : await attempt({ server: yamlServer(groups), mappings, groups }, (session) => measureMemory(session, 200));
  const row = (name: string, of: (figures: Exclude<typeof ours, string>) => number): Row => ({
    name,
    ours: typeof ours === "string" ? ours : of(ours),
    ...(theirs && { theirs: typeof theirs === "string" ? theirs : of(theirs) }),
  });
  printTable(`MB with ${mappings} mappings, ${groups} groups`, [
    row("peak after opening", ({ opened }) => opened.peak),
    row("peak after all edits", ({ late }) => late.peak),
    row("resident after a tenth of them", ({ early }) => early.now),
    row("resident after all", ({ late }) => late.now),
  ]);
  console.log(`ours with ${people} people and ${edits} edits${theirs ? "; theirs without people, 200 edits" : ""}`);
}

async function hostile(): Promise<void> {
  printTable("A key in the middle of", await measureHostile(HOSTILE_LIMITS));
}

async function sizes(): Promise<void> {
  const client = serverChunk("api");
  printTable("Runs of a process", [
    { name: "node -e ''", ours: measureRuns(["-e", ""], 9) },
    { name: "accessmap --version", ours: measureRuns(["dist/cli.js", "--version"], 9) },
    { name: "loading the Datadog client", ours: measureRuns(loading(client), 9), note: "as built" },
    {
      name: "loading the Datadog client",
      ours: measureRuns(loading("@datadog/datadog-api-client"), 9),
      note: "as published",
    },
  ]);
  printColumns(
    ["KiB", "what"],
    [
      [startSize(serverChunk("main")), "the language server's start"],
      [startSize("dist/cli.js"), "the command line's start"],
      ...["dist/extension.cjs", client].map((path) => sizeOf(path).toReversed()),
    ],
  );
}

/** What `use` measured, or in a few words why nothing was: one that fails does not end the others. */
async function attempt<T>(options: SessionOptions, use: (session: Session) => Promise<T>): Promise<T | string> {
  try {
    return await withSession(options, use);
  } catch (error) {
    return messageOf(error);
  }
}
