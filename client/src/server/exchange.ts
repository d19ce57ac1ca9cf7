/** Performs the HTTP exchanges the language server asks for: here are the proxy settings, the certificates and the secrets. */

import { type CancellationToken, type LogOutputChannel, workspace } from "vscode";
import { createFetchTransport } from "../../../server/src/http/fetchTransport.ts";
import { originOf } from "../../../server/src/http/origins.ts";
import { redactUrl } from "../../../server/src/http/redact.ts";
import { systemClock } from "../../../server/src/http/time.ts";
import { createTokenStore } from "../../../server/src/http/tokens/store.ts";
import { TransportError } from "../../../server/src/http/transport.ts";
import type { ExchangeParams, ExchangeResult, SystemStatus } from "../../../server/src/lsp/protocol.ts";
import { type Drill, drillSecrets } from "../sandbox/drill.ts";
import { type Keepers, storedSecrets } from "../signIn/secretSource.ts";

export interface ExchangeOptions extends Keepers {
  /** Settles when it is known whether a sandbox stands in for the real systems. */
  readonly drill: () => Promise<Drill>;
  /** Systems of this name, as far as the server has told them: several when projects of the window share it. */
  readonly systemsNamed: (connection: string) => readonly SystemStatus[];
  readonly log: LogOutputChannel;
}

export type AnswerExchange = (request: ExchangeParams, token: CancellationToken) => Promise<ExchangeResult>;

/** Answers `accessmap/exchange`. Never rejects: whatever goes wrong is a failure for the one who asked. */
export function createExchange(options: ExchangeOptions): AnswerExchange {
  // A transport is made for each request, because secrets are looked up by its origin; exchanged tokens outlive it.
  const tokens = createTokenStore(systemClock);

  async function perform(request: ExchangeParams, signal: AbortSignal): Promise<ExchangeResult> {
    const system = request.credential?.connection ?? "accessmap";
    // The server asks for nothing in an untrusted workspace; this holds even if it did.
    if (!workspace.isTrusted)
      return { failure: { kind: "denied", system, message: "this workspace is not trusted, so nothing is contacted" } };
    try {
      const drill = await options.drill();
      const systems = options.systemsNamed(system);
      const isReal = drill.routes.size === 0;
      const transport = createFetchTransport({
        secrets: isReal
          ? storedSecrets(options, originOf(request.url) ?? "", systems)
          : drillSecrets(drill, request, systems),
        loopback: drill.routes,
        tokens,
      });
      return { response: await transport.exchange(request, signal) };
    } catch (error) {
      if (error instanceof TransportError) return { failure: error.failure };
      // The text of an unforeseen error may quote a header, so it is not passed on.
      return { failure: { kind: "unreachable", system, message: `the request to ${system} failed in the editor` } };
    }
  }

  return async (request, token) => {
    const controller = new AbortController();
    const subscription = token.onCancellationRequested(() => controller.abort());
    const started = Date.now();
    const result = await perform(request, controller.signal);
    subscription.dispose();
    const outcome = "response" in result ? result.response.status : `${result.failure.kind}: ${result.failure.message}`;
    options.log.debug(`${request.method} ${redactUrl(request.url)} ${outcome} (${Date.now() - started} ms)`);
    return result;
  };
}
