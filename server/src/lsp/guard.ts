/** Wraps every handler: yields once so that a cancel can be read, then answers, and always settles. */

import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { messageOf, traceOf } from "../core/model/thrown.ts";
import { openCancellation } from "../workspace/cancellation.ts";

export type Log = (line: string) => void;

export type Handler<Params, Result> = (params: Params, token: CancellationToken) => Result | Promise<Result>;

/** Longer answers are logged with their duration. */
const SLOW_MS = 200;

/** A handler whose mistakes become the empty answer: an editor feature that fails must not take the others with it. */
export function guard<Params, Result>(
  name: string,
  empty: Result,
  log: Log,
  run: Handler<Params, Result>,
): (params: Params, token: CancellationToken) => Promise<Result> {
  return async (params, token) => {
    await nextTurn();
    if (token.isCancellationRequested) throw cancelled();
    const started = performance.now();
    try {
      const result = await run(params, token);
      if (token.isCancellationRequested) throw cancelled();
      return result;
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      log(`${name} failed: ${traceOf(error)}`);
      return empty;
    } finally {
      const took = performance.now() - started;
      if (took > SLOW_MS) log(`${name} took ${Math.round(took)} ms`);
    }
  };
}

/** A handler whose failures the person who asked must see. Every parameter is optional: a request may come with none. */
export function guardCommand<Params extends object, Result>(
  name: string,
  log: Log,
  run: Handler<Partial<Params>, Result>,
): (params: Params | null, token: CancellationToken) => Promise<Result> {
  return async (...received) => {
    // Without parameters the token is all that arrives.
    const [params, token] = received.length > 1 ? received : [{}, received[0] as unknown as CancellationToken];
    await nextTurn();
    if (token.isCancellationRequested) throw cancelled();
    try {
      return await run(params ?? {}, token);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      log(`${name} failed: ${traceOf(error)}`);
      throw failed(`${name} failed: ${messageOf(error)}`);
    }
  };
}

/** An error answer whose message is for people. */
export function failed(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}

/** Sends something that needs no answer. A client that has gone needs no news either. */
export function tell(send: () => Promise<unknown>): void {
  try {
    send().catch(() => {});
  } catch {
    // A closed connection throws at once.
  }
}

/** An abort signal that follows a request's token. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = openCancellation();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/** What the work gives, or `instead` when it takes longer. The work itself goes on. */
export function within<T>(ms: number, work: Promise<T>, instead: T): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(instead), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
}

/** Lets messages that have arrived be read. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
