/** One server on one document: started, opened and settled, ready to be measured. */

import { makeDocument } from "./documents.ts";
import { type Folder, type LiveData, makeProject } from "./folder.ts";
import { type Condition, type LspClient, startClient } from "./lspClient.ts";
import type { Server } from "./servers.ts";

export const FILE = "bench.accessmap.yaml";

export interface SessionOptions {
  readonly server: Server;
  readonly mappings: number;
  readonly groups: number;
  readonly people?: number;
  readonly data?: LiveData;
  readonly nodeOptions?: readonly string[];
  /** How long to wait behind the first findings. */
  readonly quietMs?: number;
}

export interface Session {
  readonly client: LspClient;
  readonly document: ReturnType<typeof makeDocument>;
  /** Milliseconds from the start of the process to the first diagnostics that are complete. */
  readonly openMs: number;
  /** Processor time of its main thread until then. */
  readonly openBusyMs: number;
}

/** Servers may publish once more when settings arrive; what is measured begins after that. */
const QUIET_MS = 500;

/** Runs `use` on a fresh process; process and folder are gone afterwards, whatever happens. */
export async function withSession<T>(options: SessionOptions, use: (session: Session) => Promise<T>): Promise<T> {
  const { server, mappings, groups, people = 0, data = "committed", nodeOptions, quietMs = QUIET_MS } = options;
  const document = makeDocument(mappings, groups);
  const folder = await makeProject({ [FILE]: document.text }, { groups, people }, data);
  try {
    return await withClient(server, folder, nodeOptions, async (client) => {
      client.open(FILE, document.text);
      // What comes from an earlier session proves no absence, so the wrong names in the file cannot be told there.
      const { at } = await client.findings(FILE, data === "committed" ? covers(document.wrongLines) : undefined);
      const openBusyMs = client.busyMs();
      await pause(quietMs);
      return use({ client, document, openMs: at - client.spawnedAt, openBusyMs });
    });
  } finally {
    folder.remove();
  }
}

export async function withClient<T>(
  server: Server,
  folder: Folder,
  nodeOptions: readonly string[] | undefined,
  use: (client: LspClient) => Promise<T>,
): Promise<T> {
  const client = await startClient(server, folder, nodeOptions);
  try {
    return await use(client);
  } finally {
    await client.stop();
  }
}

/** Something is said about each of the lines. */
export function covers(lines: readonly number[]): Condition {
  return (diagnostics) => {
    const starts = new Set(diagnostics.map(({ range }) => range.start.line));
    return lines.every((line) => starts.has(line));
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
