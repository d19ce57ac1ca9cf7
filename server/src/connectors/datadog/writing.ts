/** What all writes share: the doors they go through, failures as values, and POST requests that are never blindly repeated. */

import { gapOf, itemsOf, type Knowledge } from "../../core/model/knowledge.ts";
import type { Attempt, ReadContext } from "../../core/sync/connector.ts";
import type { HttpClient } from "../../http/client.ts";
import { malformed, RequestError, toFailure } from "../../http/failures.ts";
import type { Listing } from "../../http/listing.ts";
import type { DatadogWriteApi } from "./api.ts";
import { createReader, type Reader } from "./reader.ts";
import { createScimClient, type ScimClient } from "./scim.ts";
import type { DatadogAddress } from "./transport.ts";

/** The ways into one organization during one call. */
export interface Doors {
  readonly system: string;
  readonly reader: Reader;
  readonly scim: ScimClient;
  readonly api: DatadogWriteApi;
  /** Resolves after that many milliseconds, or rejects when the call is cancelled. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Makes one call of the writer: whatever the step throws is a failure. */
export type Call = <T>(context: ReadContext, step: (doors: Doors) => Promise<T>) => Promise<Attempt<T>>;

/** `address` throws when there is none. */
export function callsTo(http: HttpClient, system: string, address: () => DatadogAddress): Call {
  return async (context, step) => {
    try {
      const { createDatadogWriteApi } = await import("./api.ts");
      const doors: Doors = {
        system,
        reader: await createReader(address(), http, context),
        scim: createScimClient(http, address(), context.signal),
        api: createDatadogWriteApi(http, address(), context.signal),
        pause: (ms) => http.wait(ms, context.signal, system),
      };
      return { ok: true, value: await step(doors) };
    } catch (error) {
      return { ok: false, why: toFailure(error, system) };
    }
  };
}

const POST_TRIES = 3;
const POST_PAUSE_MS = 1000;
/** When Datadog asks for a longer pause, the step fails and apply says so. */
const LONGEST_PAUSE_MS = 60_000;

export interface SurePost<T> {
  /** What an earlier try may have made; it is ours then. */
  readonly look: () => Promise<T | null>;
  readonly post: () => Promise<T>;
  /** The caller has looked already, so the first try need not. */
  readonly isLooked?: boolean;
}

/** A POST whose answer got lost may have worked, so what it makes is looked for before each try. */
export async function postSurely<T>({ pause }: Doors, { look, post, isLooked = false }: SurePost<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const found = isLooked && tries === 1 ? null : await look();
    if (found !== null) return found;
    try {
      return await post();
    } catch (error) {
      if (!(error instanceof RequestError) || tries >= POST_TRIES || !mayHaveWorked(error)) throw error;
      const wait = error.retryAfterMs ?? POST_PAUSE_MS * tries;
      if (wait > LONGEST_PAUSE_MS) throw error;
      await pause(wait);
    }
  }
}

/** Throttled and unreachable ones are worth another look; so is 409, which says that it is there. */
function mayHaveWorked({ failure }: RequestError): boolean {
  return (
    failure.kind === "throttled" ||
    failure.kind === "unreachable" ||
    failure.kind === "malformed" ||
    failure.status === 409
  );
}

/** A page that a gateway sends with the same status is no word of Datadog's. */
export function isRejectedWith(status: number, { failure }: RequestError): boolean {
  return failure.kind === "rejected" && failure.status === status;
}

/** For `catch`: a failure with this status is what was wanted. */
export function acceptStatus(status: number): (error: unknown) => undefined {
  return (error) => {
    if (!(error instanceof RequestError) || !isRejectedWith(status, error)) throw error;
  };
}

/** The items of a listing without a gap; a gap is thrown as `RequestError`. */
export function listingOf<T>(listing: Listing<T>): readonly T[] {
  if (listing.gap) throw new RequestError(listing.gap);
  return listing.items;
}

/** The items of a whole read; anything less is a failure here, because apply decides on what is missing. */
export function wholeOf<T>(knowledge: Knowledge<T>): readonly T[] {
  const gap = gapOf(knowledge);
  if (gap) throw new RequestError(gap);
  return [...itemsOf(knowledge).values()];
}

/**
 * What must be in an answer of 200. Throws `RequestError` with `instead`, which says what the answer was without it.
 */
export function expected<T>(value: T | undefined | null, system: string, instead: string): T {
  if (value !== undefined && value !== null) return value;
  throw new RequestError(malformed(system, `${system} answered ${instead}`));
}
