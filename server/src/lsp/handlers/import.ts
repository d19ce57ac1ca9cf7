/** `accessmap/import`: what a live organization gives, as the texts of mapping files. The client writes them. */

import type { CancellationToken } from "vscode-languageserver";
import { proposeFromLive } from "../../core/adopt/fromLive.ts";
import { writeMappings } from "../../core/adopt/writeMappings.ts";
import { countOf } from "../../core/analysis/words.ts";
import { gatherProgress } from "../../workspace/live/progress.ts";
import { chooseOrganization } from "../choose.ts";
import { failed, signalOf } from "../guard.ts";
import type { ImportParams, ImportResult } from "../protocol.ts";
import type { Session } from "../session.ts";

/**
 * Reads the organization afresh and proposes files; nothing is written here. Fails when a part could not be read, since
 * a proposal from half a read would look whole, and when the reading is cancelled.
 */
export async function onImport(
  session: Session,
  params: Partial<ImportParams>,
  token: CancellationToken,
): Promise<ImportResult> {
  const { project, organization } = await chooseOrganization(session, params);
  const progress = session.connection.window.attachWorkDoneProgress(params.workDoneToken);
  progress.begin(`Importing ${organization}`, undefined, "reading live systems", true);
  try {
    const watch = gatherProgress((line) => progress.report(line));
    const snapshot = await project.workspace.survey(organization, signalOf(token), watch);
    if (token.isCancellationRequested) throw failed("Cancelled; nothing was written");
    const proposal = proposeFromLive(snapshot, organization, { people: "names" });
    if ("missing" in proposal)
      throw failed(
        `Nothing was imported: ${proposal.missing.map(({ system, message }) => `${system}: ${message}`).join("; ")}`,
      );
    const written = writeMappings(snapshot, proposal, { withNotes: true });
    if ("problem" in written) throw failed(`Nothing was imported: ${written.problem}`);
    const { changes, added, extended } = written;
    const notes = proposal.notes.length;
    const unexplained = notes === 0 ? "" : `; ${countOf(notes, "thing")} that no mapping explains`;
    return {
      files: changes.map(({ file, before, after }) => ({
        uri: project.uri(file),
        text: after,
        isNew: before === undefined,
      })),
      summary:
        changes.length === 0
          ? `The mapping files say all of this already${unexplained}`
          : `${countOf(added, "entry", "entries")} new, ${extended} longer${unexplained}`,
    };
  } finally {
    progress.done();
  }
}
