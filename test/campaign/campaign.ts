/** The campaign itself: calm reads first, as the measure of what is there and what a plan takes away, then the trouble. */

import { openDirectory, openTarget } from "../../server/src/connectors/registry.ts";
import { type Snapshot, takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import type { DirectoryInventory } from "../../server/src/core/model/directory.ts";
import { gapOf, itemsOf, type Knowledge } from "../../server/src/core/model/knowledge.ts";
import type { TargetInventory } from "../../server/src/core/model/target.ts";
import { makePlan } from "../../server/src/core/sync/makePlan.ts";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { keepDirectory, keepTarget } from "../../server/src/workspace/live/keep.ts";
import { directoryQuery, targetQuery } from "../../server/src/workspace/live/queries.ts";
import { createClient, fullEnvironment } from "./client.ts";
import { createCompany } from "./company.ts";
import { createDice, type Dice } from "./dice.ts";
import { falseAbsencesAt, falseAbsencesIn, removalsIn } from "./judge.ts";
import { createProjects, type TestProject } from "./projects.ts";
import { count, newTally, outcomeOf, type Result, type Tally } from "./tally.ts";
import { makeTrouble, settle } from "./trouble.ts";

export { merge, render } from "./tally.ts";

export interface CampaignOptions {
  readonly seed: string;
  readonly reads: number;
  /** Systems to read; all when absent. */
  readonly only?: readonly string[];
  /** A single read, by its number. */
  readonly at?: number;
  /** This thread does every read whose number leaves this remainder. */
  readonly share: number;
  readonly threads: number;
}

/** A project with what a calm read of its systems gave. */
interface Calm {
  readonly project: TestProject;
  readonly directory: DirectoryInventory;
  readonly target: TargetInventory;
  /** What is written in mappings, to the id behind it. */
  readonly ids: ReadonlyMap<string, string>;
  readonly removals: ReadonlySet<string>;
}

const NEVER = new AbortController().signal;
const MOST_EXAMPLES = 12;

export async function run(options: CampaignOptions, say: (line: string) => void): Promise<Result> {
  const started = Date.now();
  const sandbox = await startSandbox({ seed: createCompany(new Date().toISOString().slice(0, 10)), limited: false });
  const { environment, remove } = fullEnvironment(sandbox);
  try {
    const { calm, skipped } = await readCalmly(sandbox, environment, options);
    const tally = newTally();
    const [from, to] = options.at === undefined ? [options.share, options.reads] : [options.at, options.at + 1];
    for (let read = from; read < to; read += options.threads) {
      const dice = createDice(`campaign ${options.seed} ${read}`);
      const known = tally.examples.length;
      await readInTrouble(sandbox, environment, dice.pick(calm), dice, options, tally, read);
      tally.reads++;
      for (const wrong of tally.examples.slice(known)) say(`seed ${options.seed}: ${wrong}`);
      await settle(sandbox);
      if (tally.reads % 1000 === 0)
        say(
          `thread ${options.share}: ${tally.reads} reads, ${tally.falseAbsences} false absences, ${tally.falseRemovals} removals`,
        );
    }
    const seconds = (Date.now() - started) / 1000;
    return { ...tally, seed: options.seed, seconds, skipped };
  } finally {
    remove();
    await sandbox.close();
  }
}

/** Reads every project's systems without trouble. A directory that has no connector is left out, and said so. */
async function readCalmly(sandbox: Sandbox, environment: Sandbox["environment"], { only }: CampaignOptions) {
  const calm: Calm[] = [];
  const skipped: string[] = [];
  // The same company is behind all of them, and who may see more of it rightly takes more away.
  const removals = new Set<string>();
  for (const project of createProjects(sandbox)) {
    const dice = createDice(`calm ${project.kind}`);
    const directory = await calmly(project.kind, partsOfDirectory, () => readDirectory(project, environment, dice, {}));
    const target = await calmly("datadog", partsOfTarget, () => readTarget(project, environment, dice));
    if (directory.groups.state === "unknown") {
      skipped.push(`${project.kind} (${directory.groups.why.message})`);
      continue;
    }
    const ids = new Map(
      [...project.groups.keys()].map((written) => [written, idOf(directory, written) ?? `no id for ${written}`]),
    );
    const wrong = falseAbsencesIn(directory, project, ids, sandbox.company);
    if (wrong.length > 0) throw new Error(`a calm read of ${project.kind} misses ${wrong.join(", ")}`);
    for (const removal of planOf(project, directory, target)) removals.add(removal);
    calm.push({ project, directory, target, ids, removals });
  }
  const wanted = calm.filter(({ project: { kind } }) => !only || isDatadogAlone(only) || only.includes(kind));
  if (wanted.length === 0) throw new Error(`nothing can be read: ${skipped.join("; ")}`);
  return { calm: wanted, skipped };
}

/**
 * What is there must be known before trouble is judged by it: an answer of nothing is doubted where there was something, and
 * only there. A part that a busy machine lost here was once counted against the product.
 */
async function calmly<T>(what: string, partsOf: (read: T) => readonly Part[], read: () => Promise<T>): Promise<T> {
  const result = await read();
  const late = partsOf(result)
    .map(gapOf)
    .find((gap) => gap?.kind === "unreachable");
  if (late) throw new Error(`${what} cannot be read calmly on this machine: ${late.message}`);
  return result;
}

type Part = Knowledge<unknown>;

function partsOfDirectory({ groups, named, members }: DirectoryInventory): readonly Part[] {
  return [groups, ...named.values(), ...members.values()];
}

function partsOfTarget({
  roles,
  accounts,
  teams,
  permissions,
  mappings,
  teamMembers,
}: TargetInventory): readonly Part[] {
  return [roles, accounts, teams, permissions, mappings, ...teamMembers.values()];
}

function isDatadogAlone(only: readonly string[] | undefined): boolean {
  return only?.every((name) => name === "datadog") ?? false;
}

/** One read of one system in trouble, judged as the workspace would keep it: a read that follows another joins that one. */
async function readInTrouble(
  sandbox: Sandbox,
  environment: Sandbox["environment"],
  calm: Calm,
  dice: Dice,
  { only }: CampaignOptions,
  tally: Tally,
  read: number,
): Promise<void> {
  const { project } = calm;
  const mayReadDatadog = !only || only.includes("datadog");
  const readsDatadog = mayReadDatadog && (dice.happens(0.2) || isDatadogAlone(only));
  const system = readsDatadog ? "datadog" : project.kind;
  // Most reads follow another one, and some go on from where that ended.
  const follows = dice.happens(0.8);
  const trouble = makeTrouble(sandbox, system, !follows, dice);
  const words = [
    ...trouble.faults.map(({ kind, status }) => (status ? `${kind} ${status}` : kind)),
    ...trouble.settings,
  ];
  const wrong: string[] = [];
  let outcome: string;
  if (readsDatadog) {
    const target = await readTarget(project, environment, dice, tally);
    outcome = outcomeOf(partsOfTarget(target));
    for (const each of follows ? [keepTarget(calm.target, target)] : [target]) {
      wrong.push(...falseAbsencesAt(each, sandbox.company));
      judgePlan(calm, planOf(project, calm.directory, each), words, tally, read);
    }
  } else {
    const goesOn = follows && dice.happens(0.4) && calm.directory.cursor !== undefined;
    const directory = await readDirectory(
      project,
      environment,
      dice,
      {
        ...(follows && { previous: calm.directory }),
        ...(goesOn && { cursor: calm.directory.cursor }),
      },
      tally,
    );
    outcome = outcomeOf(partsOfDirectory(directory));
    for (const each of follows ? [keepDirectory(calm.directory, directory)] : [directory]) {
      wrong.push(...falseAbsencesIn(each, project, calm.ids, sandbox.company));
      judgePlan(calm, planOf(project, each, calm.target), words, tally, read);
    }
  }
  if (!follows) words.push("first read");
  tally.conclusions += project.groups.size * 2;
  tally.falseAbsences += wrong.length;
  if (wrong.length > 0)
    count(
      tally.wrong,
      system,
      trouble.faults
        .map(({ kind }) => kind)
        .sort()
        .join("+") || "none",
    );
  if (wrong.length > 0) note(tally, `read ${read} of ${system}: ${wrong.slice(0, 3).join(", ")} (${words.join(", ")})`);
  count(tally.outcomes, system, outcome);
  for (const kind of words.length === 0 ? ["none"] : words) count(tally.byFault, kind, outcome);
}

function judgePlan(
  calm: Calm,
  removals: readonly string[],
  words: readonly string[],
  tally: Tally,
  read: number,
): void {
  tally.plans++;
  const beyond = removals.filter((removal) => !calm.removals.has(removal));
  tally.falseRemovals += beyond.length;
  if (beyond.length > 0) note(tally, `read ${read} of ${calm.project.kind} takes ${beyond[0]} (${words.join(", ")})`);
}

function note(tally: Tally, example: string): void {
  if (tally.examples.length < MOST_EXAMPLES) tally.examples.push(example);
}

async function readDirectory(
  project: TestProject,
  environment: Sandbox["environment"],
  dice: Dice,
  from: { readonly previous?: DirectoryInventory; readonly cursor?: string | undefined },
  tally?: { requests: number },
): Promise<DirectoryInventory> {
  const content = contentOf(project);
  const config = content.directories.get(project.directory);
  if (!config) throw new Error(`the project has no directory ${project.directory}`);
  const http = createClient(environment, content, dice, tally === undefined);
  const query = { ...directoryQuery(snapshotOf(project), project.directory), ...from };
  const inventory = await openDirectory(config, http).readDirectory(query as never, { signal: NEVER });
  if (tally) tally.requests += http.requests();
  return inventory;
}

async function readTarget(
  project: TestProject,
  environment: Sandbox["environment"],
  dice: Dice,
  tally?: { requests: number },
): Promise<TargetInventory> {
  const content = contentOf(project);
  const config = content.organizations.get("prod");
  if (!config) throw new Error("the project has no organization");
  const http = createClient(environment, content, dice, tally === undefined);
  const target = await openTarget(config, http).readTarget(targetQuery(snapshotOf(project), "prod"), { signal: NEVER });
  if (tally) tally.requests += http.requests();
  return target;
}

/** What a plan from these reads takes away; nothing when there can be no plan. */
function planOf(project: TestProject, directory: DirectoryInventory, target: TargetInventory): readonly string[] {
  const made = makePlan(snapshotOf(project, directory, target), "prod", { fileHashes: {} });
  return "missing" in made ? [] : removalsIn(made.plan);
}

function snapshotOf(
  { files, directory: name }: TestProject,
  directory?: DirectoryInventory,
  target?: TargetInventory,
): Snapshot {
  return takeSnapshot({
    project: files.project,
    files: files.mappings,
    lock: files.lock,
    directories: new Map(directory ? [[name, directory]] : []),
    targets: new Map(target ? [["prod", target]] : []),
    now: new Date().toISOString(),
  });
}

function contentOf({ files }: TestProject) {
  if (!files.project) throw new Error("the project cannot be read");
  return files.project.content;
}

function idOf(inventory: DirectoryInventory, written: string): string | undefined {
  for (const part of [inventory.groups, ...inventory.named.values()])
    for (const group of itemsOf(part).values()) if (group.name === written) return group.id;
  return undefined;
}
