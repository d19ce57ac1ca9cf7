/** Transports of the language server: HTTP through the client, which holds the secrets, and a gate that trust opens. */

import { CancellationTokenSource, type Connection } from "vscode-languageserver";
import type { Failure } from "../core/model/knowledge.ts";
import { type Transport, TransportError } from "../http/transport.ts";
import { type ExchangeParams, type ExchangeResult, exchangeRequest } from "./protocol.ts";

/** Sends every exchange to the client as `accessmap/exchange`. No secret ever passes through here. */
export function exchangeTransport(connection: Pick<Connection, "sendRequest">): Transport {
  return {
    async exchange(request, signal) {
      const system = request.credential?.connection ?? "accessmap";
      const source = new CancellationTokenSource();
      const cancel = () => source.cancel();
      if (signal.aborted) throw new TransportError(cancelled(system));
      signal.addEventListener("abort", cancel, { once: true });
      try {
        const params: ExchangeParams = request;
        const result = await connection.sendRequest<ExchangeResult>(exchangeRequest, params, source.token);
        if ("failure" in result) throw new TransportError(result.failure);
        return result.response;
      } catch (error) {
        if (error instanceof TransportError) throw error;
        // The client's own words are not passed on: they could quote a header.
        throw new TransportError(
          signal.aborted
            ? cancelled(system)
            : { kind: "unreachable", system, message: `the editor could not perform the request to ${system}` },
        );
      } finally {
        signal.removeEventListener("abort", cancel);
        source.dispose();
      }
    },
  };
}

/** Refuses everything while `isOpen` says no; asked anew for every exchange, because trust may be granted later. */
export function gatedTransport(inner: Transport, isOpen: () => boolean): Transport {
  return {
    exchange(request, signal) {
      if (isOpen()) return inner.exchange(request, signal);
      const system = request.credential?.connection ?? "accessmap";
      return Promise.reject(
        new TransportError({
          kind: "denied",
          system,
          message: "this workspace is not trusted, so nothing is contacted",
        }),
      );
    },
  };
}

function cancelled(system: string): Failure {
  return { kind: "cancelled", system, message: `the request to ${system} was cancelled` };
}
