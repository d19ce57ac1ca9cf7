/** `accessmap export hoop`: access control of hoop.dev as a Terraform JSON file; nothing is sent anywhere. */

import { countOf } from "../core/analysis/words.ts";
import { exportHoop as exportFrom, renderHoop } from "../core/export/hoop.ts";
import { printable } from "../core/model/printable.ts";
import { liveGaps } from "../workspace/live/statuses.ts";
import { refuseBrokenFiles } from "./plan.ts";
import { deliver } from "./support/deliver.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { chooseOrganization, openProject, type ProjectOptions, readLive } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface ExportHoopOptions extends ProjectOptions {
  readonly organization?: string;
  readonly out?: string;
}

/**
 * Writes the file, or standard output. No export at all where something is unknown: what is missing in it would be
 * taken away on the other side.
 */
export async function exportHoop(options: ExportHoopOptions, terminal: Terminal): Promise<number> {
  const { organization, out, live = true } = options;
  const workspace = await openProject(options, terminal);
  refuseBrokenFiles(workspace, "No export");
  if (organization !== undefined) chooseOrganization(workspace, organization);
  if (live) {
    await readLive(workspace, terminal, "export");
    for (const gap of liveGaps(workspace)) terminal.note(gap);
  }
  const found = exportFrom(workspace.snapshot(), organization === undefined ? undefined : [organization]);
  if (found.unknown.length > 0)
    throw new Exit(
      EXIT.live,
      `No export, because it would take access away:\n  ${found.unknown.map(printable).join("\n  ")}`,
    );
  await deliver(renderHoop(found), "json", out === undefined ? {} : { output: out }, terminal);
  for (const text of found.leftOut) terminal.note(printable(`Left out: ${text}`));
  for (const text of found.warnings) terminal.note(printable(`Note: ${text}`));
  const grants = [...found.connections.values()].reduce((sum, groups) => sum + groups.length, 0);
  terminal.note(`${countOf(found.connections.size, "connection")} and ${countOf(grants, "grant")} in it.`);
  return EXIT.clean;
}
