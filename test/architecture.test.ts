/** Compares the real imports with the dependency table of server/ARCHITECTURE.md, and that table with its copy here. */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

/** Folder of `server/src` (or `client`), and what it may import. `node` stands for every built-in module. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
  "core/model": ["core/catalogue"],
  "core/syntax": ["core/model", "schemas", "yaml", "fastest-levenshtein"],
  "core/analysis": ["core/model", "core/syntax"],
  "core/rules": ["core/model", "core/syntax", "core/analysis"],
  "core/features": ["core/model", "core/syntax", "core/analysis", "core/sync", "vscode-languageserver-types", "yaml"],
  "core/sync": ["core/model", "core/syntax", "core/analysis"],
  "core/adopt": ["core/model", "core/syntax", "core/analysis", "core/sync"],
  "core/export": ["core/model", "core/analysis", "core/sync"],
  "core/audit": ["core/model", "core/syntax", "core/analysis", "core/features", "core/sync"],
  http: ["core/model", "p-limit", "jose"],
  connectors: ["core/model", "core/sync", "core/analysis", "http", "@datadog/datadog-api-client"],
  store: ["core/model", "core/sync", "proper-lockfile", "csv-parse", "csv-stringify", "node"],
  workspace: [
    "core/model",
    "core/syntax",
    "core/analysis",
    "core/rules",
    "core/sync",
    "core/adopt",
    "store",
    "connectors",
    "http",
    "lsp/protocol",
    "node",
  ],
  lsp: [
    "core/model",
    "core/syntax",
    "core/analysis",
    "core/rules",
    "core/features",
    "core/sync",
    "core/adopt",
    "workspace",
    "store",
    "http",
    "vscode-languageserver",
    "vscode-uri",
    "node",
  ],
  cli: [
    "core/model",
    "core/syntax",
    "core/analysis",
    "core/features",
    "core/sync",
    "core/adopt",
    "core/export",
    "core/audit",
    "workspace",
    "store",
    "http",
    "sandbox",
    "lsp/program",
    "package.json",
    "commander",
    "picocolors",
    "diff",
    "node",
  ],
  sandbox: ["core/catalogue", "hono", "@hono/node-server", "scim2-parse-filter", "yaml", "node"],
  client: [
    "http",
    "core/model",
    "lsp/protocol",
    "vscode",
    "vscode-languageclient",
    "@vscode-elements/elements",
    "node",
  ],
};

interface Import {
  readonly file: string;
  readonly line: number;
  readonly folder: string;
  /** Row name of the table, or the package. */
  readonly target: string;
}

test("every import is in the dependency table", () => {
  const strays = imports().filter(({ folder, target }) => target !== folder && !isAllowed(folder, target));
  expect(strays.map(({ file, line, target }) => `${file}:${line} may not import ${target}`)).toEqual([]);
});

test("the table in ARCHITECTURE.md is this table", () => {
  const page = readFileSync(join(ROOT, "server/ARCHITECTURE.md"), "utf8");
  const printed = page.slice(page.indexOf("<!-- imports -->"), page.indexOf("<!-- /imports -->"));
  const rows = [...printed.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, folder, list]) => [
    folder,
    list?.split(", ").map((item) => item.replaceAll("`", "")),
  ]);
  expect(Object.fromEntries(rows)).toEqual(TABLE);
});

test("no rule imports another rule, no feature another feature's file of the same kind", () => {
  const crossed = imports().filter(
    ({ folder, target, file }) =>
      folder === "core/rules" && target === "core/rules" && !file.endsWith("rules/index.ts"),
  );
  expect(crossed.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
});

test("no connector imports another", () => {
  const crossed = sources("server/src/connectors").flatMap((file) => {
    const own = relative(join(ROOT, "server/src/connectors"), file).split("/")[0] ?? "";
    if (own.endsWith(".ts")) return [];
    return specifiers(file).filter(({ specifier }) => {
      if (!specifier.startsWith(".")) return false;
      const target = relative(join(ROOT, "server/src/connectors"), resolve(dirname(file), specifier));
      return !target.startsWith("..") && target.includes("/") && !target.startsWith(`${own}/`);
    });
  });
  expect(crossed).toEqual([]);
});

function isAllowed(folder: string, target: string): boolean {
  const allowed = TABLE[folder] ?? [];
  return allowed.some((entry) => target === entry || target.startsWith(`${entry}/`));
}

function imports(): Import[] {
  return ["server/src", "client/src"].flatMap((base) =>
    sources(base).flatMap((file) =>
      specifiers(file).map(({ specifier, line }) => ({
        file: relative(ROOT, file),
        line,
        folder: folderOf(file),
        target: targetOf(file, specifier),
      })),
    ),
  );
}

function sources(base: string): string[] {
  return readdirSync(join(ROOT, base), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Static imports, re-exports and dynamic imports with a literal. */
function specifiers(file: string): { specifier: string; line: number }[] {
  const text = readFileSync(file, "utf8");
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^"'`;]*?\bfrom\s+"([^"]+)"|(?:^|\n)\s*import\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => ({
    specifier: match[1] ?? match[2] ?? match[3] ?? "",
    line: text.slice(0, match.index + match[0].length).split("\n").length,
  }));
}

function folderOf(path: string): string {
  const inServer = relative(join(ROOT, "server/src"), path).replaceAll("\\", "/");
  if (inServer.startsWith("..")) return relative(ROOT, path).split("/")[0] ?? "";
  const parts = inServer.split("/");
  return parts[0] === "core" ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith("node:")) return "node";
  if (!specifier.startsWith(".")) {
    const parts = specifier.split("/");
    return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
  }
  const path = resolve(dirname(file), specifier);
  const folder = folderOf(path);
  // A row may allow one file of a folder, such as `lsp/protocol`.
  return folder === folderOf(file) || folder.startsWith("core/")
    ? folder
    : relative(join(ROOT, "server/src"), path)
        .replaceAll("\\", "/")
        .replace(/\.ts$/, "")
        .replace(/^\.\.\/\.\.\//, "");
}
