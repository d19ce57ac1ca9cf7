/** `textDocument/definition`, `textDocument/references` and `textDocument/documentHighlight`. */

import {
  type DefinitionParams,
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
  type Location,
  type ReferenceParams,
} from "vscode-languageserver";
import { definitionAt, highlightsAt, referencesAt } from "../../core/features/references.ts";
import { toLocation } from "../convert.ts";
import { questionAbout, type Session } from "../session.ts";

/** A bundle's own entry; of a group, role or team the first place that names it. Null where nothing is named. */
export async function onDefinition(session: Session, params: DefinitionParams): Promise<Location | null> {
  const question = await questionAbout(session, params.textDocument.uri);
  if (!question) return null;
  const { snapshot, file, document, project } = question;
  const place = definitionAt(snapshot, file, document.offsetAt(params.position));
  return place ? toLocation(place, project) : null;
}

/** Every place in all of the project's files that means the same. */
export async function onReferences(session: Session, params: ReferenceParams): Promise<Location[]> {
  const question = await questionAbout(session, params.textDocument.uri);
  if (!question) return [];
  const { snapshot, file, document, project } = question;
  const offset = document.offsetAt(params.position);
  const places = referencesAt(snapshot, file, offset, params.context.includeDeclaration);
  return places.map((place) => toLocation(place, project));
}

/** The same within one file; the place that defines it counts as written. */
export async function onDocumentHighlight(
  session: Session,
  params: DocumentHighlightParams,
): Promise<DocumentHighlight[]> {
  const question = await questionAbout(session, params.textDocument.uri);
  if (!question) return [];
  const { snapshot, file, document, project } = question;
  const lines = project.lines(file);
  return highlightsAt(snapshot, file, document.offsetAt(params.position)).map(({ span, isDefinition }) => ({
    range: lines.toRange(span),
    kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
