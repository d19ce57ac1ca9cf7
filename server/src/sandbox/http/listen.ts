/** A Hono application as a server on 127.0.0.1 that can be stopped without a trace. */

import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";

/** A Hono application, whatever its variables. */
export interface Application {
  // biome-ignore lint/suspicious/noExplicitAny: the bindings are Node's own, and only handlers know them.
  fetch(request: Request, bindings: any): Response | Promise<Response>;
}

/** What a server gives its handlers besides the sockets. */
export interface Mortal {
  /** Kills the server at once, with all its connections. The result brings it back on the same port, if it is still wanted. */
  die(): () => Promise<void>;
}

export interface Listener {
  /** E.g. `http://127.0.0.1:41001`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Port 0 is any free one. Rejects with an Error that names the port and the remedy when it is taken. */
export async function listen(app: Application, port: number, what: string): Promise<Listener> {
  let isWanted = true;
  let reviving: Promise<void> | undefined;
  const fetch = (request: Request, bindings: object) => app.fetch(request, { ...bindings, die });
  const server = createAdaptorServer({ fetch }) as Server;
  await open(server, port, what);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error(`The ${what} server has no port`);
  const taken = address.port;

  function die(): () => Promise<void> {
    if (server.listening) void close(server);
    return async () => {
      if (isWanted && !server.listening) reviving ??= open(server, taken, what).finally(() => (reviving = undefined));
      await reviving;
    };
  }

  return {
    origin: `http://127.0.0.1:${taken}`,
    async close() {
      isWanted = false;
      if (server.listening) await close(server);
    },
  };
}

async function open(server: Server, port: number, what: string): Promise<void> {
  await new Promise<void>((ready, fail) => {
    const refuse = (error: NodeJS.ErrnoException) => fail(new Error(explain(error, port, what)));
    server.once("error", refuse);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", refuse);
      ready();
    });
  });
}

/** Idle connections that clients keep alive would hold the server open, so they are cut. */
function close(server: Server): Promise<void> {
  return new Promise((done, fail) => {
    server.close((error) => (error ? fail(error) : done()));
    server.closeAllConnections();
  });
}

function explain(error: NodeJS.ErrnoException, port: number, what: string): string {
  if (error.code === "EADDRINUSE")
    return `Port ${port} for ${what} is taken by another program; choose another port, or 0 for any free one`;
  if (error.code === "EACCES")
    return `Port ${port} for ${what} may not be opened; choose one above 1023, or 0 for any free one`;
  return `The ${what} server cannot start: ${error.message}`;
}
