/** The package as others get it: what is in it, that it runs by itself, and that the same sources give the same bytes. Needs `npm run build`. */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };

const ROOT = resolve(import.meta.dirname, "../..");
const LIMIT_MS = 60_000;
let scratch = "";
let installed = "";

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "accessmap-package-"));
  // The scripts would build anew, and empty the folder that other tests run from.
  const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", scratch], {
    cwd: ROOT,
    encoding: "utf8",
  });
  execFileSync("tar", ["xzf", JSON.parse(packed)[0].filename], { cwd: scratch });
  installed = join(scratch, "package");
}, LIMIT_MS);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test("it holds the product, its licences and schemas, and nothing else", () => {
  const files = list(installed);
  const folders = [...new Set(files.map((file) => file.split("/")[0]))].sort();
  const allowed = [
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "action.yml",
    "client",
    "dist",
    "l10n",
    "package.json",
    "package.nls.json",
    "schemas",
    "server",
    "syntaxes",
  ];
  expect(folders.filter((name) => !allowed.includes(name ?? ""))).toEqual([]);
  expect(files.filter((file) => file.startsWith("server/"))).toEqual(
    ["README.md", "accessmap", "github.yml", "gitlab.yml"].map((file) => `server/ci/${file}`),
  );
  expect(files).toContain("dist/cli.js");
  expect(files).toContain("dist/THIRD-PARTY-NOTICES.txt");
  expect(files).toContain("dist/sbom.cdx.json");
  expect(files.filter((file) => /\.(ts|map)$|^dist\/test\//.test(file))).toEqual([]);
});

test("the command line runs without anything beside it", () => {
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [join(installed, manifest.bin.accessmap), ...args], {
      cwd: scratch,
      encoding: "utf8",
    });
  expect(run("--version")).toBe(`${manifest.version}\n`);
  run("sandbox", "--write-sample", join(scratch, "sample"));
  expect(run("check", "--no-live", "--fail-on", "never", "-C", join(scratch, "sample"))).toMatch(/in \d+ mappings/);
});

test("the same sources give the same bytes, wherever they are built", { timeout: LIMIT_MS }, () => {
  const out = join(scratch, "again");
  execFileSync(process.execPath, ["server/scripts/build.mjs", "--out", out], { cwd: ROOT });
  const hash = (folder: string, file: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, file)))
      .digest("hex");
  const built = list(out);
  expect(built.map((file) => [file, hash(out, file)])).toEqual(
    built.map((file) => [file, hash(join(ROOT, "dist"), file)]),
  );
});

/** Licences that allow to pass the code on in a bundle with a notice. */
const PERMISSIVE = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "Python-2.0",
  "Unlicense",
  "Zlib",
];

test("every bundled package is on the bill with its hash and a licence that allows it, and in the notices", () => {
  const bill = JSON.parse(readFileSync(join(installed, "dist/sbom.cdx.json"), "utf8"));
  const notices = readFileSync(join(installed, "dist/THIRD-PARTY-NOTICES.txt"), "utf8");
  const names = bill.components.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(["yaml", "commander", "hono", "vscode-languageclient"]));
  for (const { name, version, hashes, licenses } of bill.components) {
    const { id, expression } = { ...licenses?.[0]?.license, ...licenses?.[0] };
    const parts = String(id ?? expression).split(/[() ]+|OR|AND/);
    expect([name, parts.filter((part) => part !== "" && !PERMISSIVE.includes(part))]).toEqual([name, []]);
    expect([name, hashes?.[0]?.content]).toEqual([name, expect.stringMatching(/^[0-9a-f]{128}$/)]);
    expect(notices).toContain(`${name} ${version} (`);
  }
  // Neither a time nor a place of the machine that built it.
  expect(JSON.stringify(bill) + notices).not.toContain(ROOT);
});

function list(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}
