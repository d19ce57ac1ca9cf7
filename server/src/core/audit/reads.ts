/** What an audit rests on: each read with its time and whether it was whole. A report without it proves nothing. */

import type { Knowledge } from "../model/knowledge.ts";
import { type Instant, renderInstant } from "../model/time.ts";

/** One read. `why` says what is missing; a read without `asOf` was not made. */
export interface Read {
  readonly system: string;
  /** E.g. `application keys`. */
  readonly what: string;
  readonly asOf?: Instant;
  readonly whole: boolean;
  readonly rows: number;
  readonly why?: string;
}

/** What became of one read; `rows` counts what came, also of one that broke off. */
export function readOf(system: string, what: string, knowledge: Knowledge<unknown>): Read {
  if (knowledge.state === "unknown") return { system, what, whole: false, rows: 0, why: knowledge.why.message };
  const { asOf, complete, items, gap } = knowledge;
  return { system, what, asOf, whole: complete, rows: items.size, ...(gap && { why: gap.message }) };
}

/** `application keys: 3, read wholly 14:02 UTC`, or what is missing. */
export function describeRead({ what, asOf, whole, rows, why }: Read, now: Instant): string {
  if (asOf === undefined) return `${what} not checked: ${why ?? "not read"}`;
  const when = renderInstant(asOf, now);
  return `${what}: ${rows}, read ${whole ? `wholly ${when}` : `${when}, not wholly: ${why ?? "something is missing"}`}`;
}
