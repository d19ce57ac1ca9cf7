/** What an editor offers in a plan: folds, outline, links to the lines that cause each change, and what can be done with it. */

import {
  CodeLens,
  type Disposable,
  type DocumentFilter,
  DocumentLink,
  DocumentSymbol,
  type Event,
  FoldingRange,
  FoldingRangeKind,
  l10n,
  languages,
  Range,
  SymbolKind,
  Uri,
} from "vscode";
import { foldsOf, nodesOf, outcomeLine, type ShownPlan } from "./shownPlan.ts";

type Find = (uri: Uri) => ShownPlan | undefined;
type PlanNode = ShownPlan["view"]["outline"]["nodes"][number];

/** The empty line that each plan has below its title. */
const UNDER_TITLE = 1;

/** Longer lines are cut in the outline. */
const MOST_LETTERS = 80;

/** `find` gives the plan that a document shows, and `onDidChange` says that it is another one now. */
export function registerPlanLanguage(filter: DocumentFilter, find: Find, onDidChange: Event<void>): Disposable[] {
  return [
    languages.registerFoldingRangeProvider(filter, {
      onDidChangeFoldingRanges: onDidChange,
      provideFoldingRanges: ({ uri }) => foldsIn(find(uri)),
    }),
    languages.registerDocumentSymbolProvider(filter, {
      provideDocumentSymbols: ({ uri }) => symbolsIn(find(uri)),
    }),
    languages.registerDocumentLinkProvider(filter, { provideDocumentLinks: ({ uri }) => linksIn(find(uri)) }),
    languages.registerCodeLensProvider(filter, {
      onDidChangeCodeLenses: onDidChange,
      provideCodeLenses: ({ uri }) => lensesIn(uri, find(uri)),
    }),
  ];
}

/** Lists of people are regions, so that they can be folded all at once. */
function foldsIn(shown: ShownPlan | undefined): FoldingRange[] {
  return foldsOf(shown ? nodesOf(shown) : []).map(
    ({ first, last, isPeople }) => new FoldingRange(first, last, isPeople ? FoldingRangeKind.Region : undefined),
  );
}

function symbolsIn(shown: ShownPlan | undefined): DocumentSymbol[] {
  return (shown ? nodesOf(shown) : []).map(toSymbol);
}

function toSymbol({ text, kind, line, last, nodes }: PlanNode): DocumentSymbol {
  const name = text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text;
  const own = new Range(line, 0, line, text.length);
  const symbol = new DocumentSymbol(name, "", symbolKind(kind, nodes), own.union(new Range(last, 0, last, 0)), own);
  symbol.children = nodes.map(toSymbol);
  return symbol;
}

function symbolKind(kind: PlanNode["kind"], nodes: readonly PlanNode[]): SymbolKind {
  if (kind === "title") return SymbolKind.File;
  if (kind === "heading") return SymbolKind.Module;
  if (nodes.length > 0) return SymbolKind.Namespace;
  return kind === "refusal" || kind === "warning" ? SymbolKind.Event : SymbolKind.Key;
}

/** Links to files of the plan's own project; empty for a document that shows no plan. */
export function linksIn(shown: ShownPlan | undefined): DocumentLink[] {
  if (!shown) return [];
  const folder = Uri.file(shown.folder);
  return shown.view.outline.links.map(({ line, start, end, file, fileLine }) => {
    const link = new DocumentLink(
      new Range(line, start, line, end),
      Uri.joinPath(folder, file).with({ fragment: `L${fileLine}` }),
    );
    link.tooltip = l10n.t("Show {0}, line {1}", file, fileLine);
    return link;
  });
}

/** `about` is what the command is about, if not the document. */
type Action = readonly [icon: string, words: string, command: string, about?: Uri];

function lensesIn(uri: Uri, shown: ShownPlan | undefined): CodeLens[] {
  if (!shown) return [];
  const at = (line: number, actions: readonly Action[]) =>
    actions.map(
      ([icon, words, command, about = uri]) =>
        // The editor drops a plain space behind an icon (VS Code 1.139).
        new CodeLens(new Range(line, 0, line, 0), { title: `$(${icon})\u00a0${words}`, command, arguments: [about] }),
    );
  const outcome = outcomeLine(shown);
  return [
    ...at(0, actionsFor(shown)),
    numbersOf(shown),
    ...(outcome === undefined ? [] : at(outcome, actionsAfter(shown))),
  ];
}

/** What it comes to stands at the end of the text, where a terminal stops; readers begin at the top. */
function numbersOf({ plan }: ShownPlan): CodeLens {
  return new CodeLens(new Range(UNDER_TITLE, 0, UNDER_TITLE, 0), { title: plan.summary, command: "" });
}

function actionsFor({ plan, kind, report, isTouched }: ShownPlan): readonly Action[] {
  // Guards that were lifted when an apply began stay lifted for the rest of it.
  const mayApply = !plan.isEmpty && (plan.isApplyable || kind === "resume") && report === undefined;
  return [
    ...(mayApply ? waysToApply(kind) : []),
    ["save", l10n.t("Save Plan…"), "accessmap.savePlan"],
    ["markdown", l10n.t("Copy as Markdown"), "accessmap.copyPlan"],
    ["table", l10n.t("Access Map"), "accessmap.openMap"],
    report !== undefined
      ? planAgain()
      : ["refresh", isTouched ? l10n.t("Files Changed, Refresh") : l10n.t("Refresh"), "accessmap.refreshPlan"],
  ];
}

function waysToApply(kind: ShownPlan["kind"]): readonly Action[] {
  if (kind === "plan") return [["cloud-upload", l10n.t("Sync…"), "accessmap.sync"]];
  if (kind === "undo") return [["discard", l10n.t("Undo…"), "accessmap.sync"]];
  return [
    ["debug-continue", l10n.t("Resume…"), "accessmap.resume"],
    ["circle-slash", l10n.t("Abandon…"), "accessmap.abandon"],
  ];
}

function actionsAfter({ journal }: ShownPlan): readonly Action[] {
  return [
    planAgain(),
    ["discard", l10n.t("Undo Last Apply…"), "accessmap.undo"],
    ...(journal === undefined ? [] : [["history", l10n.t("Open Journal"), "vscode.open", Uri.file(journal)] as const]),
    ["output", l10n.t("Show Log"), "accessmap.showLog"],
  ];
}

const planAgain = (): Action => ["refresh", l10n.t("Plan Again"), "accessmap.refreshPlan"];
