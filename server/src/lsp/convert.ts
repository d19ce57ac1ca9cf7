/** Core's plain data to the protocol's: offsets to positions, findings to diagnostics, edits to workspace edits. */

import {
  type Diagnostic,
  DiagnosticSeverity,
  type Location,
  type MarkupContent,
  MarkupKind,
  type Position,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { memo } from "../core/analysis/memo.ts";
import { withoutMarkup } from "../core/features/support/markdown.ts";
import type { Finding } from "../core/model/finding.ts";
import { indexBy } from "../core/model/maps.ts";
import { printable } from "../core/model/printable.ts";
import type { Edit, Severity } from "../core/model/problem.ts";
import { lineStarts, type Place, positionAt, type Source, type Span, type Spot } from "../core/model/text.ts";
import type { ClientFeatures } from "./clientFeatures.ts";

/** Positions in one text. A byte order mark does not count: editors take it off. */
export interface Lines {
  toPosition(offset: number): Position;
  toRange(span: Span): Range;
}

/** Markdown as the client can show it. */
export function toMarkup(value: string, { markdown }: ClientFeatures): MarkupContent {
  if (markdown) return { kind: MarkupKind.Markdown, value };
  return { kind: MarkupKind.PlainText, value: withoutMarkup(value) };
}

/** Lines of a project's file by its path, and the URI an editor knows it by. */
export interface EditorFiles {
  uri(file: string): string;
  lines(file: string): Lines;
  /** Version of an open document. */
  version(file: string): number | null;
}

/** What a diagnostic carries besides the protocol's own fields. */
export interface DiagnosticData {
  /** Age of the live data that the finding rests on. */
  readonly asOf?: string;
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

const SOURCE = "accessmap";

/** The lines of a text; offsets outside of it count as its beginning or end. */
export function linesOf(text: string): Lines {
  const starts = lineStarts(text);
  const mark = text.startsWith("\uFEFF") ? 1 : 0;
  const toPosition = (offset: number): Position => {
    const { line, column } = positionAt(starts, Math.min(Math.max(offset, 0), text.length));
    return { line, character: line === 0 ? Math.max(0, column - mark) : column };
  };
  return { toPosition, toRange: ({ start, end }) => ({ start: toPosition(start), end: toPosition(end) }) };
}

/** Where sources stand in the files of a project. */
export interface Places {
  uri(file: string): string;
  /** URI of a rule's manual page. */
  pageOf(rule: string): string | undefined;
  readonly workspace: { lineOf(source: Source): number };
}

/** A finding where its source stands now; names in it can neither begin a line of their own nor turn letters around. */
export function toDiagnostic(finding: Finding, places: Places): Diagnostic {
  const { rule, severity, message, related, asOf } = finding;
  const href = places.pageOf(rule);
  const data: DiagnosticData = asOf === undefined ? {} : { asOf };
  return {
    range: toRange(finding, places),
    severity: SEVERITIES[severity],
    code: rule,
    ...(href === undefined ? {} : { codeDescription: { href } }),
    source: SOURCE,
    message: printable(message),
    ...(related.length > 0
      ? {
          relatedInformation: related.map((other) => ({
            location: { uri: places.uri(other.source.file), range: toRange(other, places) },
            message: printable(other.message),
          })),
        }
      : {}),
    data,
  };
}

function toRange({ source, span }: Spot, { workspace }: Places): Range {
  const line = workspace.lineOf(source);
  const { start, end } = memo(source, linesOfSource).toRange(span);
  return {
    start: { line: line + start.line, character: start.character },
    end: { line: line + end.line, character: end.character },
  };
}

function linesOfSource({ text }: Source): Lines {
  return linesOf(text);
}

/** A place by the URI that the editor knows. */
export function toLocation({ file, span }: Place, files: EditorFiles): Location {
  return { uri: files.uri(file), range: files.lines(file).toRange(span) };
}

/** Edits by file; versions let the client refuse an edit of a text that has moved on. */
export function toWorkspaceEdit(edits: readonly Edit[], files: EditorFiles, versioned: boolean): WorkspaceEdit {
  const entries = [...indexBy(edits, ({ file }) => file)].map(([file, some]) => {
    const lines = files.lines(file);
    const list = some.map(({ span, text }): TextEdit => ({ range: lines.toRange(span), newText: text }));
    return { file, uri: files.uri(file), edits: list };
  });
  if (!versioned) return { changes: Object.fromEntries(entries.map(({ uri, edits: list }) => [uri, list])) };
  return {
    documentChanges: entries.map(({ file, uri, edits: list }) => ({
      textDocument: { uri, version: files.version(file) },
      edits: list,
    })),
  };
}
