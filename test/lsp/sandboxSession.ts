/** A session on the sample project whose client forwards exchanges to a sandbox of its own. */

import { onTestFinished } from "vitest";
import { readProject } from "../../server/src/core/syntax/readProject.ts";
import { TransportError } from "../../server/src/http/transport.ts";
import type { ExchangeParams, ExchangeResult } from "../../server/src/lsp/protocol.ts";
import { renderSample } from "../../server/src/sandbox/sample.ts";
import { startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { environmentTransport } from "../../server/src/workspace/environmentTransport.ts";
import { systemsOf } from "../../server/src/workspace/live/systems.ts";
import { openSession, type SessionOptions } from "./support.ts";

const today = () => new Date().toISOString().slice(0, 10);

/** Once both systems are read. */
export async function openOnSandbox(options: Pick<SessionOptions, "initializationOptions"> = {}) {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const files = Object.fromEntries(renderSample(today()));
  const connections = systemsOf(readProject("accessmap.yaml", files["accessmap.yaml"] ?? "").content).map(
    ({ connection }) => connection,
  );
  const transport = environmentTransport(sandbox.environment, () => connections);
  const exchange = async (request: ExchangeParams): Promise<ExchangeResult> => {
    try {
      return { response: await transport.exchange(request, new AbortController().signal) };
    } catch (error) {
      if (error instanceof TransportError) return { failure: error.failure };
      throw error;
    }
  };
  const session = await openSession({ files, exchange, ...options });
  await session.status(({ systems }) => systems.length > 0 && systems.every(({ state }) => state === "fresh"));
  return { ...session, sandbox };
}
