/**
 * A person who signs in to Entra ID with the editor's Microsoft account: asked once, for exactly the scopes that are
 * needed, and never again. Another extension stands in for Microsoft's.
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { windowUrl } from "./host.mjs";
import { goSteps } from "./steps.mjs";
import { STATUS } from "./user.mjs";

const root = resolve(import.meta.dirname, "../..");
const [TENANT, CLIENT] = ["7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10", "11111111-2222-4333-8444-555555555555"];
const GRAPH = "https://graph.microsoft.com";
const SCOPES = [
  `VSCODE_CLIENT_ID:${CLIENT}`,
  `VSCODE_TENANT:${TENANT}`,
  `${GRAPH}/GroupMember.Read.All`,
  `${GRAPH}/User.Read.All`,
  "offline_access",
];
const PROJECT = `version: 1
project: acme-access
directories: { corp: { type: entra, tenant: ${TENANT} } }
organizations: { prod: { site: datadoghq.eu, directory: corp } }
`;

const stepsFor = (log) => {
  const asked = () =>
    existsSync(log)
      ? readFileSync(log, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : [];
  const created = () => asked().filter(({ what }) => what === "create");
  return {
    async "asks nobody for anything when the window opens"(user) {
      await user.see(STATUS, /sign in to corp, prod/);
      assert.deepEqual(asked(), []);
    },
    async "signs in with an account of the editor, for the scopes that are needed"(user) {
      await user.run("accessmap: Sign In");
      await user.chooseRow(/Sign in to/, "corp");
      await user.chooseRow(/Sign in to corp/, "Microsoft account");
      await user.answerStep(/Application \(client\) id/, CLIENT);
      assert.match(await user.readDialog(), /accessmap.* wants to sign in using Microsoft/);
      await user.shot("microsoft");
      await user.pressButton("Allow");
      await user.see(".notification-toast", /Kept for corp: ana@acme\.com.* not known yet/);
      assert.deepEqual(created(), [{ what: "create", scopes: SCOPES }]);
    },
    async "takes that account from then on, and asks for it no more"(user) {
      // The token is nobody's and leads nowhere, so what it is tried for fails. It was tried without a question.
      for (let times = 0; times < 3; times++) {
        await user.clearToasts();
        await user.run("accessmap: Refresh");
        await user.see(".notification-toast", /Not checked: corp, prod\. .*graph\.microsoft\.com/);
        await user.seeNone(".monaco-dialog-box");
      }
      assert.equal(created().length, 1);
      assert.ok(asked().every(({ scopes }) => scopes === undefined || scopes.join() === SCOPES.join()));
    },
    async "takes the session that is there when somebody signs in anew elsewhere"(user) {
      await user.clearToasts();
      await user.run("accessmap: Sign Out");
      await user.chooseRow(/Sign out of/, "corp");
      await user.see(".notification-toast", /stays signed in to the editor/);
      await user.clearToasts();
      await user.run("accessmap: Sign In");
      await user.chooseRow(/Sign in to/, "corp");
      await user.chooseRow(/Sign in to corp/, "Microsoft account");
      await user.see(".notification-toast", /Kept for corp: ana@acme\.com.* not known yet/);
      assert.equal(created().length, 1);
    },
  };
};

/** Counts of steps that worked and that did not. */
export async function runMicrosoft(vsix) {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "accessmap-microsoft-")));
  const [folder, provider, log] = [scratch, join(scratch, "provider.vsix"), join(scratch, "sign-ins.jsonl")];
  writeFileSync(join(folder, "accessmap.yaml"), PROJECT);
  pack(provider);
  const settings = {
    // Nobody listens there: a token of nobody goes nowhere.
    "http.proxy": "http://127.0.0.1:9",
    "http.proxySupport": "override",
  };
  try {
    return await goSteps(
      "Microsoft",
      { vsix: [provider, vsix], env: { ACCESSMAP_TEST_SIGN_INS: log }, settings },
      (port) => windowUrl(port, { folder, openFile: join(folder, "accessmap.yaml") }),
      stepsFor(log),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

function pack(out) {
  const flags = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", out];
  const vsce = resolve(root, "node_modules/@vscode/vsce/vsce");
  const cwd = join(import.meta.dirname, "provider");
  const { status, stdout, stderr } = spawnSync(process.execPath, [vsce, "package", ...flags], {
    cwd,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the provider was not packed: ${stdout}${stderr}`);
}
