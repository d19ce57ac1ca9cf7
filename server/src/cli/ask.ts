/** `accessmap who-can`, `explain`, `escalation`, `what-if` and `login`: one question, answered for one organization or for each. */

import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { ask } from "../core/analysis/questions/ask.ts";
import type { Question, SupposedChange } from "../core/analysis/questions/question.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { chooseOrganizations, codeOfAnswer, openProject, type ProjectOptions, readLive } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface AskOptions extends ProjectOptions {
  readonly organization?: string;
  readonly format: "text" | "json";
}

export interface WhatIfOptions extends AskOptions {
  readonly person?: string;
  readonly joins?: string;
  readonly leaves?: string;
  readonly group?: string;
  readonly gains?: string;
  readonly loses?: string;
}

export interface LoginOptions extends AskOptions {
  readonly person?: string;
}

/** Who has a permission, in the chosen organization or in each. */
export function whoCan(permission: string, options: AskOptions, terminal: Terminal): Promise<number> {
  return answer({ kind: "who-can", permission }, options, terminal);
}

/** What a person can do, and through what. */
export function explain(person: string, options: AskOptions, terminal: Terminal): Promise<number> {
  return answer({ kind: "explain", person }, options, terminal);
}

/** Ways from a group to more than it was given; without one, of all groups. */
export function escalation(group: string | undefined, options: AskOptions, terminal: Terminal): Promise<number> {
  return answer({ kind: "escalation", ...(group === undefined ? {} : { group }) }, options, terminal);
}

/** What would differ if one thing were otherwise. Options say which; more than one is a usage error. */
export function whatIf(options: WhatIfOptions, terminal: Terminal): Promise<number> {
  return answer({ kind: "what-if", change: supposed(options) }, options, terminal);
}

/** Plays a login through, of a SAML answer in a file or of a person as the directory knows them: one of both. */
export async function login(file: string | undefined, options: LoginOptions, terminal: Terminal): Promise<number> {
  const { person } = options;
  if ((file === undefined) === (person === undefined))
    throw new Exit(EXIT.usage, "Name a file with the SAML answer (- for standard input), or a person with --person");
  const question: Question =
    person === undefined ? { kind: "login", assertion: await readAssertion(file ?? "") } : { kind: "login", person };
  return answer(question, options, terminal);
}

async function answer(question: Question, options: AskOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  const chosen = chooseOrganizations(workspace, options.organization);
  await readLive(workspace, terminal, question.kind);
  const code = codeOfAnswer(workspace, chosen, terminal);
  const replies = chosen.map((organization) => ({
    name: organization.name,
    ...ask(workspace.snapshot(), organization, question),
  }));
  const answered = replies.flatMap((reply) => ("problem" in reply ? [] : [reply]));
  const problems = replies.flatMap((reply) => ("problem" in reply ? [reply.problem] : []));
  if (answered.length === 0) {
    const isUnknown = replies.some((reply) => "problem" in reply && reply.isUnknown);
    throw new Exit(isUnknown ? EXIT.live : EXIT.usage, [...new Set(problems)].join("; "));
  }
  if (options.format === "json")
    terminal.printJson(
      JSON.stringify(
        answered.map(({ name, title, data }) => ({ organization: name, title, ...(data as object) })),
        undefined,
        2,
      ),
    );
  else for (const { title, lines } of answered) terminal.print([terminal.color.bold(title), ...lines].join("\n"));
  for (const problem of problems) terminal.note(problem);
  return code;
}

function supposed({ person, joins, leaves, group, gains, loses }: WhatIfOptions): SupposedChange {
  const changes: SupposedChange[] = [];
  if (person !== undefined && joins !== undefined) changes.push({ what: "joins", person, group: joins });
  if (person !== undefined && leaves !== undefined) changes.push({ what: "leaves", person, group: leaves });
  if (group !== undefined && gains !== undefined) changes.push({ what: "gains", group, role: gains });
  if (group !== undefined && loses !== undefined) changes.push({ what: "loses", group, role: loses });
  const [only, ...others] = changes;
  if (only && others.length === 0) return only;
  throw new Exit(EXIT.usage, "Name one change: --person with --joins or --leaves, or --group with --gains or --loses");
}

/** Node makes a pipe on standard input one that does not wait, so a plain read may find it empty before it is filled. */
async function readAssertion(file: string): Promise<string> {
  try {
    return await (file === "-" ? text(process.stdin) : readFile(file, "utf8"));
  } catch (error) {
    throw new Exit(EXIT.usage, `${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
