/** Badges and colours of rows, by an address that names nothing but the row and how it stands. */

import {
  FileDecoration as Decoration,
  type Disposable,
  type FileDecoration,
  l10n,
  ThemeColor,
  Uri,
  window,
} from "vscode";
import type { ViewRow } from "../../../server/src/lsp/protocol.ts";

const SCHEME = "accessmap-row";

const COLORS: Readonly<Record<string, string>> = {
  error: "list.errorForeground",
  warning: "list.warningForeground",
  unknown: "disabledForeground",
};

/** The address carries tone and findings, so a row that stands otherwise has another one and is drawn anew. */
export function decorationUri({ tone, findings }: ViewRow, id: string): Uri {
  const query = new URLSearchParams({ tone: tone ?? "", findings: String(findings ?? 0) });
  return Uri.from({ scheme: SCHEME, path: `/${encodeURIComponent(id)}`, query: query.toString() });
}

/** For addresses of `decorationUri` alone. */
export function registerDecorations(): Disposable {
  return window.registerFileDecorationProvider({ provideFileDecoration: (uri) => decorationOf(uri) });
}

function decorationOf({ scheme, query }: Uri): FileDecoration | undefined {
  if (scheme !== SCHEME) return undefined;
  const asked = new URLSearchParams(query);
  const [tone, findings] = [asked.get("tone") ?? "", Number(asked.get("findings"))];
  const color = COLORS[tone];
  if (color === undefined) return undefined;
  // Two letters are all there is room for.
  const badge = findings === 0 ? undefined : findings > 9 ? "9+" : String(findings);
  const tooltip = findings === 0 ? undefined : findings === 1 ? l10n.t("1 finding") : l10n.t("{0} findings", findings);
  return new Decoration(badge, tooltip, new ThemeColor(color));
}
