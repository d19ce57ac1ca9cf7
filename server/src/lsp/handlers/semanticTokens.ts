/** `textDocument/semanticTokens/full`, and the names that its numbers stand for. */

import {
  SemanticTokenModifiers,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  type SemanticTokensParams,
  SemanticTokenTypes,
} from "vscode-languageserver";
import { type SemanticToken, semanticTokens } from "../../core/features/semanticTokens.ts";
import { questionAbout, type Session } from "../session.ts";

/** The protocol's own types: every colour theme knows them. */
const TYPES: Readonly<Record<SemanticToken["kind"], string>> = {
  group: SemanticTokenTypes.class,
  role: SemanticTokenTypes.interface,
  team: SemanticTokenTypes.namespace,
  bundle: SemanticTokenTypes.struct,
  permission: SemanticTokenTypes.enumMember,
};

const MODIFIERS: readonly string[] = [SemanticTokenModifiers.definition, "medium", "high", "critical"];

export const LEGEND: SemanticTokensLegend = { tokenTypes: Object.values(TYPES), tokenModifiers: [...MODIFIERS] };

/** Tokens in the protocol's own numbers, which count from token to token. */
export async function onSemanticTokens(
  session: Session,
  { textDocument }: SemanticTokensParams,
): Promise<SemanticTokens> {
  const builder = new SemanticTokensBuilder();
  const question = await questionAbout(session, textDocument.uri);
  if (!question) return builder.build();
  const lines = question.project.lines(question.file);
  for (const { span, kind, modifier } of semanticTokens(question.snapshot, question.file)) {
    const { line, character } = lines.toPosition(span.start);
    const bits = modifier === undefined ? 0 : 1 << MODIFIERS.indexOf(modifier);
    builder.push(line, character, span.end - span.start, LEGEND.tokenTypes.indexOf(TYPES[kind]), bits);
  }
  return builder.build();
}
