/** The tools that language-model assistants are offered, by name: questions and the dry run. None of them writes anything. */

import type { Question } from "./question.ts";

export interface Tool {
  readonly description: string;
  /** Parameters by name, each a text, with what they mean. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly required: readonly string[];
  /** What is asked; undefined when what is given does not say. */
  readonly toCall: (given: GivenTexts) => ToolCall | undefined;
}

export type GivenTexts = Readonly<Record<string, string>>;

export type ToolCall = { readonly kind: "ask"; readonly question: Question } | { readonly kind: "plan" };

const ORGANIZATION = { organization: "Organization of accessmap.yaml; may be left out when there is only one" };

export const TOOLS: Readonly<Record<string, Tool>> = {
  who_can: {
    description: "Who holds a Datadog permission, through which identity-provider group and role, and who else may",
    parameters: { permission: "Name of the permission, such as logs_delete_data", ...ORGANIZATION },
    required: ["permission"],
    toCall: ({ permission }) => (permission === undefined ? undefined : asking({ kind: "who-can", permission })),
  },
  explain_person: {
    description: "Groups, roles and effective permissions of one person, and where each comes from",
    parameters: { person: "Login or address", ...ORGANIZATION },
    required: ["person"],
    toCall: ({ person }) => (person === undefined ? undefined : asking({ kind: "explain", person })),
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
    toCall: ({ what, group = "", person, role }) => {
      if (person !== undefined && (what === "joins" || what === "leaves"))
        return asking({ kind: "what-if", change: { what, person, group } });
      if (role !== undefined && (what === "gains" || what === "loses"))
        return asking({ kind: "what-if", change: { what, role, group } });
      return undefined;
    },
  },
  escalation: {
    description:
      "Which groups come to an administrator's power without holding it openly, by which steps, and the fewest edits that end it",
    parameters: { group: "Name of one mapped group; all when left out", ...ORGANIZATION },
    required: [],
    toCall: ({ group }) => asking({ kind: "escalation", ...(group === undefined ? {} : { group }) }),
  },
  simulate_login: {
    description: "Which mappings a SAML login matches, what results, and why it would fail",
    parameters: { person: "Login or address", assertion: "Or a SAML response, XML or base64", ...ORGANIZATION },
    required: [],
    toCall: ({ person, assertion }) => {
      if (assertion !== undefined) return asking({ kind: "login", assertion });
      return person === undefined ? undefined : asking({ kind: "login", person });
    },
  },
  plan: {
    description:
      "What a push of the mapping files would change in Datadog, from a fresh read: access gained and lost, what is refused and why; nothing is written",
    parameters: ORGANIZATION,
    required: [],
    toCall: () => ({ kind: "plan" }),
  },
};

/** What a call means, or in words why it means nothing. */
export function readToolCall(name: string, given: GivenTexts): ToolCall | { readonly problem: string } {
  const tool = Object.hasOwn(TOOLS, name) ? TOOLS[name] : undefined;
  if (!tool) return { problem: `There is no tool ${name}` };
  return tool.toCall(given) ?? { problem: `Needed: ${Object.keys(tool.parameters).join(", ")}` };
}

/** JSON Schema of what a tool is given. */
export function inputSchemaOf({ parameters, required }: Tool): object {
  const properties = Object.fromEntries(
    Object.entries(parameters).map(([name, description]) => [name, { type: "string", description }]),
  );
  return { type: "object", properties, required, additionalProperties: false };
}

/** The texts among what an assistant gave; anything else is as good as left out. */
export function givenTexts(value: unknown): GivenTexts {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

function asking(question: Question): ToolCall {
  return { kind: "ask", question };
}
