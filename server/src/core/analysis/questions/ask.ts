/** One question about one organization, answered from a snapshot. A line of the answer is one line, whatever a name holds. */

import { printable } from "../../model/printable.ts";
import type { AssistantAccess, OrganizationConfig } from "../../model/project.ts";
import { engineOf } from "../engine/fromSnapshot.ts";
import type { Snapshot } from "../snapshot.ts";
import { askEscalation } from "./escalation.ts";
import { askExplain } from "./explain.ts";
import { askGroup } from "./group.ts";
import { askLogin } from "./login.ts";
import type { Asked, NoAnswer, Question, Reply } from "./question.ts";
import { askWhatIf } from "./whatIf.ts";
import { askWhoCan } from "./whoCan.ts";

export const NO_ANSWERS = "The policy gives assistants no answers (policy.assistants in accessmap.yaml)";

/**
 * Answers, or says why there is no answer. `people`: whether the answer may name people, count them, or must not be given
 * at all.
 */
export function ask(
  snapshot: Snapshot,
  organization: OrganizationConfig,
  question: Question,
  people: AssistantAccess = "names",
): Reply | NoAnswer {
  const engine = engineOf(snapshot, organization);
  if (!engine)
    return { problem: `${organization.name} has not been read yet, so nothing is known of its roles and people` };
  if (people === "none") return { problem: NO_ANSWERS };
  if (people === "counts" && namesSomebody(question))
    return {
      problem: "The policy lets assistants count people, not ask about one (policy.assistants in accessmap.yaml)",
    };
  const reply = answer({ snapshot, organization, engine, people }, question);
  if ("problem" in reply) return { ...reply, problem: printable(reply.problem) };
  return { ...reply, title: printable(reply.title), lines: reply.lines.map(printable) };
}

function answer(asked: Asked, question: Question): Reply | NoAnswer {
  switch (question.kind) {
    case "who-can":
      return askWhoCan(asked, question.permission);
    case "explain":
      return askExplain(asked, question.person);
    case "group":
      return askGroup(asked, question.group);
    case "escalation":
      return askEscalation(asked, question.group);
    case "what-if":
      return askWhatIf(asked, question.change);
    case "login":
      return askLogin(asked, question);
  }
}

function namesSomebody(question: Question): boolean {
  return (
    question.kind === "explain" ||
    question.kind === "login" ||
    (question.kind === "what-if" && "person" in question.change)
  );
}
