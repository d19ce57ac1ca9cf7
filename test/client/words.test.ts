/** Everything the extension says can be translated, and every command is offered only where it means something. */

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import bundle from "../../l10n/bundle.l10n.json" with { type: "json" };
import manifest from "../../package.json" with { type: "json" };
import words from "../../package.nls.json" with { type: "json" };

const CLIENT = resolve(import.meta.dirname, "../../client/src");

const sources = readdirSync(CLIENT, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ file, text: readFileSync(join(CLIENT, file), "utf8") }));

test("the manifest's words stand in package.nls.json, each of them once", () => {
  const used = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
  expect([...new Set(used)].sort()).toEqual(Object.keys(words).sort());
});

test("titles and descriptions are no plain text", () => {
  const { commands, walkthroughs, viewsWelcome, configuration } = manifest.contributes;
  const shown = [
    ...commands.map(({ title }) => title),
    ...walkthroughs.flatMap(({ steps }) => steps.flatMap(({ title, description }) => [title, description])),
    ...viewsWelcome.map(({ contents }) => contents),
    ...Object.values(configuration.properties).map((setting) => setting.markdownDescription),
  ];
  expect(shown.filter((text) => !/^%[\w.]+%$/.test(text))).toEqual([]);
});

test("l10n/bundle.l10n.json has the words of the code; else: npx @vscode/l10n-dev@0.0.35 export -o l10n client/src", () => {
  const said = sources.flatMap(({ text }) =>
    [...text.matchAll(/\bl10n\.t\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g)].map(([, literal = ""]) =>
      unquote(literal),
    ),
  );
  expect(Object.keys(bundle).sort()).toEqual([...new Set(said)].sort());
});

/**
 * Prose that is shown nowhere by the client: clauses that the language server puts into its own sentences, which are
 * English, and names.
 */
const NOT_OURS_TO_TRANSLATE = [
  "sandbox/drill.ts: the sandbox does not stand in for",
  "server/exchange.ts: this workspace is not trusted",
  "server/exchange.ts: the request to",
  "signIn/microsoft.ts: the sign-in of",
  "sandbox/sandboxProcess.ts: the sandbox",
  "signIn/secretSource.ts: ",
  "plan/notes.ts: accessmap dry run",
  "signIn/ask/keys.ts: BEGIN PRIVATE KEY",
];

/** Literals of two words in a row, or with a capital letter in front, that no translation reaches. */
function untranslated(file: string, text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
  return [...code.matchAll(/"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].flatMap((match) => {
    // What is translated within a text was looked at, and a value is no prose.
    const prose = (match[1] ?? match[2] ?? "").replaceAll(/\$\{l10n\.t\([\s\S]*?\)\}|\$\{[^}]*\}/g, "•");
    const isProse = /[A-Za-z]{2,} [A-Za-z]{2,}|^(?:\$\([\w~-]+\) ?)?[A-Z][a-z]{2,}/.test(prose);
    const before = code.slice(0, match.index);
    return !isProse || /(?:l10n\.t|\blog\.\w+|\blog)\(\s*$/.test(before) ? [] : [`${file}: ${prose}`];
  });
}

test.each([
  ["a message", 'tell("info", "Nothing was kept.")', 1],
  ["a label behind an icon", 'const title = "$(save) Save Plan";', 1],
  ["a sentence with values", `throw new Error(\`No plan of \${name} here\`)`, 1],
  ["one that is translated", 'tell("info", l10n.t("Nothing was kept."))', 0],
  ["one for the log", `log.error(\`It did not start: \${why}\`)`, 0],
  ["a command", 'run("accessmap.sync")', 0],
])("%s is found where no translation reaches it", (_, code, count) =>
  expect(untranslated("a.ts", code)).toHaveLength(count),
);

test("what people are told goes through l10n", () => {
  const isPage = (file: string) => /^(?:webview\/|map\/page\.ts)/.test(file);
  const found = sources.flatMap(({ file, text }) => (isPage(file) ? [] : untranslated(file, text)));
  const isMeant = (one: string) => NOT_OURS_TO_TRANSLATE.some((known) => one.startsWith(known));
  expect(found.filter((one) => !isMeant(one))).toEqual([]);
  expect(NOT_OURS_TO_TRANSLATE.filter((known) => !found.some((one) => one.startsWith(known)))).toEqual([]);
});

test("commands of rows stay out of the palette, and no menu names a command that does not exist", () => {
  const { commands, menus } = manifest.contributes;
  const palette = new Map(menus.commandPalette.map(({ command, when }) => [command, when]));
  const rows = commands.filter((command) => !("category" in command)).map(({ command }) => command);
  expect(rows.filter((command) => palette.get(command) !== "false")).toEqual([]);
  const known = new Set(commands.map(({ command }) => command));
  const named = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
  expect(named.filter((command) => !known.has(command))).toEqual([]);
});

/**
 * A general YAML extension serves documents of the language `yaml` (redhat.vscode-yaml: `yaml`, `dockercompose`,
 * `github-actions-workflow`; 2026-11), and whatever a schema is registered for once somebody opens it as such.
 */
test("our files have a language of their own and no schema that a YAML extension takes up, so nothing is shown twice", () => {
  const ours = manifest.contributes.languages.find(({ id }) => id === "accessmap");
  expect(ours?.filenamePatterns).toEqual(["*.accessmap.yaml", "*.accessmap.yml"]);
  expect(manifest.contributes.languages.map(({ id }) => id)).not.toContain("yaml");
  expect(Object.keys(manifest.contributes)).not.toContain("yamlValidation");
  expect(readFileSync(join(CLIENT, "server/languageClient.ts"), "utf8")).toContain(
    'documentSelector: [{ scheme: "file", language: "accessmap" }]',
  );
});

/** The text of a literal in either kind of quotes. */
function unquote(literal: string): string {
  const inner = literal.slice(1, -1);
  return literal.startsWith("'")
    ? inner.replaceAll("\\'", "'").replaceAll("\\\\", "\\")
    : (JSON.parse(`"${inner}"`) as string);
}
