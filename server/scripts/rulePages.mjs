/** Manual pages of the rules: what their headers say, as Markdown, with an example that a test runs. */

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const RULES = "server/src/core/rules";
const TESTS = "test/rules";
const READING = "server/src/core/catalogue/reading.md";
const CONTROLS = "server/src/core/catalogue/controls.json";

/** Pages by rule id, sorted. */
export function rulePages(root) {
  const folder = join(root, RULES);
  const controls = JSON.parse(readFileSync(join(root, CONTROLS), "utf8"));
  const ids = readdirSync(folder, { recursive: true })
    .map((path) => relative(".", String(path)).replaceAll("\\", "/"))
    .filter((path) => /^[a-z]+\/.+\.ts$/.test(path))
    .map((path) => path.replace(/\.ts$/, ""))
    .sort();
  const pages = ids.map((id) => {
    const source = readFileSync(join(folder, `${id}.ts`), "utf8");
    return [id, toPage(id, source, exampleOf(root, id), controls)];
  });
  return Object.fromEntries([...pages, ...readingPages(root)].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Pages of what is found while a file is read, before any rule looks at it. */
function readingPages(root) {
  const text = readFileSync(join(root, READING), "utf8");
  return text.split(/^(?=# [a-z])/m).map((page) => [page.slice(2, page.indexOf("\n")), `${page.trim()}\n`]);
}

/** A fixture of its own beside the test, else the first whole one that the test itself runs. */
export function exampleOf(root, id) {
  return read(root, `${id}.example.txt`).trim() || fixtureIn(id, read(root, `${id}.test.ts`));
}

function read(root, path) {
  try {
    return readFileSync(join(root, TESTS, path), "utf8");
  } catch {
    return "";
  }
}

/** `id: what is found.`, then paragraphs that begin with a word and a colon. */
function toPage(id, source, example, controls) {
  const header = /\/\*\*\n([\s\S]*?)\n \*\//.exec(source)?.[1] ?? "";
  const text = header
    .split("\n")
    .map((line) => line.replace(/^ \* ?/, ""))
    .join("\n");
  const [what = "", ...rest] = text.slice(text.indexOf(": ") + 2).split(/\n(?=(?:Why|Do|Not reported): |\n)/);
  const severity = /severity: "(\w+)"/.exec(source)?.[1] ?? "error";
  const locked = /\n {2}locked: true/.test(source) ? " Its severity cannot be lowered, and nothing suppresses it." : "";
  const sections = rest
    .map((part) => part.trim().replace(/\n(?!\n)/g, " "))
    .filter(Boolean)
    .map((part) =>
      part.replace(/^(Why|Do|Not reported): /, "**$1.** ").replace(/\*\* (\w)/, (_, c) => `** ${c.toUpperCase()}`),
    );
  return [
    `# ${id}`,
    sentence(what.trim().replace(/\n/g, " ")),
    ...sections,
    `**Severity.** ${sentence(severity)} unless the policy says otherwise.${locked}`,
    ...controlsLine(id, controls),
    ...(example ? ["## Example", `\`\`\`yaml\n${example}\n\`\`\``] : []),
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
}

/** As `core/model/controls.ts` describes them, which this script cannot load. */
function controlsLine(id, { frameworks, rules, outside }) {
  const own = outside.includes(id) ? [] : (rules[id] ?? rules[id.replace(/\/.*/, "/*")] ?? []);
  const parts = frameworks.flatMap(({ name, controls }) => {
    const named = own.filter((control) => control in controls);
    return named.length === 0 ? [] : [`${name} ${named.join(", ")}`];
  });
  return parts.length === 0 ? [] : [`**Controls.** ${parts.join("; ")}.`];
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One that shows the rule: text without parts that the test fills in. */
function fixtureIn(id, test) {
  for (const [, literal] of test.matchAll(/`((?:[^`\\]|\\.)*)`/g)) {
    if (literal.includes("${") || !literal.includes("#- /") || !literal.includes(` ${id}`)) continue;
    return literal.replaceAll("\\`", "`").replaceAll("\\\\", "\\").trim();
  }
  return undefined;
}
