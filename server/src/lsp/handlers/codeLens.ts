/** `textDocument/codeLens`: lines to read, which open an answer or a plan in clients that have said how. */

import type { CodeLens, CodeLensParams, Command } from "vscode-languageserver";
import { codeLenses, type CodeLens as Lens, pushLenses } from "../../core/features/codeLens.ts";
import type { RowSubject, Target } from "../protocol.ts";
import { type DocumentQuestion, questionAbout, type Session } from "../session.ts";

/** Commands of a client that lenses run; without them a lens is text. */
const COMMANDS = { group: "accessmap.showGroup", "dry-run": "accessmap.dryRun", sync: "accessmap.sync" } as const;

/** Lenses that push are left out for clients without a command for them; the others then stand as text to read. */
export async function onCodeLens(session: Session, { textDocument }: CodeLensParams): Promise<CodeLens[]> {
  const question = await questionAbout(session, textDocument.uri);
  if (!question) return [];
  const { snapshot, file, project } = question;
  const lines = project.lines(file);
  const pushes = pushLenses(snapshot, file).filter(({ action }) => session.client.commands.has(COMMANDS[action.kind]));
  return [...pushes, ...codeLenses(snapshot, file)].map((lens) => ({
    range: lines.toRange(lens.span),
    command: commandOf(session, question, lens),
  }));
}

function commandOf({ client }: Session, { project }: DocumentQuestion, { title, action }: Lens): Command {
  const command = action && COMMANDS[action.kind];
  if (!command || !client.commands.has(command)) return { title, command: "" };
  const target: Target = { folder: project.folder, organization: action.organization };
  if (action.kind !== "group") return { title, command, arguments: [target] };
  const subject: RowSubject = { ...target, name: action.group };
  return { title, command, arguments: [subject] };
}
