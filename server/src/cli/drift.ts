/** `accessmap drift`: what changed in Datadog outside these files, by whom and when; nothing is written. */

import { isDrifting } from "../core/sync/drift.ts";
import { renderDrift } from "../core/sync/renderDrift.ts";
import { recentApplies } from "../workspace/applying.ts";
import { EXIT } from "./exit.ts";
import { refuseBrokenFiles, whyNoPlan } from "./plan.ts";
import { cancelOnInterrupt, chooseOrganization, openProject, type ProjectOptions } from "./project.ts";
import type { Terminal } from "./terminal.ts";

export interface DriftOptions extends ProjectOptions {
  readonly organization?: string;
  readonly format: "text" | "json";
}

export async function drift(options: DriftOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  refuseBrokenFiles(workspace);
  const { name } = chooseOrganization(workspace, options.organization);
  const applies = await recentApplies(workspace, name);
  const cancel = cancelOnInterrupt();
  const found = await workspace.findDrift(name, applies, cancel.signal, (system, { what, done, total }) =>
    terminal.progress(system, `${what} ${done}${total === undefined ? "" : ` of ${total}`}`),
  );
  terminal.endProgress();
  cancel.dispose();
  if (cancel.signal.aborted || "missing" in found) throw whyNoPlan("missing" in found ? found.missing : undefined);
  if (options.format === "json") terminal.printJson(JSON.stringify(found.drift, undefined, 2));
  else terminal.print(renderDrift(found.drift, workspace.snapshot().now));
  return isDrifting(found.drift) ? EXIT.pending : EXIT.clean;
}
