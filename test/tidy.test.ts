/** Habits that reviewers should not have to ask for: headers, sizes, a core without clock or console. */

import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { addTo } from "../server/src/core/model/maps.ts";

const ROOT = resolve(import.meta.dirname, "..");

/** Beyond this a file needs a sentence of reason at its top; data files of the sandbox are prose. */
const LONG = 250;
const TOO_LONG = 400;

/** Code below a folder, but what is generated. */
function codeIn(base: string, ending = /\.ts$/): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(join(ROOT, base), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name) && !entry.name.includes(".generated."))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: relative(ROOT, path), text: readFileSync(path, "utf8") };
    });
}

const files = ["server/src", "client/src"].flatMap((base) => codeIn(base));

test("every file says at its top what it owns", () => {
  expect(files.filter(({ text }) => !/^(#!.*\n)?\/\*\*/.test(text)).map(({ path }) => path)).toEqual([]);
});

test("files stay small", () => {
  const lines = (text: string) => text.split("\n").length;
  const excused = ({ text }: { text: string }) => /\blong because\b/i.test(text.slice(0, 600));
  expect(
    files.filter((file) => lines(file.text) > LONG && !excused(file)).map(({ path, text }) => `${path} ${lines(text)}`),
  ).toEqual([]);
  expect(files.filter((file) => lines(file.text) > TOO_LONG).map(({ path, text }) => `${path} ${lines(text)}`)).toEqual(
    [],
  );
});

test("the core reads no clock, rolls no dice and prints nothing", () => {
  const forbidden = /\bDate\.now\b|\bnew Date\(|\bMath\.random\b|\bconsole\b/;
  const core = files.filter(({ path }) => path.startsWith("server/src/core/"));
  expect(
    core.filter(({ text }) => forbidden.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ""))).map(({ path }) => path),
  ).toEqual([]);
});

test("what is exported is used by another file, types aside", () => {
  const words = new Map<string, Set<string>>();
  for (const { path, text } of [...files, ...codeIn("server/scripts", /\.mjs$/), ...codeIn("test", /\.(ts|mjs)$/)])
    for (const word of text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "").match(/[A-Za-z_$][\w$]*/g) ?? [])
      addTo(words, word, path);
  const exported = files.flatMap(({ path, text }) =>
    [...text.matchAll(/^export (?:async )?(?:function\*?|const|class) ([\w$]+)/gm)].map(([, name = ""]) => ({
      path,
      name,
    })),
  );
  expect(exported.filter(({ name }) => words.get(name)?.size === 1).map(({ path, name }) => `${path} ${name}`)).toEqual(
    [],
  );
});

test("a script that runs our code makes first what is generated: a fresh clone has none of it", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const ready = /^npm run --silent (generate|build)\b|^node (server\/scripts\/generate|test\/run)\.mjs|^biome /;
  const late = Object.entries(scripts).filter(([, line]) => !ready.test(line));
  expect(late).toEqual([]);
});
