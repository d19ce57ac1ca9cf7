/** The language server: over IPC or a socket when the client says so, else over standard input and output. */

import { type Connection, createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { keepHeapSmall } from "./heap.ts";
import { refuseOnceShutDown } from "./refuse.ts";
import { serve } from "./server.ts";

/** Serves one client until it says goodbye. */
export function startServer(): void {
  keepHeapSmall();
  const connection = connect();
  serve(connection);
  connection.listen();
}

function connect(): Connection {
  const isChosen = process.argv.some((argument) => /^--(stdio|node-ipc|socket=|pipe=)/.test(argument));
  const { messageStrategy, register } = refuseOnceShutDown();
  const connection = isChosen
    ? createConnection(ProposedFeatures.all, { messageStrategy })
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout, { messageStrategy });
  register(connection);
  return connection;
}
