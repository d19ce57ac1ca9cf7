/** Read-only documents that show plans, one for each organization, and answers, with links to the lines they rest on. */

import {
  commands,
  type Disposable,
  DocumentLink,
  EventEmitter,
  l10n,
  languages,
  Range,
  TabInputText,
  type TextDocument,
  type TextEditor,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { liesIn } from "../targets.ts";
import { registerGoToLine } from "./goToLine.ts";
import { linksIn, registerPlanLanguage } from "./language.ts";
import { createPlanNotes } from "./notes.ts";
import { outcomeLine, type ShownPlan, textOf, titleOf } from "./shownPlan.ts";

export const SCHEME = "accessmap-plan";
const LANGUAGE = "accessmap-plan";
/** Answers are prose: the manifest wraps their lines. */
const ANSWER = "accessmap-answer";
const gone = () => `${l10n.t("This is gone. Run the command again for a new one.")}\n`;
/** Milliseconds for the editor to take over a text. */
const PATIENCE = 1_000;
/** `  access/platform.accessmap.yaml:12` at the end of a line, or before what is less: what an answer rests on. */
const PLACE = /(?<= {2})(\S(?: ?\S)*\.ya?ml):(\d+)(?= and \d+ more| {2}\(|$)/gm;

export interface PlanDocuments extends Disposable {
  /** Shows the plan in its tab. */
  show(shown: ShownPlan): Promise<void>;
  /** The plan that a document shows, if it is one; of the active editor without one. */
  planAt(uri: Uri | undefined): ShownPlan | undefined;
  /** Shows the answer to a question in a tab of its title. */
  showAnswer(title: string, text: string, folder: string | undefined): Promise<void>;
}

interface Shown {
  readonly text: string;
  /** Folder of the project, against which places are relative. */
  readonly folder: string | undefined;
}

/** Texts live as long as their tab. A plan whose mapping files are edited is marked as one that may be outdated. */
export function createPlanDocuments(): PlanDocuments {
  const shown = new Map<string, Shown>();
  const plans = new Map<string, ShownPlan>();
  const changed = new EventEmitter<Uri>();
  const plansChanged = new EventEmitter<void>();
  const notes = createPlanNotes();
  const registrations = [
    changed,
    plansChanged,
    notes,
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => shown.get(uri.path)?.text ?? gone(),
    }),
    languages.registerDocumentLinkProvider(
      { scheme: SCHEME, language: ANSWER },
      { provideDocumentLinks: (document) => findLinks(document, shown.get(document.uri.path)?.folder) },
    ),
    ...registerPlanLanguage({ scheme: SCHEME, language: LANGUAGE }, (uri) => plans.get(uri.path), plansChanged.event),
    registerGoToLine({ scheme: SCHEME }, (document) =>
      document.languageId === LANGUAGE
        ? linksIn(plans.get(document.uri.path))
        : findLinks(document, shown.get(document.uri.path)?.folder),
    ),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId === "accessmap" && contentChanges.length > 0) touch(document.uri);
    }),
    window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const { input } of closed)
        if (input instanceof TabInputText && input.uri.scheme === SCHEME) notes.clear(input.uri.path);
    }),
  ];

  /** Plans of the project that the file belongs to are not what it says any more. */
  function touch(file: Uri): void {
    const fresh = [...plans].filter(([, plan]) => !plan.isTouched && liesIn(file, plan.folder));
    for (const [path, plan] of fresh) plans.set(path, { ...plan, isTouched: true });
    if (fresh.length > 0) plansChanged.fire();
  }

  /** `line` is where the reader begins. */
  async function showText(
    uri: Uri,
    text: string,
    folder: string | undefined,
    language: string,
    line = 0,
  ): Promise<TextEditor> {
    shown.set(uri.path, { text, folder });
    await replaceOpen(uri, text, () => changed.fire(uri));
    const document = await workspace.openTextDocument(uri);
    // Said again it would begin everything anew, and take lenses away from under somebody's pointer.
    if (document.languageId !== language) await languages.setTextDocumentLanguage(document, language);
    const selection = new Range(line, 0, line, 0);
    return window.showTextDocument(document, { preview: false, viewColumn: ViewColumn.Active, selection });
  }
  return {
    async show(plan) {
      const uri = addressOf(titleOf(plan));
      const wasTouched = plans.get(uri.path)?.isTouched;
      plans.set(uri.path, plan);
      const outcome = outcomeLine(plan);
      const editor = await showText(uri, textOf(plan), plan.folder, LANGUAGE, outcome);
      // A new text is asked about anyway.
      if (wasTouched) plansChanged.fire();
      // What was applied is no finding any more.
      notes.show(uri.path, plan.report === undefined ? plan.view.notes : []);
      // Lists of people are there to be searched; whoever reads unfolds them.
      await commands.executeCommand("editor.foldAllMarkerRegions");
      // After the folds, which move lines. The line above keeps the lens of the heading in sight.
      if (outcome !== undefined) editor.revealRange(new Range(outcome - 1, 0, outcome, 0), TextEditorRevealType.AtTop);
    },
    planAt: (uri = window.activeTextEditor?.document.uri) => (uri?.scheme === SCHEME ? plans.get(uri.path) : undefined),
    async showAnswer(title, text, folder) {
      await showText(addressOf(title), text, folder, ANSWER);
    },
    dispose() {
      for (const registration of registrations) registration.dispose();
    },
  };
}

/** A tab is called what stands behind the last slash. */
function addressOf(title: string): Uri {
  return Uri.from({ scheme: SCHEME, path: `/${title.replaceAll("/", "\u2215")}` });
}

/** Waits until a plan that is open already has its new text, so that nobody is shown the old one first. */
async function replaceOpen(uri: Uri, text: string, announce: () => void): Promise<void> {
  const open = workspace.textDocuments.find(
    (document) => document.uri.path === uri.path && document.uri.scheme === SCHEME,
  );
  if (!open || open.getText() === text) return announce();
  await new Promise<void>((settle) => {
    const finish = () => {
      clearTimeout(timer);
      subscription.dispose();
      settle();
    };
    const timer = setTimeout(finish, PATIENCE);
    const subscription = workspace.onDidChangeTextDocument(({ document }) => {
      if (document === open) finish();
    });
    announce();
  });
}

function findLinks(document: TextDocument, folder: string | undefined): DocumentLink[] {
  if (folder === undefined) return [];
  return [...document.getText().matchAll(PLACE)].map((match) => {
    const [whole, file = "", line = "1"] = match;
    const range = new Range(document.positionAt(match.index), document.positionAt(match.index + whole.length));
    return new DocumentLink(range, Uri.joinPath(Uri.file(folder), file).with({ fragment: `L${line}` }));
  });
}
