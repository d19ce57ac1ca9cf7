/** `accessmap/newProject`: the questions of `accessmap init` one by one, and the files that the answers give. */

import { newProject } from "../../core/adopt/newProject.ts";
import { nextQuestion, type SetupQuestion } from "../../core/adopt/questions.ts";
import type { NewProjectParams, NewProjectQuestion, NewProjectResult } from "../protocol.ts";

/**
 * The next question that the answers so far leave open, or the files once none is left. Nothing is kept between
 * requests.
 */
export function onNewProject({ folder = "", answers = [] }: Partial<NewProjectParams>): NewProjectResult {
  const known = new Map(answers);
  const question = nextQuestion(known, folder);
  return question ? { question: toQuestion(question), files: [] } : { files: [...newProject(known)] };
}

function toQuestion({ pattern, ...question }: SetupQuestion): NewProjectQuestion {
  return { ...question, ...(pattern && { pattern: pattern.source }) };
}
