/**
 * Kills an apply at every point where it could matter, one point after the other on one and the same plan, and looks each
 * time whether what lasts tells the truth. Now and then a copy is finished on the side, and its end compared with that of
 * a run that nobody disturbed.
 */

import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type JournalEntry, journalState } from "../../server/src/core/sync/journal/journal.ts";
import { renderSample } from "../../server/src/sandbox/sample.ts";
import { type Company, type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";

export interface SweepOptions {
  /** The built command line. */
  readonly cli: string;
  /** Module that is loaded before it, and kills. */
  readonly deadly: string;
  /** Takes every so manieth point. */
  readonly every: number;
  /** Which of those it takes, as shares of the way from the first to the last; all when absent. */
  readonly stretch?: { readonly from: number; readonly to: number };
  /** Finishes a copy after every so manieth kill. */
  readonly finishEvery: number;
  /** A mapping that makes the plan long; without it the plan is the sample's own. */
  readonly isLong: boolean;
  readonly say: (line: string) => void;
}

export interface SweepResult {
  readonly steps: number;
  readonly kills: Readonly<Record<string, number>>;
  readonly finished: number;
  readonly differences: readonly string[];
  readonly seconds: number;
}

interface Point {
  readonly point: string;
  readonly step: number;
  /** Which write of its step, for those. */
  readonly nth: number;
}

interface Bench {
  readonly sandbox: Sandbox;
  readonly options: SweepOptions;
  readonly scratch: string;
  readonly project: string;
}

/** What a run left: who holds what, and what the journal tells, step by step. */
interface End {
  readonly state: string;
  readonly story: readonly string[];
}

export async function sweep(options: SweepOptions): Promise<SweepResult> {
  const started = Date.now();
  const sandbox = await startSandbox({ limited: false });
  const scratch = mkdtempSync(join(tmpdir(), "accessmap-crash-"));
  try {
    const bench: Bench = { sandbox, options, scratch, project: join(scratch, "project") };
    return { ...(await sweepOn(bench)), seconds: (Date.now() - started) / 1000 };
  } finally {
    await sandbox.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function sweepOn(bench: Bench): Promise<Omit<SweepResult, "seconds">> {
  const { sandbox, scratch, project, options } = bench;
  writeProject(project, options.isLong);
  const begun = structuredClone(sandbox.company.datadog);
  const plan = join(scratch, "plan.json");
  const planned = await run(bench, project, ["plan", "--out", plan]);
  if (planned.code !== 0) throw new Error(`no plan: ${planned.said}`);

  const calm = join(scratch, "calm");
  cpSync(project, calm, { recursive: true });
  const log = join(scratch, "points");
  const whole = await run(bench, calm, ["apply", plan, "--yes", "--at-once", "1"], { log });
  if (whole.code !== 0) throw new Error(`the undisturbed run failed: ${whole.said}`);
  const end = endOf(bench, calm);
  const points = readFileSync(log, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Point);
  const steps = points.reduce((most, { step }) => Math.max(most, step), 0);
  options.say(`${steps} steps, ${points.length} points`);

  sandbox.company.datadog = structuredClone(begun);
  const kills: Record<string, number> = {};
  const differences: string[] = [];
  let finished = 0;
  const some = points.filter((_, index) => index % options.every === 0);
  const { from, to } = options.stretch ?? { from: 0, to: 1 };
  const chosen = some.slice(Math.round(from * some.length), Math.round(to * some.length));
  for (const [index, at] of chosen.entries()) {
    const words = index === 0 ? ["apply", plan] : ["apply", "--resume"];
    const killed = await run(bench, project, [...words, "--yes", "--at-once", "1"], { at });
    if (killed.signal !== "SIGKILL") {
      differences.push(`${nameOf(at)}: it was not killed: ${killed.said}`);
      break;
    }
    kills[at.point] = (kills[at.point] ?? 0) + 1;
    differences.push(...contradictions(project, at));
    if ((index + 1) % options.finishEvery === 0) {
      finished++;
      differences.push(...(await finishCopy(bench, end, at)));
    }
    if ((index + 1) % 50 === 0)
      options.say(`${index + 1} of ${chosen.length} points, ${differences.length} differences`);
  }
  differences.push(...(await finish(bench, project, end, "after all kills")));
  return { steps, kills, finished: finished + 1, differences };
}

/** The journal must tell of every step before the killed one, and of none behind it. */
function contradictions(project: string, { point, step, nth }: Point): readonly string[] {
  const { outcomes, ended } = journalState(entriesOf(project));
  const isOver = point === "outcome written";
  const told = [...outcomes.keys()].filter((each) => each <= step).length;
  const wanted = isOver ? step : step - 1;
  const name = nameOf({ point, step, nth });
  return [
    ...(ended ? [`${name}: the journal says that it ended`] : []),
    ...(told === wanted ? [] : [`${name}: the journal tells of ${told} steps, not of ${wanted}`]),
    ...(outcomes.size === told ? [] : [`${name}: the journal tells of steps that were not taken`]),
  ];
}

/** Finishes what was left, in a copy, and puts everything back. */
async function finishCopy(bench: Bench, end: End, at: Point): Promise<readonly string[]> {
  const { sandbox, scratch, project } = bench;
  const copy = join(scratch, "copy");
  const before = structuredClone(sandbox.company.datadog);
  cpSync(project, copy, { recursive: true });
  const differences = await finish(bench, copy, end, nameOf(at));
  rmSync(copy, { recursive: true });
  sandbox.company.datadog = before;
  return differences;
}

async function finish(bench: Bench, project: string, end: End, name: string): Promise<readonly string[]> {
  const resumed = await run(bench, project, ["apply", "--resume", "--yes"]);
  if (resumed.code !== 0) return [`${name}: resuming ended with ${resumed.code}: ${resumed.said}`];
  const { state, story } = endOf(bench, project);
  const strayed = story.filter((line, index) => line !== end.story[index]);
  return [
    ...(state === end.state ? [] : [`${name}: the end state differs`]),
    ...strayed.slice(0, 1).map((line) => `${name}: the story differs: ${line}`),
    ...(story.length === end.story.length ? [] : [`${name}: the story has ${story.length} lines`]),
  ];
}

function endOf({ sandbox: { company } }: Bench, project: string): End {
  const entries = entriesOf(project);
  const { intents, outcomes } = journalState(entries);
  const story = [...outcomes].map(([step, { result }]) => `${step} ${JSON.stringify(intents.get(step))} ${result}`);
  const last = entries.at(-1);
  return { state: stateOf(company), story: [...story.sort(), last?.event === "end" ? last.status : "no end"] };
}

/** Who holds which role and who is in which team; times and ids that every run makes anew are no part of it. */
function stateOf({ datadog }: Company): string {
  const users = [...datadog.users.values()].map(({ id, roleIds, disabled }) => [id, [...roleIds].sort(), disabled]);
  const teams = [...datadog.teams.values()]
    .map(({ handle, name, managed, externalId, members }) => [
      handle,
      name,
      managed,
      externalId,
      members.map(({ userId }) => userId).sort(),
    ])
    .sort(([a], [b]) => String(a).localeCompare(String(b)));
  return JSON.stringify([users, teams]);
}

function entriesOf(project: string): readonly JournalEntry[] {
  const folder = join(project, ".accessmap/journal");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".jsonl")) : [];
  const text = names.map((name) => readFileSync(join(folder, name), "utf8")).join("");
  // What follows the last line break was cut off by a kill.
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as JournalEntry);
}

const EVERYBODY = `organization: prod
owner: platform-leads@acme.com
mappings:
  - { group: Everyone, roles: [Read Only Support], reason: Everybody may look }
`;

function writeProject(project: string, isLong: boolean): void {
  const files = new Map(renderSample(new Date().toISOString().slice(0, 10)));
  if (isLong) files.set("access/everybody.accessmap.yaml", EVERYBODY);
  for (const [file, text] of files) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), text);
  }
}

interface Ran {
  readonly code: number | null;
  readonly signal: string | null;
  readonly said: string;
}

const LIMIT_MS = 120_000;

function run(
  { sandbox, options: { cli, deadly } }: Bench,
  cwd: string,
  args: readonly string[],
  crash?: { readonly log?: string; readonly at?: Point },
): Promise<Ran> {
  const env = {
    ...clean(process.env),
    ...sandbox.environment,
    ...(crash && { ACCESSMAP_CRASH: JSON.stringify(crash) }),
  };
  const before = crash ? ["--import", deadly] : [];
  return new Promise((done) => {
    const child = spawn(process.execPath, [...before, cli, ...args], { cwd, env });
    const timer = setTimeout(() => child.kill("SIGTERM"), LIMIT_MS);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      done({ code, signal, said: said.split("\n").slice(-4).join(" ") });
    });
  });
}

function clean(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(DD_|OKTA_|AZURE_|GOOGLE_|ACCESSMAP_)/.test(name)),
  );
}

function nameOf({ point, step, nth }: Point): string {
  return point === "write arrived" ? `step ${step}, write ${nth} arrived` : `step ${step}, ${point}`;
}
