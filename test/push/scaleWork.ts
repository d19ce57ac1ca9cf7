/** The applying side of a large push: plans and applies, or goes on where a thread before it was ended. */

import { readFileSync } from "node:fs";
import type { MessagePort } from "node:worker_threads";
import { openTarget } from "../../server/src/connectors/registry.ts";
import { takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import { type ApplyContext, applyPlan } from "../../server/src/core/sync/apply/apply.ts";
import { isEmpty, makePlan } from "../../server/src/core/sync/makePlan.ts";
import type { Plan, SealedPlan } from "../../server/src/core/sync/plan.ts";
import { createHttpClient } from "../../server/src/http/client.ts";
import type { Transport } from "../../server/src/http/transport.ts";
import { dropPlan, findInterrupted, keepPlan, keptPlan } from "../../server/src/store/interrupted.ts";
import { type JournalOptions, journalPath, openJournal, reopenJournal } from "../../server/src/store/journalFile.ts";
import { seal } from "../../server/src/store/planFile.ts";
import { targetQuery } from "../../server/src/workspace/live/queries.ts";
import { createLargeCompany, type Size } from "./largeWorld.ts";
import { type FromWorker, virtualClock } from "./scale.ts";

interface WorkData {
  readonly buffer: SharedArrayBuffer;
  readonly folder: string;
  readonly size: Size;
}

const NEVER = new AbortController().signal;

export async function work({ buffer, folder, size }: WorkData, port: MessagePort): Promise<void> {
  const clock = virtualClock(buffer);
  const sleep = async (ms: number) => {
    const until = clock.now() + ms;
    // Others may have something to do meanwhile; only then does the clock jump.
    await new Promise((resolve) => setImmediate(resolve));
    clock.reach(until);
  };
  const http = createHttpClient(transportTo(port), { clock: clock.now, sleep, random: () => 0.5 });
  const { snapshot } = createLargeCompany(size);
  const config = snapshot.project?.content.organizations.get("prod");
  if (!config) throw new Error("the company has no organization");
  const target = openTarget(config, http);
  const tell = (message: FromWorker) => port.postMessage(message);

  async function planNow(): Promise<Plan> {
    const inventory = await target.readTarget(targetQuery(snapshot, "prod"), { signal: NEVER });
    const now = new Date(clock.now()).toISOString();
    const made = makePlan(takeSnapshot({ ...snapshot, now, targets: new Map([["prod", inventory]]) }), "prod", {
      fileHashes: {},
    });
    if ("missing" in made) throw new Error(made.missing.map(({ message }) => message).join("; "));
    return made.plan;
  }

  async function apply(sealed: SealedPlan, rest: Pick<ApplyContext, "journal" | "resumed">) {
    let finished = rest.resumed?.outcomes.size ?? 0;
    const steps = applyPlan(sealed, {
      ...rest,
      writer: await target.openWriter(),
      waivers: sealed.plan.refusals.flatMap(({ waiver }) => waiver ?? []),
      signal: NEVER,
      now: () => new Date(clock.now()).toISOString(),
      wait: sleep,
      readBackPatience: [0, 500, 1500],
      atOnce: 8,
    });
    for (;;) {
      const next = await steps.next();
      if (next.done) return next.value;
      if (next.value.kind === "result") tell({ finished: ++finished, steps: sealed.plan.changes.length });
    }
  }

  const interrupted = await findInterrupted(folder);
  let sealed: SealedPlan;
  let journal: Awaited<ReturnType<typeof openJournal>>;
  if (interrupted) {
    const kept = await keptPlan(interrupted.journal);
    if ("error" in kept) throw new Error(kept.error);
    [sealed, journal] = [kept, await reopenJournal(interrupted.journal)];
  } else {
    sealed = seal(await planNow());
    const { fingerprint } = sealed;
    const startedAt = new Date(clock.now()).toISOString();
    const options: JournalOptions = { folder, startedAt, organization: "prod", fingerprint };
    await keepPlan(journalPath(options), sealed);
    journal = await openJournal(options);
  }
  const outcome = await apply(sealed, { journal, ...(interrupted && { resumed: interrupted.state }) });
  await journal.close();
  await dropPlan(journal.path);
  const told = readFileSync(journal.path, "utf8").trimEnd().split("\n").length;
  const message = `${outcome.message} ${told} lines in the journal.`;
  tell({ end: { message, steps: sealed.plan.changes.length, isPlanEmpty: isEmpty(await planNow()) } });
}

/** Requests travel to the other thread, where Datadog is. */
function transportTo(port: MessagePort): Transport {
  const waiting = new Map<number, (response: Awaited<ReturnType<Transport["exchange"]>>) => void>();
  let id = 0;
  port.on("message", ({ id: answered, response }) => {
    waiting.get(answered)?.(response);
    waiting.delete(answered);
  });
  return {
    exchange: (request) =>
      new Promise((resolve) => {
        waiting.set(++id, resolve);
        port.postMessage({ id, request });
      }),
  };
}
