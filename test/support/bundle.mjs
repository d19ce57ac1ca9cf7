/** Long runs need plain JavaScript for processes and threads of their own: one module with the product in it. */

import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "../..");

/** Bundles a file below `test` into the cache and answers with its address. Packages stay outside. */
export async function bundle(entry, name, plugins = []) {
  const outfile = join(root, ".cache", `${name}.mjs`);
  mkdirSync(dirname(outfile), { recursive: true });
  await build({
    entryPoints: [join(root, "test", entry)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    packages: "external",
    logLevel: "warning",
    plugins,
  });
  return pathToFileURL(outfile).href;
}
