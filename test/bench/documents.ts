/** Mapping files of any size, and where in them somebody types. Both servers get the same text and the same keys. */

import { count, groupName, ROLES, roleName, TEAMS, teamHandle } from "./company.ts";

const HEADER = "organization: prod\nowner: leads@acme.com\nbundles:\n  engineer: { teams: [team-000] }\nmappings:\n";
const HEADER_LINES = 5;
const ENTRY_LINES = 6;
/** One mapping in so many names a role that does not exist: files of that size are never without findings. */
const WRONG_EVERY = 200;

export interface Document {
  readonly text: string;
  readonly mappings: number;
  /** Lines on which either server has something to say from the start. */
  readonly wrongLines: readonly number[];
}

/** `groups` of them exist; when there are more mappings, a group is mapped again with another role. */
export function makeDocument(mappings: number, groups: number): Document {
  const entries = count(mappings, (i) => entry(i, groups));
  const wrong = count(mappings, (i) => i).filter(isWrong);
  return { text: HEADER + entries.join(""), mappings, wrongLines: wrong.map((i) => lineOf(i, "roles")) };
}

function entry(i: number, groups: number): string {
  const role = isWrong(i) ? "No Such Role" : roleName(Math.floor(i / groups) % ROLES);
  return [
    `  - group: ${groupName(i % groups)}`,
    `    roles: [${role}]`,
    `    teams: [${teamHandle(i % TEAMS)}]`,
    "    reason: On-call for the payment service",
    "    owner: payments@acme.com",
    `    until: ${UNTIL}`,
    "",
  ].join("\n");
}

/** Never the entry in the middle, where the typing goes on, nor its neighbour. */
function isWrong(i: number): boolean {
  return i % WRONG_EVERY === 7;
}

/** Far enough not to end soon, near enough for the policy. */
const UNTIL = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);

const FIELDS = ["group", "roles", "teams", "reason", "owner", "until"] as const;
export type Field = (typeof FIELDS)[number];

export function lineOf(i: number, field: Field): number {
  return HEADER_LINES + i * ENTRY_LINES + FIELDS.indexOf(field);
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Edit {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** Two keystrokes that leave the document as it was, and the line that must have a finding in between, if any. */
export interface Typing {
  readonly name: string;
  readonly there: Edit;
  readonly back: Edit;
  readonly line?: number;
  /** Says more than a JSON schema can. */
  readonly isOurs?: true;
}

export function typingsIn({ text, mappings }: Document): readonly Typing[] {
  const middle = Math.floor(mappings / 2);
  const lines = text.split("\n");
  const line = (field: Field) => lineOf(middle, field);
  const lengthOf = (at: number) => (lines[at] as string).length;
  const append = (name: string, at: number, character: number, isWrongThen: boolean): Typing => ({
    name,
    there: { range: span(at, character, character), text: "x" },
    back: { range: span(at, character, character + 1), text: "" },
    ...(isWrongThen && { line: at }),
  });
  const [group, roles, reason] = [line("group"), line("roles"), line("reason")];
  const last = lengthOf(group) - 1;
  const digits = [lines[group], lines[group + ENTRY_LINES]].map((row) => row?.[last] as string);
  return [
    append("a letter of a reason", reason, lengthOf(reason), false),
    append("a letter of a role name", roles, lengthOf(roles) - 1, true),
    append("a letter of a group name", group, lengthOf(group), true),
    {
      name: "a group mapped twice",
      there: { range: span(group, last, last + 1), text: digits[1] as string },
      back: { range: span(group, last, last + 1), text: digits[0] as string },
      line: roles + ENTRY_LINES,
      isOurs: true,
    },
  ];
}

/** Brings a document to where a name is about to be completed, and the key that is typed last. */
export interface Completing {
  readonly name: string;
  /** Leaves the beginning of a name where a whole one stood. */
  readonly begin: Edit;
  readonly key: Edit;
  readonly back: Edit;
  /** Where the cursor stands after the key. */
  readonly cursor: Position;
  /** Something that must be on offer. */
  readonly offers: string;
}

export function completingsIn({ mappings }: Document): readonly Completing[] {
  const middle = Math.floor(mappings / 2);
  const type = (name: string, line: number, start: number, whole: string, typed: string): Completing => {
    const end = start + typed.length;
    return {
      name,
      begin: { range: span(line, start, start + whole.length), text: typed.slice(0, -1) },
      key: { range: span(line, end - 1, end - 1), text: typed.slice(-1) },
      back: { range: span(line, end - 1, end), text: "" },
      cursor: { line, character: end },
      offers: whole,
    };
  };
  return [
    type("completing a group", lineOf(middle, "group"), "  - group: ".length, groupName(middle), "dd-gr"),
    type("completing a role", lineOf(middle, "roles"), "    roles: [".length, roleName(0), "Ro"),
  ];
}

/** As many files, each with mappings that hold the bundle `engineer`; the first defines it. */
export function makeBundleFiles(files: number, mappingsEach: number, groups: number): Readonly<Record<string, string>> {
  const mapping = (i: number) =>
    `  - group: ${groupName(i % groups)}\n    bundles: [engineer]\n    reason: On-call for the payment service\n`;
  const text = (f: number) => `mappings:\n${count(mappingsEach, (i) => mapping(f * mappingsEach + i)).join("")}`;
  const bundle = "bundles:\n  engineer: { roles: [Role 001], teams: [team-001] }\n";
  return Object.fromEntries(
    count(files, (f) => [`files-${f}.accessmap.yaml`, `organization: prod\n${f === 0 ? bundle : ""}${text(f)}`]),
  );
}

function span(line: number, start: number, end: number): Edit["range"] {
  return { start: { line, character: start }, end: { line, character: end } };
}
