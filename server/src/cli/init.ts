/** `accessmap init`: asks what a new project needs, or takes it from options, and writes its first files. */

import { existsSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { newProject } from "../core/adopt/newProject.ts";
import { type Answers, NO_MORE, nextQuestion, problemWith, type SetupQuestion } from "../core/adopt/questions.ts";
import { PROJECT_FILE } from "../workspace/discover.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { openPrompt } from "./support/prompt.ts";
import { create } from "./support/rewrite.ts";
import type { Terminal } from "./support/terminal.ts";

export interface InitOptions {
  readonly name?: string;
  readonly okta?: string;
  readonly entra?: string;
  readonly google?: string;
  readonly googleAdmin?: string;
  readonly scim?: string;
  readonly groups?: string;
  readonly claim?: string;
  readonly organization?: string;
  readonly site?: string;
  readonly id?: string;
  readonly attribute?: string;
  readonly roles?: string;
  readonly teams?: string;
  readonly users?: string;
  readonly yes?: boolean;
}

/** Writes into `folder`, or here. A project that is there already is left alone, and so is each single file. */
export async function init(folder: string | undefined, options: InitOptions, terminal: Terminal): Promise<number> {
  const root = resolve(folder ?? ".");
  // Nothing is asked for a project that cannot be written.
  if (existsSync(join(root, PROJECT_FILE)))
    throw new Exit(EXIT.usage, `There is an ${PROJECT_FILE} in ${root} already; nothing was written`);
  const answers = await answerAll(fromOptions(options), basename(root), options, terminal);
  for (const [file, text] of newProject(answers)) {
    const path = join(root, file);
    if (existsSync(path)) {
      terminal.note(`${file} is there already and was left as it is.`);
      continue;
    }
    await create(root, file, text);
    terminal.print(`${relative(process.cwd(), path)} written.`);
  }
  terminal.print(`
Next: set the credentials that the README names. Then \`accessmap import\` writes what Datadog gives today into mapping
files, and \`accessmap check\` compares them with live groups, roles and teams.`);
  return EXIT.clean;
}

async function answerAll(given: Answers, folder: string, { yes }: InitOptions, terminal: Terminal): Promise<Answers> {
  for (const [key, answer] of given) {
    const question = questionOf(key, given, folder);
    const problem = question && problemWith(question, answer);
    if (problem) throw new Exit(EXIT.usage, `${optionOf(key, given)} ${answer}: ${problem}`);
  }
  if (yes) return takeSuggestions(given, folder);
  if (!terminal.isInteractive) {
    const wanting = missing(given, folder);
    const rest = wanting.length === 0 ? "" : `, and what has no default: ${wanting.join(", ")}`;
    throw new Exit(EXIT.usage, `There is nobody to ask here; add --yes${rest}`);
  }
  const prompt = openPrompt(terminal);
  try {
    return await interview(given, folder, prompt);
  } finally {
    prompt.close();
  }
}

/** Whoever can be asked. */
export interface Asker {
  ask(question: SetupQuestion, problemWith: (answer: string) => string | undefined): Promise<string>;
}

/** Asks until everything is known. What does not fit is asked again. */
export async function interview(given: Answers, folder: string, asker: Asker): Promise<Answers> {
  const answers = new Map(given);
  for (let next = nextQuestion(answers, folder); next; next = nextQuestion(answers, folder)) {
    const question = next;
    answers.set(question.key, await asker.ask(question, (text) => problemWith(question, text)));
  }
  return answers;
}

function takeSuggestions(given: Answers, folder: string): Answers {
  const wanting = missing(given, folder);
  if (wanting.length > 0) throw new Exit(EXIT.usage, `Without somebody to ask init needs ${wanting.join(", ")}`);
  const answers = new Map(given);
  for (let next = nextQuestion(answers, folder); next; next = nextQuestion(answers, folder))
    answers.set(next.key, next.suggestion ?? "");
  return answers;
}

/** Options for what has no default and was not given. */
function missing(given: Answers, folder: string): readonly string[] {
  const answers = new Map(given);
  const found: string[] = [];
  for (let next = nextQuestion(answers, folder); next; next = nextQuestion(answers, folder)) {
    if (next.suggestion === undefined) found.push(optionOf(next.key, answers));
    // A directory that is missing altogether has no address to miss.
    answers.set(next.key, next.suggestion ?? (next.key.endsWith(".type") ? NO_MORE : ""));
  }
  return found;
}

/** The question that an answer belongs to, once those before it are answered. */
function questionOf(key: string, given: Answers, folder: string): SetupQuestion | undefined {
  const without = new Map([...given].filter(([other]) => other !== key));
  for (let next = nextQuestion(without, folder); next; next = nextQuestion(without, folder)) {
    if (next.key === key) return next;
    without.set(next.key, next.suggestion ?? "");
  }
  return undefined;
}

function fromOptions(options: InitOptions): Answers {
  const { okta, entra, google, googleAdmin, scim, groups, claim } = options;
  const kinds = [
    { type: "okta", address: { domain: okta } },
    { type: "entra", address: { tenant: entra, ...(claim === undefined ? {} : { claim }) } },
    { type: "google", address: { customer: google, admin: googleAdmin } },
    { type: "scim", address: { url: scim } },
  ].filter(({ address }) => Object.values(address)[0] !== undefined);
  const directories = kinds.flatMap(({ type, address }, at) =>
    Object.entries({ type, ...address, groups }).map(([key, value]) => [`directories.${at}.${key}`, value] as const),
  );
  const { name: project, organization, site, id, attribute, roles, teams, users } = options;
  const rest = Object.entries({ project, organization, site, id, attribute, roles, teams, users });
  const end = kinds.length === 0 ? [] : [[`directories.${kinds.length}.type`, NO_MORE] as const];
  return new Map(
    [...directories, ...end, ...rest].flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}

const OPTIONS: Readonly<Record<string, string>> = {
  project: "--name",
  domain: "--okta",
  tenant: "--entra",
  customer: "--google",
  admin: "--google-admin",
  url: "--scim",
};

/** `directories.0.domain` is given by `--okta`. */
function optionOf(key: string, answers: Answers): string {
  const last = key.slice(key.lastIndexOf(".") + 1);
  if (last === "type") return answers.has(key) ? "--okta" : "a directory (--okta, --entra, --google or --scim)";
  return OPTIONS[last] ?? `--${last}`;
}
