/** `accessmap drift`: what changed in Datadog outside these files, by whom and when; nothing is written. */

import { type Drift, isDrifting } from "../core/sync/drift/drift.ts";
import { driftLines, renderDrift } from "../core/sync/render/drift.ts";
import { recentApplies } from "../workspace/applies.ts";
import { liveReasons } from "../workspace/noPlan.ts";
import { driftAsMarkdown } from "./formats/markdown.ts";
import { codeOfUnread, refuseBrokenFiles, whyNoPlan } from "./plan.ts";
import { tellUnfinished } from "./support/applyTold.ts";
import { readUnlessCancelled } from "./support/cancel.ts";
import { deliver, type Output } from "./support/deliver.ts";
import { EXIT } from "./support/exit.ts";
import { chooseOrganization, openProject, type ProjectOptions } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface DriftOptions extends ProjectOptions, Output {
  readonly organization?: string;
  readonly format: "text" | "json" | "markdown";
}

/** `EXIT.pending` when live differs. Without a whole read there is no answer. */
export async function drift(options: DriftOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  refuseBrokenFiles(workspace);
  const { name } = chooseOrganization(workspace, options.organization);
  const applies = await recentApplies(workspace, name);
  const found = await readUnlessCancelled(terminal, (signal, onProgress) =>
    workspace.findDrift(name, applies, signal, onProgress),
  );
  if (!found || "missing" in found) throw whyNoPlan(found && liveReasons(found.missing), "No answer on drift");
  await deliver(
    render(found.drift, options.format, workspace.snapshot().now),
    options.format === "json" ? "json" : "text",
    options,
    terminal,
  );
  await tellUnfinished(workspace, name, terminal);
  const code = codeOfUnread(found.drift);
  return code === EXIT.clean && isDrifting(found.drift) ? EXIT.pending : code;
}

function render(drift: Drift, format: DriftOptions["format"], now: string): string {
  if (format === "json") return JSON.stringify(drift, undefined, 2);
  return format === "markdown" ? driftAsMarkdown(driftLines(drift, now)) : renderDrift(drift, now);
}
