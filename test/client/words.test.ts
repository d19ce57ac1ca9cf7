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

test("what people are told goes through l10n", () => {
  const plain = /\b(?:tell\(\s*"(?:info|warning|error)"|confirm\(|pick\(|askName\(|askWord\()\s*,?\s*["`][A-Z]/g;
  const found = sources.flatMap(({ file, text }) => [...text.matchAll(plain)].map(([match]) => `${file}: ${match}`));
  expect(found).toEqual([]);
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
  expect(readFileSync(join(CLIENT, "languageClient.ts"), "utf8")).toContain(
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
