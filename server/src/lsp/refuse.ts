/**
 * After `shutdown` every request is an invalid one (LSP 3.17, "Shutdown Request"), which the library leaves to servers.
 * Notifications pass: `exit` is one.
 */

import { type Connection, ErrorCodes, Message, type MessageStrategy, ResponseError } from "vscode-languageserver";

/** The one request that is answered after a shutdown, in place of any other. */
const REFUSED = "accessmap/refused";

/** A strategy for the connection to be made, and what to register on it. Belongs to one connection. */
export function refuseOnceShutDown(): {
  readonly messageStrategy: MessageStrategy;
  register(connection: Connection): void;
} {
  let isShutDown = false;
  return {
    messageStrategy: {
      handleMessage(message, next) {
        if (!Message.isRequest(message)) return next(message);
        const passed = isShutDown ? { ...message, method: REFUSED } : message;
        isShutDown ||= message.method === "shutdown";
        return next(passed);
      },
    },
    register(connection) {
      connection.onRequest(REFUSED, () => {
        throw new ResponseError(ErrorCodes.InvalidRequest, "the server is shut down");
      });
    },
  };
}
