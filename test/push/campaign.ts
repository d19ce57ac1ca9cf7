/**
 * Thousands of pushes under trouble. Each makes a plan in calm, applies it while everything goes wrong, and compares what
 * apply says with what is true; then it plans and applies again in calm, until nothing is left to do.
 */

import { openTarget } from "../../server/src/connectors/registry.ts";
import { takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import { type ApplyOutcome, applyPlan } from "../../server/src/core/sync/apply/apply.ts";
import type { JournalEntry } from "../../server/src/core/sync/journal/journal.ts";
import { isEmpty, makePlan } from "../../server/src/core/sync/makePlan.ts";
import type { Plan } from "../../server/src/core/sync/plan.ts";
import { createHttpClient } from "../../server/src/http/client.ts";
import { READ_API_KEY, READ_APP_KEY, WRITE_API_KEY, WRITE_APP_KEY } from "../../server/src/sandbox/seed/keys.ts";
import { seal } from "../../server/src/store/planFile.ts";
import { targetQuery } from "../../server/src/workspace/live/queries.ts";
import { createDice, type Dice } from "../campaign/dice.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { createMeddledDatadog, type Kind, type MeddledDatadog, TROUBLE } from "./meddler.ts";
import { newTally, type Tally } from "./tally.ts";
import { createWorld, type World } from "./world.ts";

export { merge, render } from "./tally.ts";

export interface PushOptions {
  readonly seed: string;
  readonly runs: number;
  /** A single run, by its number. */
  readonly at?: number;
  /** This thread does every run whose number leaves this remainder. */
  readonly share: number;
  readonly threads: number;
}

const NEVER = new AbortController().signal;
const KINDS = Object.keys(TROUBLE) as Kind[];
const SECRETS = [READ_API_KEY, READ_APP_KEY, WRITE_API_KEY, WRITE_APP_KEY];
/** Rounds of plan and apply in calm after which nothing may be left to do. */
const MOST_ROUNDS = 3;

export async function run(options: PushOptions, say: (line: string) => void): Promise<Tally> {
  const started = Date.now();
  const tally = newTally();
  const datadog = createMeddledDatadog();
  const [from, to] = options.at === undefined ? [options.share, options.runs] : [options.at, options.at + 1];
  for (let number = from; number < to; number += options.threads) {
    const known = tally.wrong.length;
    await runOnce(datadog, createDice(`push ${options.seed} ${number}`), tally, number);
    for (const wrong of tally.wrong.slice(known)) say(wrong);
    if (tally.runs % 500 === 0) say(`thread ${options.share}: ${tally.runs} pushes, ${tally.wrong.length} wrong`);
  }
  tally.requests = datadog.requests;
  tally.seconds = (Date.now() - started) / 1000;
  return tally;
}

async function runOnce(datadog: MeddledDatadog, dice: Dice, tally: Tally, number: number): Promise<void> {
  const world = createWorld(dice);
  datadog.company.datadog = world.datadog;
  datadog.meddling = undefined;
  tally.runs++;
  const plan = await planNow(datadog, world, dice);
  if (isEmpty(plan)) {
    tally.empty++;
    return;
  }
  const ledger = openLedger(plan);
  const kinds = new Set(KINDS.filter(() => dice.happens(0.5)));
  const happened = new Map<Kind, number>();
  datadog.meddling = { dice, ledger, kinds, happened };
  const { outcome, journal } = await apply(datadog, plan, world, dice, ledger);
  datadog.meddling = undefined;
  const words = [...happened].map(([kind, count]) => `${kind} ${count}`).join(", ");
  const blame = (what: string) => tally.wrong.push(`run ${number}: ${what} (${words})`);
  for (const [kind, count] of happened) tally.trouble.set(kind, (tally.trouble.get(kind) ?? 0) + count);
  for (const untrue of untruthsOf(outcome, ledger)) blame(untrue);
  for (const removal of ledger.unannounced) blame(`took ${removal}, which the plan did not announce`);
  const secret = SECRETS.find((each) => JSON.stringify(journal).includes(each));
  if (secret) blame("the journal holds a secret");
  tally.outcomes.set(outcome.status, (tally.outcomes.get(outcome.status) ?? 0) + 1);
  for (const { result } of outcome.steps) tally.results.set(result, (tally.results.get(result) ?? 0) + 1);
  tally.overwritten += ledger.overwritten;
  tally.byDatadog += ledger.byDatadog;
  const rounds = await settle(datadog, world, dice);
  if (typeof rounds === "string") blame(rounds);
  else tally.rounds.set(rounds, (tally.rounds.get(rounds) ?? 0) + 1);
}

/** What the outcome claims and was never so. */
function untruthsOf({ status, steps, counts }: ApplyOutcome, ledger: Ledger): readonly string[] {
  const claimed = steps.filter(({ result }) => result === "done" || result === "already");
  const untrue = claimed.filter(({ change }) => !ledger.wasThere(change));
  const isAll = counts.failed + counts.unverified + counts.skipped === 0;
  return [
    ...untrue.map(({ step, change, result }) => `step ${step} (${change.action}) is called ${result} and never was`),
    ...(status === "done" && !isAll ? ["the apply is called done, and steps are not"] : []),
    ...(status === "refused" && steps.length > 0 ? ["the apply is called refused, and there are steps"] : []),
  ];
}

/** Plans and applies in calm until nothing is left; says how often, or why it does not come to an end. */
async function settle(datadog: MeddledDatadog, world: World, dice: Dice): Promise<number | string> {
  for (let round = 0; round <= MOST_ROUNDS; round++) {
    const plan = await planNow(datadog, world, dice);
    if (isEmpty(plan)) return round;
    const { outcome } = await apply(datadog, plan, world, dice, undefined);
    if (outcome.status !== "done") return `in calm, apply ended ${outcome.status}: ${outcome.message}`;
  }
  return `after ${MOST_ROUNDS} applies in calm there is still something to do`;
}

function clientOf({ transport }: MeddledDatadog, dice: Dice) {
  return createHttpClient(transport, { sleep: async () => {}, random: () => dice.roll(1000) / 1000 });
}

async function planNow(datadog: MeddledDatadog, { snapshot }: World, dice: Dice): Promise<Plan> {
  const target = await openTarget(configOf(snapshot), clientOf(datadog, dice)).readTarget(
    targetQuery(snapshot, "prod"),
    {
      signal: NEVER,
    },
  );
  const made = makePlan(takeSnapshot({ ...snapshot, targets: new Map([["prod", target]]) }), "prod", {
    fileHashes: {},
  });
  if ("missing" in made) throw new Error(`no plan in calm: ${made.missing.map(({ message }) => message).join("; ")}`);
  return made.plan;
}

async function apply(
  datadog: MeddledDatadog,
  plan: Plan,
  { snapshot }: World,
  dice: Dice,
  ledger: Ledger | undefined,
): Promise<{ readonly outcome: ApplyOutcome; readonly journal: readonly JournalEntry[] }> {
  const journal: JournalEntry[] = [];
  const steps = applyPlan(seal(plan), {
    writer: await openTarget(configOf(snapshot), clientOf(datadog, dice)).openWriter(),
    journal: {
      async append(entry) {
        journal.push(entry);
        if (entry.event === "intent") ledger?.begin(entry.change, datadog.company.datadog);
      },
    },
    waivers: plan.refusals.flatMap(({ waiver }) => waiver ?? []),
    signal: NEVER,
    now: () => snapshot.now,
    wait: async () => {},
    readBackPatience: [0, 1, 2, 3, 4],
    atOnce: 4,
  });
  for (;;) {
    const next = await steps.next();
    if (next.done) return { outcome: next.value, journal };
  }
}

function configOf({ project }: World["snapshot"]) {
  const config = project?.content.organizations.get("prod");
  if (!config) throw new Error("the world has no organization");
  return config;
}
