/** The plan view's requests against the sandbox: lines, findings, the saved file, and applies of the past. */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AbandonResult, AppliesResult, PlanViewResult } from "../../server/src/lsp/protocol/planView.ts";
import type { ApplyResult, PlanResult } from "../../server/src/lsp/protocol.ts";
import { markBegun } from "../../server/src/store/begun.ts";
import { loadPlan } from "../../server/src/store/planFile.ts";
import { openOnSandbox } from "./sandboxSession.ts";

test("a plan that is shown has its lines, its findings and a file, also when it was applied", {
  timeout: 60_000,
}, async () => {
  const { client, folder, uri } = await openOnSandbox();
  const { text, fingerprint, organization } = await client.sendRequest<PlanResult>("accessmap/plan", {});
  const view = await client.sendRequest<PlanViewResult>("accessmap/planView", { fingerprint });
  const lines = text.split("\n");
  for (const { line, text: words } of view.outline.nodes) expect(lines[line]).toBe(words);
  expect(view.outline.links.length).toBeGreaterThan(20);
  expect(view.markdown).toMatch(/^# Plan for Acme Production/);
  const [held] = view.notes;
  expect(held).toMatchObject({ uri: uri("access/product.accessmap.yaml"), severity: "info", code: "held-back" });
  expect(held?.message).toContain("dd-chekout-oncall");

  await client.sendRequest<ApplyResult>("accessmap/apply", { organization, fingerprint });
  const path = join(folder, "plan.json");
  expect(await client.sendRequest("accessmap/savePlan", { fingerprint, path })).toBeNull();
  expect(await loadPlan(path)).toMatchObject({ fingerprint });
  await expect(
    client.sendRequest("accessmap/savePlan", { fingerprint, path: join(path, "beneath a file") }),
  ).rejects.toThrow(/cannot be written/);
  await expect(client.sendRequest("accessmap/planView", { fingerprint: "nobody's" })).rejects.toThrow(
    /no longer known/,
  );
});

test("an interrupted apply is told, resumed, and then undone", { timeout: 120_000 }, async () => {
  const { client, folder } = await openOnSandbox();
  const target = { organization: "prod", folder };
  expect(await client.sendRequest<AppliesResult>("accessmap/applies", target)).toEqual({});
  for (const request of ["accessmap/resume", "accessmap/abandon", "accessmap/undo"])
    await expect(client.sendRequest(request, target)).rejects.toThrow(/There is nothing to/);

  const plan = await client.sendRequest<PlanResult>("accessmap/plan", target);
  const applied = await client.sendRequest<ApplyResult>("accessmap/apply", plan);
  expect(applied.report).toMatch(/^Outcome\n {2}Applied: \d+ done.* of \d+ steps\.\n {2}Journal: .+\n$/);
  await interrupt(plan.fingerprint);
  const { interrupted } = await client.sendRequest<AppliesResult>("accessmap/applies", target);
  expect(interrupted?.message).toMatch(
    /^The apply to prod, begun .+ was interrupted: \d+ of \d+ steps have an outcome/,
  );
  expect(interrupted?.left).toBe(3);

  await expect(client.sendRequest("accessmap/interruptedPlan", target)).rejects.toThrow(/you did not begin the apply/);
  await markBegun(join(folder, ".storage"), { journal: journalIn(folder), fingerprint: plan.fingerprint, waivers: [] });
  const left = await client.sendRequest<PlanResult>("accessmap/interruptedPlan", target);
  expect(left.fingerprint).toBe(plan.fingerprint);
  const resumed = await client.sendRequest<ApplyResult>("accessmap/resume", target);
  expect(resumed).toMatchObject({ failed: 0, skipped: 0, cancelled: false });
  const { lastAt, ...rest } = await client.sendRequest<AppliesResult>("accessmap/applies", target);
  expect(rest).toEqual({});
  expect(lastAt).toMatch(/^20/);

  const undo = await client.sendRequest<PlanResult>("accessmap/undo", target);
  expect(undo.isEmpty).toBe(false);
  expect(undo.text).toContain("undo of the apply");
  // An undo is guarded like any plan: this one would empty a team again.
  expect(undo.refusals.join()).toContain("team release has people today and would have none");
  const { notes } = await client.sendRequest<PlanViewResult>("accessmap/planView", undo);
  expect(notes.map(({ code }) => code)).toContain("lock/emptied");
  expect((await client.sendRequest<ApplyResult>("accessmap/apply", undo)).refused).toContain("lock/emptied");

  async function interrupt(fingerprint: string): Promise<void> {
    const journal = journalIn(folder);
    await client.sendRequest("accessmap/savePlan", { fingerprint, path: journal.replace(/\.jsonl$/, ".plan.json") });
    const lines = readFileSync(journal, "utf8").trimEnd().split("\n");
    const outcomes = lines.filter((line) => JSON.parse(line).event === "outcome");
    const kept = lines.filter((line) => JSON.parse(line).event !== "end" && !outcomes.slice(-3).includes(line));
    writeFileSync(journal, `${kept.join("\n")}\n`);
  }
});

test("an interrupted apply can be closed", { timeout: 60_000 }, async () => {
  const { client, folder } = await openOnSandbox();
  const target = { organization: "prod", folder };
  const plan = await client.sendRequest<PlanResult>("accessmap/plan", target);
  await client.sendRequest<ApplyResult>("accessmap/apply", plan);
  const journal = journalIn(folder);
  const path = journal.replace(/\.jsonl$/, ".plan.json");
  await client.sendRequest("accessmap/savePlan", { fingerprint: plan.fingerprint, path });
  writeFileSync(journal, `${readFileSync(journal, "utf8").split("\n").slice(0, 3).join("\n")}\n`);
  const { message } = await client.sendRequest<AbandonResult>("accessmap/abandon", target);
  expect(message).toMatch(/^Abandoned after \d+ of \d+ steps/);
  expect(await client.sendRequest<AppliesResult>("accessmap/applies", target)).not.toHaveProperty("interrupted");
});

/** The only one. */
function journalIn(folder: string): string {
  const journals = join(folder, ".accessmap/journal");
  const [name = ""] = readdirSync(journals).filter((file) => file.endsWith(".jsonl"));
  return join(journals, name);
}
