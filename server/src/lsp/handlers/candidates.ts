/** `accessmap/candidates`: names to choose from when somebody puts a question together. */

import { candidates } from "../../core/features/candidates.ts";
import { chooseOrganization } from "../choose.ts";
import type { CandidatesParams, CandidatesResult } from "../protocol.ts";
import type { Session } from "../session.ts";

/** Empty for an organization or kind that nobody knows; `text` is what was typed so far. */
export async function onCandidates(session: Session, params: Partial<CandidatesParams>): Promise<CandidatesResult> {
  const { kind, text = "" } = params;
  const { project, organization } = await chooseOrganization(session, params);
  const snapshot = project.workspace.snapshot();
  const config = snapshot.project?.content.organizations.get(organization);
  return config && kind ? candidates(snapshot, config, kind, text) : [];
}
