/** Every rule is documented, tested and listed, and its id is the path of its file. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { RULES } from "../../server/src/core/rules/index.ts";

const FOLDER = resolve(import.meta.dirname, "../../server/src/core/rules");

const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && entry.name !== "index.ts")
  .map((entry) => relative(FOLDER, join(entry.parentPath, entry.name)).replaceAll("\\", "/").replace(/\.ts$/, ""))
  .sort();

test("every rule file is in the list, once, and its id is its path", () => {
  expect(RULES.map(({ id }) => id).sort()).toEqual(files);
});

test.each(files)("%s has a manual page and tests", (id) => {
  const header = readFileSync(join(FOLDER, `${id}.ts`), "utf8").split("*/")[0] ?? "";
  expect(header.startsWith(`/**\n * ${id}: `), "the header names the rule").toBe(true);
  for (const part of ["Why:", "Do:", "Not reported:"]) expect(header).toContain(`\n * ${part} `);
  expect(existsSync(join(import.meta.dirname, `${id}.test.ts`)), "a test file").toBe(true);
});
