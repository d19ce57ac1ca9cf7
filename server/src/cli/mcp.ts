/**
 * `accessmap mcp`: the questions as read-only tools for language-model assistants, by the Model Context Protocol on standard
 * input and output. It can ask, never write; of people it tells what `policy.assistants` allows.
 * https://modelcontextprotocol.io/specification/2025-06-18 (2026-11). Four methods need no library.
 */

import { createInterface } from "node:readline";
import { NO_ANSWERS } from "../core/analysis/questions/ask.ts";
import { type GivenTexts, givenTexts, inputSchemaOf, TOOLS, type Tool } from "../core/analysis/questions/tools.ts";
import { policyOf } from "../core/analysis/world.ts";
import { isRecord } from "../core/model/json.ts";
import { minutesBetween } from "../core/model/time.ts";
import { answerTool } from "../workspace/assistants.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { chooseOrganization, openProject, type ProjectOptions, readLive } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";
import { VERSION } from "./support/version.ts";

/** What live systems are read again after. */
const STALE_MINUTES = 10;
const PROTOCOLS = ["2025-06-18", "2025-03-26", "2024-11-05"];

/** Serves until standard input ends. */
export async function mcp(options: ProjectOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === "") continue;
    const answer = await respond(workspace, terminal, line);
    if (answer !== undefined) process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  return EXIT.clean;
}

/** The answer to one message; notifications have none. */
async function respond(workspace: Workspace, terminal: Terminal, line: string): Promise<object | undefined> {
  const message = parse(line);
  if (!message) return failure(null, -32700, "This is no JSON object");
  const { id, method, params } = message;
  if (id === undefined) return undefined;
  const result = (value: object) => ({ jsonrpc: "2.0", id, result: value });
  switch (method) {
    case "initialize": {
      const wanted = String(params.protocolVersion);
      const protocolVersion = PROTOCOLS.includes(wanted) ? wanted : PROTOCOLS[0];
      return result({
        protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: "accessmap", version: VERSION },
      });
    }
    case "ping":
      return result({});
    case "tools/list":
      return result({ tools: Object.entries(TOOLS).map(describe) });
    case "tools/call":
      return result(await call(workspace, terminal, String(params.name), givenTexts(params.arguments)));
    default:
      return failure(id, -32601, `There is no method ${String(method)}`);
  }
}

async function call(workspace: Workspace, terminal: Terminal, name: string, given: GivenTexts) {
  try {
    if (policyOf(workspace.snapshot()).assistants === "none") return told(NO_ANSWERS, true);
    await refresh(workspace, terminal);
    const organization = chooseOrganization(workspace, given.organization);
    const { text, isError } = await answerTool(workspace, organization, name, given);
    return told(text, isError);
  } catch (error) {
    if (error instanceof Exit) return told(error.message, true);
    throw error;
  }
}

async function refresh(workspace: Workspace, terminal: Terminal): Promise<void> {
  const { now } = workspace.snapshot();
  const isFresh = workspace
    .status()
    .systems.every(({ asOf }) => asOf !== undefined && minutesBetween(asOf, now) < STALE_MINUTES);
  if (!isFresh) await readLive(workspace, terminal, "mcp");
}

function describe([name, tool]: [string, Tool]): object {
  const { description } = tool;
  const annotations = { readOnlyHint: true, openWorldHint: false };
  return { name, description, inputSchema: inputSchemaOf(tool), annotations };
}

function told(text: string, isError: boolean): object {
  return { content: [{ type: "text", text }], ...(isError ? { isError } : {}) };
}

interface Message {
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params: Readonly<Record<string, unknown>>;
}

function parse(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isRecord(value)) return undefined;
    return { ...value, params: isRecord(value.params) ? value.params : {} };
  } catch {
    return undefined;
  }
}

function failure(id: unknown, code: number, message: string): object {
  return { jsonrpc: "2.0", id, error: { code, message } };
}
