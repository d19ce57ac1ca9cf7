/**
 * `accessmap mcp`: the questions as read-only tools for language-model assistants, by the Model Context Protocol on standard
 * input and output. It can ask, never write; of people it tells what `policy.assistants` allows.
 * https://modelcontextprotocol.io/specification/2025-06-18 (2026-11). Four methods need no library.
 */

import { createInterface } from "node:readline";
import { policyOf } from "../core/analysis/privilege.ts";
import { ask } from "../core/analysis/questions/ask.ts";
import type { Question } from "../core/analysis/questions/question.ts";
import { printable } from "../core/model/printable.ts";
import { minutesBetween } from "../core/model/time.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { EXIT, Exit } from "./exit.ts";
import { chooseOrganization, liveGaps, openProject, type ProjectOptions, readLive } from "./project.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

/** What live systems are read again after. */
const STALE_MINUTES = 10;
const PROTOCOLS = ["2025-06-18", "2025-03-26", "2024-11-05"];

interface Tool {
  readonly description: string;
  /** Parameters by name, each a text. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly required: readonly string[];
  readonly toQuestion: (given: Readonly<Record<string, string>>) => Question | undefined;
}

const ORGANIZATION = { organization: "Organization of accessmap.yaml; may be left out when there is only one" };

const TOOLS: Readonly<Record<string, Tool>> = {
  who_can: {
    description: "Who holds a Datadog permission, through which identity-provider group and role, and who else may",
    parameters: { permission: "Name of the permission, such as logs_delete_data", ...ORGANIZATION },
    required: ["permission"],
    toQuestion: ({ permission = "" }) => ({ kind: "who-can", permission }),
  },
  explain_person: {
    description: "Groups, roles and effective permissions of one person, and where each comes from",
    parameters: { person: "Login or address", ...ORGANIZATION },
    required: ["person"],
    toQuestion: ({ person = "" }) => ({ kind: "explain", person }),
  },
  what_if: {
    description:
      "What would change if a person joined or left a group, or a group gained or lost a role; nothing is written",
    parameters: {
      what: "joins or leaves (with person), gains or loses (with role)",
      group: "Name of the mapped group",
      person: "Login or address",
      role: "Name of the role",
      ...ORGANIZATION,
    },
    required: ["what", "group"],
    toQuestion: ({ what, group = "", person, role }) => {
      if (person !== undefined && (what === "joins" || what === "leaves"))
        return { kind: "what-if", change: { what, person, group } };
      if (role !== undefined && (what === "gains" || what === "loses"))
        return { kind: "what-if", change: { what, role, group } };
      return undefined;
    },
  },
  simulate_login: {
    description: "Which mappings a SAML login matches, what results, and why it would fail",
    parameters: { person: "Login or address", assertion: "Or a SAML response, XML or base64", ...ORGANIZATION },
    required: [],
    toQuestion: ({ person, assertion }) => {
      if (assertion !== undefined) return { kind: "login", assertion };
      return person === undefined ? undefined : { kind: "login", person };
    },
  },
};

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
      return result(await call(workspace, terminal, String(params.name), textsOf(params.arguments)));
    default:
      return failure(id, -32601, `There is no method ${String(method)}`);
  }
}

async function call(workspace: Workspace, terminal: Terminal, name: string, given: Readonly<Record<string, string>>) {
  const tool = TOOLS[name];
  const question = tool?.toQuestion(given);
  if (!tool || !question)
    return told(tool ? `Needed: ${Object.keys(tool.parameters).join(", ")}` : `There is no tool ${name}`, true);
  try {
    await refresh(workspace, terminal);
    const snapshot = workspace.snapshot();
    const organization = chooseOrganization(workspace, given.organization);
    const reply = ask(snapshot, organization, question, policyOf(snapshot).assistants);
    if ("problem" in reply) return told(reply.problem, true);
    return told([reply.title, ...reply.lines, ...liveGaps(workspace)].join("\n"), false);
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

function describe([name, { description, parameters, required }]: [string, Tool]): object {
  const properties = Object.fromEntries(
    Object.entries(parameters).map(([key, text]) => [key, { type: "string", description: text }]),
  );
  const inputSchema = { type: "object", properties, required, additionalProperties: false };
  return { name, description, inputSchema, annotations: { readOnlyHint: true, openWorldHint: false } };
}

/** Names of live things come from outside: nothing of them may drive whatever shows the text. */
function told(text: string, isError: boolean): object {
  return {
    content: [{ type: "text", text: text.split("\n").map(printable).join("\n") }],
    ...(isError ? { isError } : {}),
  };
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

function textsOf(value: unknown): Readonly<Record<string, string>> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function failure(id: unknown, code: number, message: string): object {
  return { jsonrpc: "2.0", id, error: { code, message } };
}
