/** `npm run demo`: the whole job on the sandbox, by the same commands a user would type. Ends by itself. */

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const cli = join(root, "dist/cli.js");
const endWithParent = pathToFileURL(join(root, "server/scripts/endWithParent.mjs")).href;
const scratch = mkdtempSync(join(tmpdir(), "accessmap-demo-"));
const project = join(scratch, "sample");

// Everything started here ends when its standard input closes, so that killing this process leaves nothing behind.
const sandbox = spawn(process.execPath, [cli, "sandbox", "--json"], { stdio: ["pipe", "pipe", "inherit"] });
process.on("exit", () => {
  sandbox.kill("SIGKILL");
  rmSync(scratch, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

const { environment } = JSON.parse(await firstLine(sandbox.stdout));

await accessmap("A sample project, and a company on this machine that it belongs to", [
  "sandbox",
  "--write-sample",
  project,
]);
await accessmap("What is wrong with it, or too much?", ["check"], [1]);
correctTypo();
await accessmap("Who is on call, and what can they do?", ["show", "dd-sre"]);
await accessmap("What would a push change?", ["plan", "--out", "plan.json"]);
await accessmap("Push exactly that", ["apply", "plan.json", "--yes"]);
await accessmap("And now?", ["plan"]);
process.exit(0);

/** What the quick fix of the editor does: a group that does not exist would leave somebody's access in doubt. */
function correctTypo() {
  const file = join(project, "access/product.accessmap.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("dd-chekout-oncall", "dd-checkout-oncall"));
  console.log("\n── The misspelt group is corrected: dd-chekout-oncall is now dd-checkout-oncall");
}

/** Runs one command as a user would, shows it, and insists on its exit code. */
function accessmap(title, args, expected = [0]) {
  console.log(`\n── ${title}\n$ accessmap ${args.map((arg) => arg.replace(`${scratch}/`, "")).join(" ")}\n`);
  const cwd = args[0] === "sandbox" ? root : project;
  return new Promise((done) => {
    const child = spawn(process.execPath, ["--import", endWithParent, cli, ...args], {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ["pipe", "inherit", "inherit"],
    });
    child.on("close", (code) => {
      if (expected.includes(code)) return done();
      console.error(`accessmap ${args[0]} ended with ${code}, expected ${expected.join(" or ")}`);
      process.exit(1);
    });
  });
}

function firstLine(stream) {
  return new Promise((found, lost) => {
    const lines = createInterface({ input: stream });
    lines.once("line", found);
    lines.once("close", () => lost(new Error("the sandbox did not start")));
  });
}
