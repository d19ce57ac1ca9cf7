/** Generated mapping files: sound ones, and ones that somebody is still typing. */

import fc from "fast-check";

const word = fc.constantFrom(
  "dd-sre",
  "SRE",
  "Datadog Admin Role",
  "a@b.c",
  "x",
  "true",
  "2027-01-31",
  "7",
  "🦊",
  "a:b",
  "c#d",
  "- e",
);
const quoted = fc.constantFrom("'one two'", '"three"', "'it''s'", '"\\t"', '""', "''");
const scalar = fc.oneof({ weight: 6, arbitrary: word }, { weight: 1, arbitrary: quoted });
const list = fc.array(scalar, { maxLength: 3 }).map((items) => `[${items.join(", ")}]`);
const comment = fc.constantFrom("", "", "", " # why", "  #x");
const newline = fc.constantFrom("\n", "\n", "\n", "\n\n", "\n    # note\n", "\r\n");

const field = fc.oneof(
  fc
    .tuple(fc.constantFrom("reason", "owner", "until", "group", "other"), scalar)
    .map(([key, value]) => `${key}: ${value}`),
  fc.tuple(fc.constantFrom("roles", "teams", "bundles"), list).map(([key, value]) => `${key}: ${value}`),
  fc
    .tuple(
      fc.constantFrom("roles", "teams"),
      fc.constantFrom("    ", "      ", "        "),
      fc.array(scalar, { minLength: 1, maxLength: 3 }),
    )
    .map(([key, indent, items]) => `${key}:\n${items.map((item) => `${indent}- ${item}`).join("\n")}`),
  fc.tuple(scalar, scalar).map(([name, id]) => `group: { name: ${name}, id: ${id} }`),
  fc.tuple(scalar, scalar).map(([rule, reason]) => `allow:\n      - rule: ${rule}\n        reason: ${reason}`),
  fc.constantFrom(
    "reason: >-\n      long\n      text",
    "reason: |\n      - not an item\n      kept",
    "roles: &r [SRE]",
    "roles: *r",
  ),
);

const entry = fc
  .array(fc.tuple(field, comment, newline), { minLength: 1, maxLength: 5 })
  .map((fields) => `  - ${fields.map(([text, more, end]) => `${text}${more}${end}`).join("    ")}`);

/** Entries of a list as they stand in a file. */
export const cleanYaml = fc.array(entry, { minLength: 1, maxLength: 3 }).map((entries) => entries.join(""));

const head = fc.constantFrom(
  "",
  "organization: prod\n",
  "# top\n---\nowner: a@b.c\n",
  "owner: a\n\norganization: prod # which\n",
  "\uFEFForganization: prod\n",
);
const bundles = fc.constantFrom(
  "",
  "bundles:\n  engineer: { roles: [Engineer], teams: [eng] }\n  # base\n  base:\n    roles: [SRE]\n",
  "bundles: { a: { roles: [SRE] } }\n",
  "bundles:\n  a: { roles: [SRE],\n  }\n  b: { teams: [x] }\n",
);
const expectations = fc.constantFrom(
  "",
  "expect:\n  - { group: x, cannot: [logs_read_data] }\n  - person: a@b.c\n    can: [x]\n",
);

/** Keys that may stand there already. */
const repeated = fc.constantFrom(
  "",
  "",
  "",
  "owner: z\nowner:\n",
  "mappings:\n  - group: z\n    rols: [a]\n",
  "mappings: []\n",
  "bundles:\n  a: { roles: [SRE] }\n  b: { teams: [x] }\n  a: { teams: [y] }\n",
  "bundles:\n  a: { rols: [SRE] }\n  a: { teams: [y] }\n",
  "other: 1\nother: [\n  2 ]\nexpect:\n  - person: a\n",
);

/** A whole mapping file. */
export const mappingFile = fc
  .tuple(head, bundles, fc.array(entry, { maxLength: 6 }), expectations, repeated)
  .map(
    ([top, named, entries, tests, again]) =>
      `${top}${named}mappings:${entries.length === 0 ? " []" : ""}\n${entries.join("")}${tests}${again}`,
  );

/** Characters that change what the text around them means. */
export const snippet = fc.constantFrom(
  "",
  "\n",
  " ",
  "  ",
  "- ",
  "  - ",
  ":",
  ": ",
  "#",
  "'",
  '"',
  "[",
  "]",
  "{",
  "}",
  ",",
  "&a ",
  "*a",
  "x",
  "mappings:",
  "\nexpect:\n",
  "\n---\n",
  "...",
  "|",
  ">",
  "\t",
  "\r\n",
  "roles: [",
  "  - group: y\n",
  "🦊",
  "\n  - group: z\n    roles: [SRE]\n",
);

export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** An edit as shares of the text it meets, since its length is not known beforehand. */
export const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 6 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 200 }) },
  ),
  text: snippet,
});

export function editIn(
  text: string,
  { at, length, text: put }: { at: number; length: number; text: string },
): TextEdit {
  const start = Math.floor(at * text.length);
  return { start, end: Math.min(text.length, start + length), text: put };
}

export function applyEdit(text: string, { start, end, text: put }: TextEdit): string {
  return text.slice(0, start) + put + text.slice(end);
}

/** Entries with a few edits in them. */
export const halfTyped = fc
  .tuple(cleanYaml, fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([text, edits]) => edits.reduce((now, one) => applyEdit(now, editIn(now, one)), text));
