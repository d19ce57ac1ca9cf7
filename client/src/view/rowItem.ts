/** How a row looks and what can be done with it: icon, colour, words for screen readers, and the flags that menus ask for. */

import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import type { ViewRow } from "../../../server/src/lsp/protocol.ts";
import { decorationUri } from "./decorations.ts";
import type { Node } from "./node.ts";

export const GO_TO_COMMAND = "accessmap.row.goTo";

type Kind = ViewRow["kind"];
type Tone = NonNullable<ViewRow["tone"]>;

const ICONS: Readonly<Record<Kind, string>> = {
  organization: "cloud",
  groups: "organization",
  group: "organization",
  roles: "shield",
  role: "shield",
  people: "account",
  person: "account",
  team: "broadcast",
  permissions: "key",
  permission: "key",
  findings: "checklist",
  file: "file",
  finding: "circle-filled",
  changes: "diff",
  access: "account",
  steps: "list-ordered",
  step: "arrow-small-right",
  held: "debug-pause",
  refusal: "circle-slash",
  journal: "history",
  apply: "git-commit",
  note: "info",
};

const FINDING_ICONS: Readonly<Record<Tone, string>> = {
  error: "error",
  warning: "warning",
  info: "info",
  unknown: "question",
};

const COLORS: Readonly<Record<Tone, string>> = {
  error: "problemsErrorIcon.foreground",
  warning: "problemsWarningIcon.foreground",
  info: "problemsInfoIcon.foreground",
  unknown: "disabledForeground",
};

/** Commands behind notes that ask for something to be done. */
export interface NoteCommand {
  readonly command: string;
  readonly icon: string;
}

/** `noteCommand` is what a click on a notice does; other rows lead to their line. */
export function toTreeItem(node: Node, noteCommand?: NoteCommand): TreeItem {
  const { row, id } = node;
  const { kind, label, detail, tooltip, tone, opens, place } = row;
  const state = opens
    ? kind === "organization"
      ? TreeItemCollapsibleState.Expanded
      : TreeItemCollapsibleState.Collapsed
    : TreeItemCollapsibleState.None;
  const item = new TreeItem(label, state);
  item.id = id;
  item.iconPath = iconOf(row, noteCommand);
  item.contextValue = flagsOf(row).join(" ");
  item.tooltip = tooltip ?? [label, detail].filter(Boolean).join("\n");
  item.accessibilityInformation = { label: spoken(row) };
  if (detail !== undefined) item.description = detail;
  if (tone !== undefined && kind !== "finding") item.resourceUri = decorationUri(row, id);
  if (noteCommand) item.command = { command: noteCommand.command, title: label };
  else if (place) item.command = { command: GO_TO_COMMAND, title: l10n.t("Go to Line"), arguments: [node] };
  return item;
}

function iconOf({ kind, tone }: ViewRow, noteCommand: NoteCommand | undefined): ThemeIcon {
  if (noteCommand) return new ThemeIcon(noteCommand.icon);
  const isSaid = kind === "finding" || kind === "note";
  const name = isSaid && tone ? FINDING_ICONS[tone] : ICONS[kind];
  return tone === undefined ? new ThemeIcon(name) : new ThemeIcon(name, new ThemeColor(COLORS[tone]));
}

/** Words that `when` clauses of the manifest look for. */
export function flagsOf({ kind, place, page }: ViewRow): readonly string[] {
  const isNamed = kind !== "note" && kind !== "steps" && !(kind in SECTIONS);
  return [kind, ...(place ? ["place"] : []), ...(page ? ["page"] : []), ...(isNamed ? ["named"] : [])];
}

const SECTIONS: Partial<Record<Kind, true>> = {
  groups: true,
  roles: true,
  people: true,
  permissions: true,
  findings: true,
  changes: true,
  journal: true,
};

/** What a screen reader says: the colour and the icon in words. */
function spoken({ kind, label, detail, tone, findings }: ViewRow): string {
  const kinds: Partial<Record<Kind, string>> = {
    organization: l10n.t("organization"),
    group: l10n.t("group"),
    person: l10n.t("person"),
    permission: l10n.t("permission"),
    finding: l10n.t("finding"),
    apply: l10n.t("push"),
    refusal: l10n.t("refused by a guard"),
    file: l10n.t("file"),
  };
  const tones: Readonly<Record<Tone, string>> = {
    error: l10n.t("error"),
    warning: l10n.t("warning"),
    info: l10n.t("information"),
    unknown: l10n.t("not checked"),
  };
  const counted = findings === undefined ? [] : [l10n.t("{0} findings", findings)];
  const first = [kinds[kind], label].filter(Boolean).join(" ");
  const isSaidAlready = tone === "unknown" && /not checked/.test(detail ?? "");
  return [
    first,
    ...(detail ? [detail.replaceAll(" · ", ", ")] : []),
    ...(tone && !isSaidAlready ? [tones[tone]] : []),
    ...counted,
  ].join(", ");
}
