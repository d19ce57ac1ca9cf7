/** The language server: over IPC or a socket when the client says so, else over standard input and output. */

import { type Connection, createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { keepHeapSmall } from "./heap.ts";
import { serve } from "./server.ts";

/** Serves one client until it says goodbye. */
export function startServer(connection: Connection = connect()): void {
  keepHeapSmall();
  serve(connection);
  connection.listen();
}

function connect(): Connection {
  const isChosen = process.argv.some((argument) => /^--(stdio|node-ipc|socket=|pipe=)/.test(argument));
  if (isChosen) return createConnection(ProposedFeatures.all);
  return createConnection(ProposedFeatures.all, process.stdin, process.stdout);
}
