/** The questions of the palette: what they are about is chosen from lists, the answer is a read-only document. */

import { env, l10n, type QuickPickItem } from "vscode";
import {
  type AskParams,
  type AskResult,
  askRequest,
  type CandidatesParams,
  candidatesRequest,
  type RowSubject,
} from "../../server/src/lsp/protocol.ts";
import type { PlanTools } from "./plan/plans.ts";
import { chooseTarget, type Target } from "./targets.ts";

type Question = AskParams["question"];
/** Asks for one name of a kind; undefined when dismissed. */
type AskName = (kind: CandidatesParams["kind"], prompt: string) => Promise<string | undefined>;

interface Asker {
  readonly title: string;
  /** Undefined when dismissed. */
  readonly put: (askName: AskName, tools: PlanTools) => Promise<Question | undefined>;
}

const QUESTIONS: Readonly<Record<"whoCan" | "explain" | "escalation" | "whatIf" | "login" | "group", () => Asker>> = {
  whoCan: () => ({
    title: l10n.t("Who Can…?"),
    async put(askName) {
      const permission = await askName("permission", l10n.t("A permission, such as logs_delete_data"));
      return permission === undefined ? undefined : { kind: "who-can", permission };
    },
  }),
  explain: () => ({
    title: l10n.t("Explain a Person…"),
    async put(askName) {
      const person = await askName("person", l10n.t("Login or address"));
      return person === undefined ? undefined : { kind: "explain", person };
    },
  }),
  group: () => ({
    title: l10n.t("Show a Group…"),
    async put(askName) {
      const group = await askName("group", l10n.t("A group that a mapping names"));
      return group === undefined ? undefined : { kind: "group", group };
    },
  }),
  escalation: () => ({
    title: l10n.t("Ways to Administrator"),
    put: async () => ({ kind: "escalation" }),
  }),
  whatIf: () => ({ title: l10n.t("What If…?"), put: whatIf }),
  login: () => ({ title: l10n.t("Simulate a Login…"), put: login }),
};

/** Asks what is missing, then the server, and shows the answer. */
export async function ask(tools: PlanTools, kind: keyof typeof QUESTIONS): Promise<AskResult | undefined> {
  const target = await chooseTarget(tools, l10n.t("Ask about"));
  if (!target) return undefined;
  const { title, put } = QUESTIONS[kind]();
  const askName: AskName = (of, prompt) =>
    tools.dialogs.askName(title, prompt, (text) => {
      const params: CandidatesParams = { ...target, kind: of, text };
      return tools.server.request(candidatesRequest, params);
    });
  const question = await put(askName, tools);
  return question && askAbout(tools, target, question);
}

/** Asks the server and shows the answer. */
export async function askAbout(
  tools: PlanTools,
  { folder, organization }: Target,
  question: Question,
): Promise<AskResult> {
  const params: AskParams = { folder, organization, question };
  const answer = await tools.server.request(askRequest, params);
  await tools.documents.showAnswer(answer.title, answer.text, folder);
  return answer;
}

/** Who is in a group and what they can do; the group of a lens or row, else one that is asked for. */
export async function showGroup(tools: PlanTools, subject: RowSubject | undefined): Promise<AskResult | undefined> {
  return subject ? askAbout(tools, subject, { kind: "group", group: subject.name }) : ask(tools, "group");
}

type Change = "joins" | "leaves" | "gains" | "loses";

async function whatIf(askName: AskName, { dialogs }: PlanTools): Promise<Question | undefined> {
  const rows: readonly (QuickPickItem & { readonly what: Change })[] = [
    { label: l10n.t("A person joins a group"), what: "joins" },
    { label: l10n.t("A person leaves a group"), what: "leaves" },
    { label: l10n.t("A group gains a role"), what: "gains" },
    { label: l10n.t("A group loses a role"), what: "loses" },
  ];
  const what = (await dialogs.pick(l10n.t("What If…?"), rows))?.what;
  if (what === undefined) return undefined;
  if (what === "joins" || what === "leaves") {
    const person = await askName("person", l10n.t("Login or address of the person"));
    const group = person === undefined ? undefined : await askName("group", l10n.t("The group, for {0}", person));
    return person === undefined || group === undefined
      ? undefined
      : { kind: "what-if", change: { what, person, group } };
  }
  const group = await askName("group", l10n.t("The mapped group"));
  const role = group === undefined ? undefined : await askName("role", l10n.t("The role, for {0}", group));
  return group === undefined || role === undefined ? undefined : { kind: "what-if", change: { what, group, role } };
}

async function login(askName: AskName, { dialogs }: PlanTools): Promise<Question | undefined> {
  const ways = [
    {
      label: l10n.t("Take the SAML answer from the clipboard"),
      detail: l10n.t("XML, or base64 as the browser posts it"),
      way: "clipboard",
    },
    { label: l10n.t("Name a person"), detail: l10n.t("What the directory would say of them"), way: "person" },
  ];
  const way = (await dialogs.pick(l10n.t("Simulate a Login…"), ways))?.way;
  if (way === "clipboard") return { kind: "login", assertion: (await env.clipboard.readText()).trim() };
  const person = way === undefined ? undefined : await askName("person", l10n.t("Login or address"));
  return person === undefined ? undefined : { kind: "login", person };
}
