/** Dry run and sync from an editor, against the sandbox: the client does the HTTP, the server never sees a secret. */

import { expect, onTestFinished, test, vi } from "vitest";
import { CancellationTokenSource, LSPErrorCodes, WorkDoneProgress } from "vscode-languageserver";
import { plan as planCommand } from "../../server/src/cli/plan.ts";
import { openTerminal } from "../../server/src/cli/support/terminal.ts";
import type { ApplyResult, ExchangeResult, PlanResult } from "../../server/src/lsp/protocol.ts";
import { openOnSandbox } from "./sandboxSession.ts";
import { openSession, PROJECT } from "./support.ts";

test("a plan is shown, applied once, and leaves nothing to do", { timeout: 60_000 }, async () => {
  const { client, sandbox, until } = await openOnSandbox();
  const organization = (await client.sendRequest<PlanResult>("accessmap/plan", {})).organization;
  const plan = await client.sendRequest<PlanResult>("accessmap/plan", { organization });
  expect(plan.isEmpty).toBe(false);
  expect(plan.text).toContain(plan.fingerprint);
  expect(plan).toMatchObject({ isApplyable: true, refusals: [] });
  const progress: string[] = [];
  client.onProgress(WorkDoneProgress.type, "apply-1", ({ kind }) => void progress.push(kind));
  const applied = await client.sendRequest<ApplyResult>("accessmap/apply", {
    organization,
    fingerprint: plan.fingerprint,
    workDoneToken: "apply-1",
  });
  expect(applied).toMatchObject({ failed: 0, skipped: 0, cancelled: false });
  expect(applied.done).toBeGreaterThan(0);
  await until(() => progress.includes("end"), "progress");
  expect(progress).toContain("report");
  const again = await client.sendRequest<ApplyResult>("accessmap/apply", {
    organization,
    fingerprint: plan.fingerprint,
  });
  expect(again.refused).toContain("no longer known");
  expect((await client.sendRequest<PlanResult>("accessmap/plan", { organization })).isEmpty).toBe(true);
  expect(sandbox.log.length).toBeGreaterThan(0);
});

test("the command line shows the same plan, byte for byte", { timeout: 60_000 }, async () => {
  const { client, sandbox, folder } = await openOnSandbox();
  const { text } = await client.sendRequest<PlanResult>("accessmap/plan", { organization: "prod" });
  for (const [name, value] of Object.entries(sandbox.environment)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const printed: string[] = [];
  const terminal = {
    ...openTerminal({ color: false, quiet: true }),
    print: (line: string) => void printed.push(`${line}\n`),
  };
  await planCommand({ project: folder, organization: "prod", format: "text" }, terminal);
  expect(printed.join("")).toBe(text);
});

test("a plan is refused once a file has moved on", { timeout: 60_000 }, async () => {
  const { client, open } = await openOnSandbox();
  const plan = await client.sendRequest<PlanResult>("accessmap/plan", {});
  open("access/new.accessmap.yaml", "mappings: []\n");
  const applied = await client.sendRequest<ApplyResult>("accessmap/apply", plan);
  expect(applied.refused).toContain("changed since the plan was made");
});

test("without live data there is no plan, and the reasons are told", async () => {
  const { client } = await openSession({ files: { "accessmap.yaml": PROJECT, "a.accessmap.yaml": "mappings: []\n" } });
  await expect(client.sendRequest("accessmap/plan", { organization: "prod" })).rejects.toMatchObject({
    code: LSPErrorCodes.RequestFailed,
    message: expect.stringContaining("no credential"),
  });
});

test("an organization nobody knows is answered with those that are", async () => {
  const { client, status } = await openSession({ files: { "accessmap.yaml": PROJECT } });
  await status(() => true);
  await expect(client.sendRequest("accessmap/plan", { organization: "stage" })).rejects.toThrow(/"stage".*prod/);
});

test("planning can be cancelled", async () => {
  const { client, until, exchanges } = await openSession({
    files: { "accessmap.yaml": PROJECT },
    exchange: () => new Promise<ExchangeResult>(() => {}),
  });
  await until(() => exchanges.length > 0, "a read");
  const source = new CancellationTokenSource();
  const plan = client.sendRequest("accessmap/plan", { organization: "prod" }, source.token);
  source.cancel();
  await expect(plan).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
});
