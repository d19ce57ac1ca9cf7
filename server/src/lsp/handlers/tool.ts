/** `accessmap/tool`: a language model's question through one of the editor's tools. */

import type { CancellationToken } from "vscode-languageserver";
import { givenTexts } from "../../core/analysis/questions/tools.ts";
import { answerTool } from "../../workspace/assistants.ts";
import { chooseOrganization } from "../choose.ts";
import { failed, signalOf } from "../guard.ts";
import type { ToolParams, ToolResult } from "../protocol.ts";
import type { Session } from "../session.ts";

/** Answers as text and data. `input` comes from a model, so whatever is no text in it is dropped. */
export async function onTool(
  session: Session,
  params: Partial<ToolParams>,
  token: CancellationToken,
): Promise<ToolResult> {
  const given = givenTexts(params.input);
  const { project, organization } = await chooseOrganization(session, { organization: given.organization });
  const config = project.workspace.snapshot().project?.content.organizations.get(organization);
  if (!config) throw failed(`${organization} is gone`);
  return answerTool(project.workspace, config, params.tool ?? "", given, signalOf(token));
}
