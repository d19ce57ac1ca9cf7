/** Long runs outside vitest: a module of TypeScript and the product in it as one module of plain JavaScript. */

import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");

/** Address of the bundle. Packages stay where they are. */
export async function bundle(entry, name) {
  const folder = join(root, ".cache/bundles");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    packages: "external",
    logLevel: "warning",
  });
  return pathToFileURL(outfile).href;
}
