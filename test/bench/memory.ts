/** Resident memory of a server with a large file and a large company, at first and after many edits. */

import { typingsIn } from "./documents.ts";
import type { Memory } from "./lspClient.ts";
import { FILE, pause, type Session } from "./session.ts";

export interface MemoryFigures {
  readonly opened: Memory;
  /** When a tenth of the edits was done: what grows from there on would grow for ever. */
  readonly early: Memory;
  readonly late: Memory;
  readonly edits: number;
}

/** Keys of one burst, after which the findings are awaited: nobody reads between the letters of a word. */
const BURST = 50;

/** Kept inventories load behind the first findings. */
const LOADING_MS = 9_000;

export async function measureMemory({ client, document }: Session, edits: number): Promise<MemoryFigures> {
  await pause(LOADING_MS);
  const opened = client.memory();
  const typings = typingsIn(document);
  let early = opened;
  for (let done = 0; done < edits; done += BURST) {
    const { there, back } = typings[(done / BURST) % typings.length] as (typeof typings)[number];
    for (let key = 0; key < BURST; key += 2) {
      client.edit(FILE, there);
      client.edit(FILE, back);
    }
    await client.findings(FILE);
    if (done <= edits / 10) early = client.memory();
  }
  return { opened, early, late: client.memory(), edits };
}
