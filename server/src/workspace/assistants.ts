/** Answers language-model assistants: what they are told of people is what the policy allows, and nothing is ever written. */

import { ask, NO_ANSWERS } from "../core/analysis/questions/ask.ts";
import { type GivenTexts, readToolCall } from "../core/analysis/questions/tools.ts";
import { withoutPeople } from "../core/analysis/questions/withoutPeople.ts";
import { policyOf } from "../core/analysis/world.ts";
import { printable } from "../core/model/printable.ts";
import type { OrganizationConfig } from "../core/model/project.ts";
import { planForAssistants } from "../core/sync/render/planForAssistants.ts";
import { liveGaps } from "./live/statuses.ts";
import { describeReasons } from "./noPlan.ts";
import type { Workspace } from "./workspace.ts";

export interface ToolAnswer {
  /** Names of live things come from outside: nothing in it may drive whatever shows the text. */
  readonly text: string;
  /** True when the text says why there is no answer. */
  readonly isError: boolean;
}

/** Asked of what is known now, but for a plan, which reads afresh. Gaps in what is known end the answer. */
export async function answerTool(
  workspace: Workspace,
  organization: OrganizationConfig,
  name: string,
  given: GivenTexts,
  signal?: AbortSignal,
): Promise<ToolAnswer> {
  const snapshot = workspace.snapshot();
  const people = policyOf(snapshot).assistants;
  if (people === "none") return { text: NO_ANSWERS, isError: true };
  const told = (text: string, isError: boolean): ToolAnswer => {
    const allowed = people === "names" ? text : withoutPeople(text, workspace.snapshot());
    return { text: allowed.split("\n").map(printable).join("\n"), isError };
  };
  const call = readToolCall(name, given);
  if ("problem" in call) return told(call.problem, true);
  if (call.kind === "ask") {
    const reply = ask(snapshot, organization, call.question, people);
    if ("problem" in reply) return told(reply.problem, true);
    return told([reply.title, ...reply.lines, ...liveGaps(workspace)].join("\n"), false);
  }
  const attempt = await workspace.makePlan(organization.name, signal);
  if (signal?.aborted) return told("Cancelled", true);
  if ("noPlan" in attempt) return told(describeReasons(attempt.noPlan), true);
  return told(planForAssistants(attempt.sealed, people), false);
}
