/** The bill of materials against what CycloneDX 1.6 asks of one (https://cyclonedx.org/docs/1.6/json/, 2026-11). */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeBill } from "../../server/scripts/bill.mjs";
import { makeFolder } from "../support/process.ts";

const SHA = `sha512-${Buffer.alloc(64, 7).toString("base64")}`;
const manifest = (name: string, version: string, license: string) => JSON.stringify({ name, version, license });

/** What is in more than one place of `node_modules`, by the same version or by others. */
const FILES = {
  "package.json": manifest("accessmap", "0.1.0", "MIT"),
  "package-lock.json": JSON.stringify({
    packages: {
      "node_modules/a": { integrity: SHA },
      "node_modules/b/node_modules/a": { integrity: SHA },
      "node_modules/c/node_modules/a": { integrity: SHA },
      "node_modules/@scope/d": { integrity: SHA },
    },
  }),
  "node_modules/a/package.json": manifest("a", "1.0.0", "MIT"),
  "node_modules/b/node_modules/a/package.json": manifest("a", "1.0.0", "MIT"),
  "node_modules/c/node_modules/a/package.json": manifest("a", "2.0.0", "MIT"),
  "node_modules/@scope/d/package.json": manifest("@scope/d", "3.0.0", "(MIT OR Apache-2.0)"),
};

test("names each package once, by a reference of its own, with its hash and licence", () => {
  const folder = makeFolder(FILES);
  const inputs = Object.keys(FILES).filter((path) => path.startsWith("node_modules/"));
  writeBill(folder.path, folder.path, inputs);
  const { components, ...bill } = JSON.parse(readFileSync(join(folder.path, "sbom.cdx.json"), "utf8"));
  const notices = readFileSync(join(folder.path, "THIRD-PARTY-NOTICES.txt"), "utf8");
  folder.remove();
  const hashes = [{ alg: "SHA-512", content: "07".repeat(64) }];
  const library = (purl: string, name: string, version: string, license: object) => ({
    type: "library",
    "bom-ref": purl,
    name,
    version,
    purl,
    hashes,
    licenses: [license],
  });
  expect(components).toEqual([
    library("pkg:npm/%40scope/d@3.0.0", "@scope/d", "3.0.0", { expression: "(MIT OR Apache-2.0)" }),
    library("pkg:npm/a@1.0.0", "a", "1.0.0", { license: { id: "MIT" } }),
    library("pkg:npm/a@2.0.0", "a", "2.0.0", { license: { id: "MIT" } }),
  ]);
  expect(bill).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1 });
  expect(notices.match(/^a 1\.0\.0 /gm)).toHaveLength(1);
});
