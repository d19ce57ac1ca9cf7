/** Keystroke to diagnostics: somebody types in the entry in the middle, and every key waits for its own findings. */

import { type Edit, type Typing, typingsIn } from "./documents.ts";
import type { Condition } from "./lspClient.ts";
import { type Limits, repeat, type Samples, summarize } from "./measure.ts";
import { covers, FILE, pause, type Session } from "./session.ts";

/** Rounds that nobody counts: both servers run compiled code afterwards. */
const WARM_UP: Limits = { rounds: 3, budgetMs: 3_000 };

/** Times of each way to type that the server can judge, by its name. */
export async function measureKeystrokes(session: Session, limits: Limits): Promise<ReadonlyMap<string, Samples>> {
  const ours = session.client.server.tellsVersions;
  const figures = new Map<string, Samples>();
  for (const typing of typingsIn(session.document)) {
    if (typing.isOurs && !ours) continue;
    await repeat(() => typeOnce(session, typing), WARM_UP);
    figures.set(typing.name, summarize(await repeat(() => typeOnce(session, typing), limits)));
  }
  return figures;
}

/** There and back: two keystrokes, two times. */
export async function typeOnce({ client }: Session, { there, back, line }: Typing): Promise<readonly number[]> {
  const isSaid: Condition = line === undefined ? () => true : covers([line]);
  const isUnsaid: Condition = line === undefined ? () => true : (found) => !isSaid(found);
  const press = async (edit: Edit, until: Condition) => {
    const pressed = performance.now();
    client.edit(FILE, edit);
    return (await client.findings(FILE, until)).at - pressed;
  };
  return [await press(there, isSaid), await press(back, isUnsaid)];
}

/** As long as kept inventories of thousands take to be read and checked, and longer. */
const ARRIVAL_MS = 5_000;
/** Somebody who types fast. */
const BETWEEN_KEYS_MS = 30;

export interface Arrivals {
  readonly keys: Samples;
  readonly slowest: number;
}

/** Keys from the first findings on, while more becomes known in the background. */
export async function measureArrival(session: Session): Promise<Arrivals> {
  const [typing] = typingsIn(session.document);
  const times: number[] = [];
  const started = performance.now();
  while (performance.now() - started < ARRIVAL_MS) {
    times.push(...(await typeOnce(session, typing as Typing)));
    await pause(BETWEEN_KEYS_MS);
  }
  return { keys: summarize(times), slowest: Math.max(...times) };
}
