/** A Hono application as a server on 127.0.0.1 that can be stopped without a trace. */

import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";

/** A Hono application, whatever its variables. */
export interface Application {
  // biome-ignore lint/suspicious/noExplicitAny: the bindings are Node's own, and only handlers know them.
  fetch(request: Request, bindings: any): Response | Promise<Response>;
}

export interface Listener {
  /** E.g. `http://127.0.0.1:41001`. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Port 0 is any free one. Rejects with an Error that names the port and the remedy when it is taken. */
export async function listen(app: Application, port: number, what: string): Promise<Listener> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((ready, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => fail(new Error(explain(error, port, what))));
    server.listen(port, "127.0.0.1", ready);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error(`The ${what} server has no port`);
  return { origin: `http://127.0.0.1:${address.port}`, close: () => close(server) };
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
