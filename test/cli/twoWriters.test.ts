/** From a push's journal to a finding: somebody takes away in Datadog what the push gave. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeSample, runCli } from "../support/cli.ts";
import { type RunningSandbox, startSandboxProcess } from "../support/process.ts";

let sandbox: RunningSandbox;
let scratch: Awaited<ReturnType<typeof makeSample>>;

beforeAll(async () => {
  sandbox = await startSandboxProcess();
  scratch = await makeSample();
});
afterAll(async () => {
  await sandbox.stop();
  scratch.remove();
});

interface Intent {
  readonly change?: {
    readonly action: string;
    readonly account?: { readonly id: string; readonly name: string };
    readonly grants: readonly { readonly id: string; readonly name: string }[];
  };
}

test("what was taken away after a push is told with the next read", { timeout: 60_000 }, async () => {
  const { project } = scratch;
  const run = (args: readonly string[]) => runCli(args, { cwd: project, env: sandbox.environment });
  expect((await run(["apply", "--yes"])).code).toBe(0);
  const journal = join(project, ".accessmap/journal", readdirSync(join(project, ".accessmap/journal"))[0] ?? "");
  // A read right after a push may come from a replica that lags, so the push is made an older one.
  const text = readFileSync(journal, "utf8").replaceAll(/"at":"\d{4}-\d\d-\d\d/g, '"at":"2026-01-05');
  writeFileSync(journal, text);
  const lines: readonly Intent[] = text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line)]));
  const intent = lines.find(({ change }) => change?.action === "set-roles" && change.grants.length > 0)?.change;
  const [role] = intent?.grants ?? [];
  await takeAway(role?.id ?? "", intent?.account?.id ?? "");
  const { findings } = JSON.parse((await run(["check", "--format", "json"])).stdout);
  const told = findings.filter(({ rule }: { rule: string }) => rule === "plat/two-writers");
  expect(told.map(({ message }: { message: string }) => message)).toEqual([
    `Outside these files, "${role?.name}" was taken from ${intent?.account?.name} after the push of 2026-01-05 gave it; the next push gives it again. \`accessmap drift\` tells more`,
  ]);
});

async function takeAway(role: string, account: string): Promise<void> {
  const { environment } = sandbox;
  const origin = JSON.parse(environment.ACCESSMAP_LOOPBACK ?? "{}")["https://api.datadoghq.eu"];
  const answer = await fetch(`${origin}/api/v2/roles/${role}/users`, {
    method: "DELETE",
    headers: {
      "content-type": "application/json",
      "dd-api-key": environment.ACCESSMAP_WRITE_DD_API_KEY ?? "",
      "dd-application-key": environment.ACCESSMAP_WRITE_DD_APP_KEY ?? "",
    },
    body: JSON.stringify({ data: { type: "users", id: account } }),
  });
  expect(answer.status).toBe(200);
}
