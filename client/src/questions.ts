/** The questions of the palette: what they are about is asked word by word, the answer is a read-only document. */

import { env, type QuickPickItem } from "vscode";
import { type AskParams, type AskResult, askRequest, type RowSubject } from "../../server/src/lsp/protocol.ts";
import { chooseTarget, type PlanTools, type Target } from "./plans.ts";

type Question = AskParams["question"];
/** Undefined when dismissed. */
type AskQuestion = (tools: PlanTools) => Promise<Question | undefined>;

export const QUESTIONS: Readonly<Record<"whoCan" | "explain" | "whatIf" | "login", AskQuestion>> = {
  async whoCan({ dialogs }) {
    const permission = await dialogs.askText("Who Can…?", "Name of a permission, such as logs_delete_data");
    return permission === undefined ? undefined : { kind: "who-can", permission };
  },
  async explain({ dialogs }) {
    const person = await dialogs.askText("Explain a Person…", "Login or address");
    return person === undefined ? undefined : { kind: "explain", person };
  },
  whatIf,
  login,
};

/** Asks what is missing, then the server, and shows the answer. */
export async function ask(tools: PlanTools, kind: keyof typeof QUESTIONS): Promise<AskResult | undefined> {
  const target = await chooseTarget(tools, "Ask about", undefined);
  const question = target && (await QUESTIONS[kind](tools));
  return target && question && askAbout(tools, target, question);
}

/** Asks the server and shows the answer. */
export async function askAbout(
  tools: PlanTools,
  { folder, organization }: Target,
  question: Question,
): Promise<AskResult> {
  const params: AskParams = { folder, organization, question };
  const answer = await tools.server.request<AskResult>(askRequest, params);
  await tools.documents.showAnswer(answer.title, answer.text, folder);
  return answer;
}

/** Who is in a group and what they can do; the group of a lens or row, else one that is asked for. */
export async function showGroup(tools: PlanTools, subject: RowSubject | undefined): Promise<AskResult | undefined> {
  if (subject) return askAbout(tools, subject, { kind: "group", group: subject.name });
  const target = await chooseTarget(tools, "Show a Group…", undefined);
  const group = target && (await tools.dialogs.askText("Show a Group…", "Name of a group that a mapping names"));
  return target && group ? askAbout(tools, target, { kind: "group", group }) : undefined;
}

const CHANGES = [
  { label: "A person joins a group", what: "joins" },
  { label: "A person leaves a group", what: "leaves" },
  { label: "A group gains a role", what: "gains" },
  { label: "A group loses a role", what: "loses" },
] as const satisfies readonly (QuickPickItem & { readonly what: string })[];

async function whatIf({ dialogs }: PlanTools): Promise<Question | undefined> {
  const what = (await dialogs.pick("What If…", CHANGES))?.what;
  if (what === undefined) return undefined;
  if (what === "joins" || what === "leaves") {
    const person = await dialogs.askText("What If…", "Login or address of the person");
    const group = person === undefined ? undefined : await dialogs.askText("What If…", `Group that ${person} ${what}`);
    return person === undefined || group === undefined
      ? undefined
      : { kind: "what-if", change: { what, person, group } };
  }
  const group = await dialogs.askText("What If…", "Name of the mapped group");
  const role = group === undefined ? undefined : await dialogs.askText("What If…", `Role that "${group}" ${what}`);
  return group === undefined || role === undefined ? undefined : { kind: "what-if", change: { what, group, role } };
}

const WAYS = [
  {
    label: "Take the SAML answer from the clipboard",
    detail: "XML, or base64 as the browser posts it",
    way: "clipboard",
  },
  { label: "Name a person", detail: "What the directory would say of them", way: "person" },
] as const satisfies readonly (QuickPickItem & { readonly way: string })[];

async function login({ dialogs }: PlanTools): Promise<Question | undefined> {
  const way = (await dialogs.pick("Simulate a Login…", WAYS))?.way;
  if (way === "clipboard") {
    return { kind: "login", assertion: (await env.clipboard.readText()).trim() };
  }
  const person = way === undefined ? undefined : await dialogs.askText("Simulate a Login…", "Login or address");
  return person === undefined ? undefined : { kind: "login", person };
}
