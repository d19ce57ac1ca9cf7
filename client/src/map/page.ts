/** The page of the access map: nothing runs in it but our script, nothing is loaded from anywhere else. Pure. */

import type { Target } from "../../../server/src/lsp/protocol/view.ts";
import type { PageWords } from "./words.ts";

export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** Source of local files, as the editor names it in a policy. */
  readonly source: string;
  readonly nonce: string;
  readonly language: string;
  readonly title: string;
  readonly words: PageWords;
  readonly target: Target;
}

/** Whatever is put in is escaped. Words come from here because a page has no translations of its own. */
export function pageOf({ script, style, source, nonce, language, title, words, target }: PageParts): string {
  const policy = ["default-src 'none'", `style-src ${source}`, `script-src 'nonce-${nonce}'`].join("; ");
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${escapeHtml(style)}">
</head>
<body>
<main id="map" data-words="${escapeHtml(JSON.stringify(words))}" data-target="${escapeHtml(JSON.stringify(target))}"></main>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(script)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
}
