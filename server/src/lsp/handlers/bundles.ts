/** `textDocument/definition` and `textDocument/references`, for bundles. */

import type { DefinitionParams, Location, ReferenceParams } from "vscode-languageserver";
import { definitionAt, referencesAt } from "../../core/features/bundles.ts";
import { toLocation } from "../convert.ts";
import { questionAbout, type Session } from "../session.ts";

export async function onDefinition(session: Session, params: DefinitionParams): Promise<Location | null> {
  const question = await questionAbout(session, params.textDocument.uri);
  if (!question) return null;
  const { snapshot, file, document, project } = question;
  const place = definitionAt(snapshot, file, document.offsetAt(params.position));
  return place ? toLocation(place, project) : null;
}

export async function onReferences(session: Session, params: ReferenceParams): Promise<Location[]> {
  const question = await questionAbout(session, params.textDocument.uri);
  if (!question) return [];
  const { snapshot, file, document, project } = question;
  const offset = document.offsetAt(params.position);
  const places = referencesAt(snapshot, file, offset, params.context.includeDeclaration);
  return places.map((place) => toLocation(place, project));
}
