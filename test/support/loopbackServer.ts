/** A server of a test on loopback, on any free port. */

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers the server's origin once it listens. */
export async function listenOnLoopback(server: Server): Promise<string> {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((done) => server.close(() => done()));
}
