/** Transport for processes that own an environment: the command line, and the language server outside VS Code. */

import { readFile } from "node:fs/promises";
import { type Environment, environmentSecrets } from "../http/environment.ts";
import { createFetchTransport } from "../http/fetchTransport.ts";
import { parseLoopback } from "../http/loopback.ts";
import { type Connection, keysConnection } from "../http/origins.ts";
import { directHere, withProxyAdvice } from "../http/proxy.ts";
import { type Transport, TransportError } from "../http/transport.ts";

/** `connections` is asked at every request, because the project file may change while the process lives. */
export function environmentTransport(env: Environment, connections: () => readonly Connection[]): Transport {
  const loopback = parseLoopback(env.ACCESSMAP_LOOPBACK);
  if (!loopback.ok) {
    const { why } = loopback;
    return { exchange: () => Promise.reject(new TransportError(why)) };
  }
  const transport = createFetchTransport({
    secrets: {
      findSecret: (credential) => environmentSecrets(env, withKeys(connections()), readText).findSecret(credential),
    },
    loopback: loopback.routes,
    fetch: directHere(process.env, fetch),
  });
  return loopback.routes.size > 0 ? transport : advised(transport, env);
}

function advised(transport: Transport, env: Environment): Transport {
  return {
    exchange: (request, signal) =>
      transport.exchange(request, signal).catch((error: unknown) => {
        if (!(error instanceof TransportError)) throw error;
        throw new TransportError(withProxyAdvice(error.failure, env, process.execArgv));
      }),
  };
}

/** The systems of the project, and where the keys of Google's service accounts are looked at. */
function withKeys(connections: readonly Connection[]): readonly Connection[] {
  const google = connections.filter(({ vendor }) => vendor === "google");
  return [...connections, ...google.map(({ name }) => keysConnection(name))];
}

/** Key and token files that variables name. Read at every request, because token files are rotated. */
function readText(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}
