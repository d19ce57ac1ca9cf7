/** A workspace over the sandbox with a clock of its own, and ways to break and mend the network between the two. */

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { resolvedMappings } from "../../server/src/core/analysis/grants.ts";
import type { HttpRequest, HttpResponse } from "../../server/src/core/model/http.ts";
import type { Failure } from "../../server/src/core/model/knowledge.ts";
import { type Transport, TransportError } from "../../server/src/http/transport.ts";
import type { SystemStatus } from "../../server/src/lsp/protocol.ts";
import { type Company, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { environmentTransport } from "../../server/src/workspace/environmentTransport.ts";
import { openWorkspace, type Workspace, type WorkspaceOptions } from "../../server/src/workspace/workspace.ts";

export const PROJECT = `version: 1
project: acme-access
directories:
  okta: { type: okta, domain: acme.okta.com, groups: "dd-*" }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } }
`;

export const MAPPINGS = `mappings:
  - group: dd-sre
    roles: [SRE]
    reason: On call
    owner: platform@acme.com
  - group: dd-nobody
    roles: [SRE]
    reason: On call
    owner: platform@acme.com
`;

/** No test lets more time than this pass, in milliseconds, unless it is about another day: a new day brings new findings. */
const MOST_PASSING = 15 * 60_000;

/** Milliseconds that are left of this day, UTC. */
function untilMidnight(): number {
  const day = 24 * 60 * 60_000;
  return day - (Date.now() % day);
}

/** Instead of the network: nothing, a failure, an answer, or a way to wait. */
export type Trouble = (request: HttpRequest) => Failure | HttpResponse | Promise<undefined> | undefined;

export interface Desk {
  readonly folder: string;
  readonly storage: string;
  readonly log: string[];
  readonly sent: HttpRequest[];
  /** The company behind the sandbox. */
  readonly company: Company;
  /** Moves the clock of all workspaces. */
  pass(minutes: number): void;
  trouble: Trouble | undefined;
  /** A new process, as it were. */
  open(more?: Partial<WorkspaceOptions>): Promise<Workspace>;
}

export async function openDesk(files: Readonly<Record<string, string>> = {}): Promise<Desk> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "accessmap-desk-")));
  const all = { "accessmap.yaml": PROJECT, "a.accessmap.yaml": MAPPINGS, ...files };
  for (const [file, text] of Object.entries(all)) writeFileSync(join(folder, file), text);
  const sandbox = await startSandbox();
  const storage = join(folder, ".storage");
  const env = { ...sandbox.environment, ACCESSMAP_LOOPBACK: JSON.stringify(sandbox.routes) };
  let skipped = untilMidnight() < MOST_PASSING ? -MOST_PASSING : 0;
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });
  const desk: Desk = {
    folder,
    storage,
    log: [],
    sent: [],
    company: sandbox.company,
    pass: (minutes) => {
      skipped += minutes * 60_000;
    },
    trouble: undefined,
    async open(more = {}) {
      let workspace: Workspace | undefined;
      const inner = environmentTransport(env, () => workspace?.connections() ?? []);
      const transport: Transport = {
        async exchange(request, signal) {
          desk.sent.push(request);
          const trouble = await desk.trouble?.(request);
          if (!trouble) return inner.exchange(request, signal);
          if ("kind" in trouble) throw new TransportError(trouble);
          return trouble;
        },
      };
      workspace = await openWorkspace({
        folder,
        transport,
        clock: () => new Date(Date.now() + skipped).toISOString(),
        log: (line) => desk.log.push(line),
        storage: { inventories: join(storage, "inventories"), shared: storage, applies: storage },
        ...more,
      });
      return workspace;
    },
  };
  return desk;
}

export function statusOf(workspace: Workspace, name: string): SystemStatus {
  const found = workspace.status().systems.find((system) => system.name === name);
  if (!found) throw new Error(`no system ${name}`);
  return found;
}

/** Rules that found something, each once. */
export function findings(workspace: Workspace): readonly string[] {
  return [...new Set([...workspace.problems().values()].flat().map(({ rule }) => rule))].sort();
}

/** Whether the first mapping's group is known, and how many of its members. */
export function groupOf(workspace: Workspace) {
  const [resolved] = resolvedMappings(workspace.snapshot());
  const { group, members } = resolved ?? {};
  return {
    group: group?.answer,
    people: members?.state === "known" ? members.items.size : undefined,
    isWhole: members?.state === "known" && members.complete,
  };
}

export function unauthorized(): HttpResponse {
  return { status: 401, headers: { "content-type": "application/json" }, body: '{"errors":["Unauthorized"]}' };
}

/** Settles when kept inventories were loaded; fails the test's limit when nothing is there. */
export function loaded(workspace: Workspace): Promise<void> {
  return new Promise((done) => {
    const stop = workspace.onDidChange((what) => {
      if (what !== "live" || workspace.status().systems.some(({ state }) => state === "never")) return;
      stop();
      done();
    });
  });
}
