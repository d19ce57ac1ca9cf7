/**
 * Bundles the product into `dist/`: extension, language server, command line, with what there is to say of others' code in
 * them. `--watch` rebuilds, `--test` adds the editor suite, `--readable` leaves the code as it is written, `--out <folder>`
 * builds somewhere else.
 */

import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { context } from "esbuild"; // esbuild: the bundler of the stack; fast enough to run before every test
import { writeBill } from "./bill.mjs";
import { isInUse } from "./inUse.mjs";
import { slimDatadog } from "./slimDatadog.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const watch = process.argv.includes("--watch");
const readable = watch || process.argv.includes("--readable");
const out = process.argv.includes("--out") ? process.argv[process.argv.indexOf("--out") + 1] : join(root, "dist");

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

/**
 * What a start does not need, such as the connectors, stays in chunks of its own. In one file of 3 MB, Node reads all of it
 * each time: `--version` takes 407 ms of processor time instead of 172, `check` of the sample 641 instead of 473, and kept
 * compiled code spares a fifth of the former (Node 24, 2026-11). The packed size is the same.
 */
const node = {
  ...common,
  format: "esm",
  splitting: true,
  outdir: out,
  plugins: [slimDatadog()],
  // CommonJS packages inside an ESM bundle still call `require` for Node's own modules.
  banner: {
    js: "import{createRequire as accessmapRequire}from'node:module';const require=accessmapRequire(import.meta.url);",
  },
};

const commandLine = { ...node, entryPoints: { cli: "server/src/cli/main.ts" }, chunkNames: "chunks/[name]-[hash]" };

/** Apart from the command line: chunks shared with it cost each start of an editor twenty files more to find and to link. */
const server = { ...node, entryPoints: { server: "server/src/lsp/program.ts" }, chunkNames: "server/[name]-[hash]" };

/** What the extension brings of the command line, in one file. */
const sandbox = { ...node, splitting: false, entryPoints: { sandbox: "server/src/cli/sandboxMain.ts" } };

/** The extension host loads CommonJS. */
const hosted = { ...common, format: "cjs", external: ["vscode"], outdir: out, outExtension: { ".js": ".cjs" } };

/** Most of the extension's code, and not needed before the server starts: apart, so that no start of an editor waits for it. */
const LIBRARY = "vscode-languageclient/node";
const languageClient = { ...hosted, entryPoints: { languageClient: LIBRARY } };

const extension = {
  ...hosted,
  entryPoints: { extension: "client/src/extension.ts" },
  supported: { "dynamic-import": false }, // the host gives `vscode` to what is required
  plugins: [
    {
      name: "library apart",
      setup: ({ onResolve }) =>
        onResolve({ filter: new RegExp(`^${LIBRARY}$`) }, ({ kind }) =>
          kind === "dynamic-import" ? { path: "./languageClient.cjs", external: true } : undefined,
        ),
    },
  ],
};

/** The page of the access map; it runs in the editor's own browser. */
const webview = {
  ...common,
  platform: "browser",
  target: "es2023",
  format: "iife",
  minifyIdentifiers: !readable, // nothing reads names of functions there
  entryPoints: [
    { in: "client/src/webview/map.ts", out: "map" },
    { in: "client/src/webview/map.css", out: "map" },
  ],
  outdir: join(out, "webview"),
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
  outdir: join(out, "test/editor/suite"),
  outExtension: { ".js": ".cjs" },
};

if (out === join(root, "dist") && isInUse(root)) {
  console.error("an editor run is at work in this folder and runs what lies in dist; build when it has ended");
  process.exit(1);
}
rmSync(out, { recursive: true, force: true });
const inputs = new Set();
const builds = [
  commandLine,
  server,
  sandbox,
  languageClient,
  extension,
  webview,
  ...(process.argv.includes("--test") ? [editorSuite] : []),
];
for (const options of builds) {
  const build = await context(options);
  if (watch) await build.watch();
  else {
    const { metafile } = await build.rebuild();
    if (options !== editorSuite) for (const input of Object.keys(metafile.inputs)) inputs.add(input);
    await build.dispose();
  }
}
if (!watch) writeBill(root, out, inputs);
