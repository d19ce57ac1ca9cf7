/** Bundles the product into `dist/`: extension, language server, command line. `--watch` rebuilds, `--test` adds the editor suite, `--readable` leaves the code as it is written. */

import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { context } from "esbuild"; // esbuild: the bundler of the stack; fast enough to run before every test
import { slimDatadog } from "./slimDatadog.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const watch = process.argv.includes("--watch");
const readable = watch || process.argv.includes("--readable");

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20.19",
  minifySyntax: !readable,
  minifyWhitespace: !readable,
  minifyIdentifiers: false, // logs name errors and functions; `keepNames` would pay for that with a call for every closure
  sourcemap: watch ? "linked" : false,
  logLevel: "warning",
  metafile: true,
};

/** Server and command line share chunks; what a start does not need, such as the Datadog client, stays in chunks of its own. */
const node = {
  ...common,
  format: "esm",
  splitting: true,
  entryPoints: { cli: "server/src/cli/main.ts", server: "server/src/lsp/main.ts" },
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  plugins: [slimDatadog()],
  // CommonJS packages inside an ESM bundle still call `require` for Node's own modules.
  banner: {
    js: "import{createRequire as accessmapRequire}from'node:module';const require=accessmapRequire(import.meta.url);",
  },
};

/** The extension host loads CommonJS. */
const extension = {
  ...common,
  format: "cjs",
  external: ["vscode"],
  entryPoints: { extension: "client/src/extension.ts" },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
};

const suite = join(root, "test/editor/suite");
const editorSuite = {
  ...common,
  format: "cjs",
  external: ["vscode", "mocha"],
  entryPoints: existsSync(suite)
    ? readdirSync(suite)
        .filter((file) => file.endsWith(".ts"))
        .map((file) => join(suite, file))
    : [],
  outdir: "dist/test/editor/suite",
  outExtension: { ".js": ".cjs" },
};

rmSync(join(root, "dist"), { recursive: true, force: true });
const builds = [node, extension, ...(process.argv.includes("--test") ? [editorSuite] : [])];
for (const options of builds) {
  const build = await context(options);
  if (watch) await build.watch();
  else {
    await build.rebuild();
    await build.dispose();
  }
}
