/** *Go to Definition* in a plan or an answer: to the lines that the links of a line lead to, for whoever has no pointer. */

import {
  type Disposable,
  type DocumentLink,
  type DocumentSelector,
  type LocationLink,
  languages,
  type Position,
  Range,
  type TextDocument,
} from "vscode";

/** `linksOf` gives the links of a document; the column does not count. */
export function registerGoToLine(
  selector: DocumentSelector,
  linksOf: (document: TextDocument) => readonly DocumentLink[],
): Disposable {
  return languages.registerDefinitionProvider(selector, {
    provideDefinition: (document, position) =>
      linksOf(document)
        .filter(({ range }) => range.start.line === position.line)
        .flatMap((link) => toLocation(link, position)),
  });
}

/** A link says its line behind `#L`. Pointed at, it stays one piece. */
function toLocation({ target, range }: DocumentLink, position: Position): LocationLink[] {
  const line = Number(target?.fragment.slice(1));
  if (!target || !(line > 0)) return [];
  return [
    {
      targetUri: target.with({ fragment: "" }),
      targetRange: new Range(line - 1, 0, line - 1, 0),
      ...(range.contains(position) && { originSelectionRange: range }),
    },
  ];
}
