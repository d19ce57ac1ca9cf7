/** `accessmap/ask`: who can do something, a person explained, what would change, a login played through. */

import { ask } from "../../core/analysis/questions/ask.ts";
import { chooseOrganization } from "../choose.ts";
import { failed } from "../guard.ts";
import type { AskParams, AskResult } from "../protocol.ts";
import type { Session } from "../session.ts";

/**
 * Answers from what is known now and reads nothing. Fails, in words for people, when the question names something that
 * nobody knows.
 */
export async function onAsk(session: Session, params: Partial<AskParams>): Promise<AskResult> {
  const { question } = params;
  if (!question) throw failed("Say what is asked");
  const { project, organization } = await chooseOrganization(session, params);
  const snapshot = project.workspace.snapshot();
  const config = snapshot.project?.content.organizations.get(organization);
  const reply = config ? ask(snapshot, config, question) : { problem: `${organization} is gone` };
  if ("problem" in reply) throw failed(reply.problem);
  return { title: reply.title, text: `${[reply.title, "", ...reply.lines].join("\n")}\n` };
}
