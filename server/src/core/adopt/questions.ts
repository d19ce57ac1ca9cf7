/** What a new project must be told, as questions in order: the command line and the editor ask the same ones. */

import { CLOUDS, SITES } from "../model/project.ts";

/** Answers by key, such as `project`, `site` or `directories.0.domain`. An empty text skips an optional question. */
export type Answers = ReadonlyMap<string, string>;

export interface SetupQuestion {
  readonly key: string;
  readonly text: string;
  /** Answers to choose from; without them any text that fits. */
  readonly choices?: readonly Choice[];
  /** Taken when nothing is answered. An empty one skips the question. */
  readonly suggestion?: string;
  readonly pattern?: RegExp;
  /** What a text that fits looks like. */
  readonly example?: string;
}

export interface Choice {
  readonly value: string;
  readonly detail: string;
}

/** Ends the list of directories. */
export const NO_MORE = "none";

/** The first question that has no answer yet; undefined once everything is known. `folder` is the name of the project's. */
export function nextQuestion(answers: Answers, folder = ""): SetupQuestion | undefined {
  return questions(answers, folder).find(({ key }) => !answers.has(key));
}

/** What is wrong with an answer, or undefined. */
export function problemWith(question: SetupQuestion, answer: string): string | undefined {
  const { choices, pattern, example, suggestion } = question;
  if (choices) {
    if (choices.some(({ value }) => value === answer)) return undefined;
    return `One of ${choices.map(({ value }) => value).join(", ")}`;
  }
  if (answer === "") return suggestion === "" ? undefined : `Something like ${example}`;
  return pattern && !pattern.test(answer) ? `"${answer}" does not fit; something like ${example}` : undefined;
}

/** Every question that the answers so far lead to. */
function questions(answers: Answers, folder: string): readonly SetupQuestion[] {
  const directories = directoryQuestions(answers);
  const names = directoryNames(answers);
  const isSaml = answers.get("roles") === "saml" || answers.get("teams") === "saml";
  const several = names.map((value) => ({ value, detail: "" }));
  return [
    {
      key: "project",
      text: "Name of the project; it marks what this repository owns in Datadog",
      suggestion: slugOf(folder),
      pattern: /^[a-z0-9][a-z0-9._-]{0,62}$/,
      example: "acme-access",
    },
    ...directories,
    {
      key: "organization",
      text: "Name of the Datadog organization, as you call it",
      suggestion: "prod",
      pattern: PLAIN_NAME,
      example: "prod",
    },
    { key: "site", text: "Its Datadog site", choices: SITES.map((value) => ({ value, detail: "" })) },
    {
      key: "id",
      text: "Its id, so that keys of another organization are refused (may stay empty)",
      suggestion: "",
      pattern: /^[0-9A-Za-z-]+$/,
      example: "0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005",
    },
    ...(several.length > 1
      ? [
          {
            key: "directory",
            text: "The directory in which its group names are looked for",
            choices: several,
            suggestion: names[0] ?? "",
          },
        ]
      : []),
    { key: "roles", text: "How roles reach Datadog", choices: PATHS, suggestion: "scim" },
    { key: "teams", text: "How teams reach Datadog", choices: PATHS, suggestion: "scim" },
    ...(isSaml
      ? [
          {
            key: "attribute",
            text: "SAML attribute that carries the groups",
            suggestion: "memberOf",
            example: "memberOf",
          },
        ]
      : []),
    { key: "users", text: "What happens to Datadog accounts", choices: USER_PATHS, suggestion: "off" },
  ];
}

const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

const PATHS: readonly Choice[] = [
  { value: "scim", detail: "at once, through people's role sets and SCIM groups; outranks SAML" },
  { value: "saml", detail: "at the next login, through AuthN mappings" },
  { value: "members", detail: "at once, as members of roles and teams; SAML mapping undoes it where that is on" },
  { value: "off", detail: "not pushed" },
];

const USER_PATHS: readonly Choice[] = [
  { value: "off", detail: "nothing; the identity provider's own provisioning looks after them" },
  { value: "deactivate", detail: "accounts of people who were deactivated in the directory are switched off" },
  { value: "full", detail: "and accounts of new people are created" },
];

const KINDS: readonly Choice[] = [
  { value: "okta", detail: "Okta" },
  { value: "entra", detail: "Microsoft Entra ID (Azure AD)" },
  { value: "google", detail: "Google Workspace" },
  { value: "scim", detail: "any SCIM 2.0 service" },
];

/** Names of the directories so far; two of a kind are told apart by a number. */
export function directoryNames(answers: Answers): readonly string[] {
  const names: string[] = [];
  for (let at = 0; ; at++) {
    const type = answers.get(`directories.${at}.type`);
    if (type === undefined || type === NO_MORE) return names;
    const before = names.filter((name) => name.startsWith(type)).length;
    names.push(before === 0 ? type : `${type}${before + 1}`);
  }
}

function directoryQuestions(answers: Answers): readonly SetupQuestion[] {
  const found: SetupQuestion[] = [];
  for (let at = 0; ; at++) {
    const key = `directories.${at}.type`;
    const type = answers.get(key);
    found.push(
      at === 0
        ? { key, text: "Where the groups are", choices: KINDS }
        : {
            key,
            text: "Another directory",
            choices: [{ value: NO_MORE, detail: "that was all" }, ...KINDS],
            suggestion: NO_MORE,
          },
    );
    if (type === undefined || type === NO_MORE) return found;
    found.push(
      ...addressQuestions(type).map((question) => ({ ...question, key: `directories.${at}.${question.key}` })),
    );
  }
}

/** What each kind of directory is found by. The patterns are the schema's. */
function addressQuestions(type: string): readonly SetupQuestion[] {
  const filter: SetupQuestion = {
    key: "groups",
    text: "List only groups of this pattern (may stay empty; other names are looked up one by one)",
    suggestion: "",
    example: "dd-*",
  };
  switch (type) {
    case "okta":
      return [
        {
          key: "domain",
          text: "Okta domain",
          pattern: /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
          example: "acme.okta.com",
        },
        filter,
      ];
    case "entra":
      return [
        { key: "tenant", text: "Tenant id", pattern: /^\S+$/, example: "7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10" },
        {
          key: "cloud",
          text: "Microsoft cloud",
          choices: CLOUDS.map((value) => ({ value, detail: "" })),
          suggestion: "public",
        },
        {
          key: "claim",
          text: "What the SAML claim carries",
          choices: [
            { value: "id", detail: "object ids of groups, as Entra sends them unless told otherwise" },
            { value: "name", detail: "names of groups" },
          ],
          suggestion: "id",
        },
        filter,
      ];
    case "google":
      return [
        { key: "customer", text: "Customer id", pattern: /^\S+$/, example: "C0123abc" },
        {
          key: "admin",
          text: "Administrator whom the service account acts for",
          pattern: /^\S+@\S+$/,
          example: "directory-reader@acme.com",
        },
        filter,
      ];
    default:
      return [
        {
          key: "url",
          text: "Base URL of the service",
          pattern: /^https?:\/\/\S+$/,
          example: "https://scim.example.com/v2",
        },
        filter,
      ];
  }
}

/** A folder's name as a project may be called. */
function slugOf(folder: string): string {
  const slug = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "")
    .slice(0, 63)
    .replace(/-+$/, "");
  return slug === "" ? "access" : slug;
}
