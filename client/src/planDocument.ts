/** Read-only documents that show plans, one for each organization, and answers, with links to the lines they rest on. */

import {
  type Disposable,
  DocumentLink,
  EventEmitter,
  languages,
  Range,
  type TextDocument,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type { PlanResult } from "../../server/src/lsp/protocol.ts";

const SCHEME = "accessmap-plan";
const LANGUAGE = "accessmap-plan";
const GONE = "This is gone. Run the command again for a new one.\n";
/** Milliseconds for the editor to take over a text. */
const PATIENCE = 1_000;
/** `  access/platform.accessmap.yaml:12` at the end of a line: where a change comes from. */
const PLACE = /(?<= {2})(\S+\.ya?ml):(\d+)$/gm;

export interface PlanDocuments extends Disposable {
  /** Shows the plan in its tab. `outcome` is what an apply of it led to. */
  show(plan: PlanResult, folder: string | undefined, outcome?: string): Promise<void>;
  /** Shows the answer to a question in a tab of its title. */
  showAnswer(title: string, text: string, folder: string | undefined): Promise<void>;
}

interface Shown {
  readonly text: string;
  /** Folder of the project, against which places are relative. */
  readonly folder: string | undefined;
}

export function createPlanDocuments(): PlanDocuments {
  const shown = new Map<string, Shown>();
  const changed = new EventEmitter<Uri>();
  const registrations = [
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => shown.get(uri.path)?.text ?? GONE,
    }),
    languages.registerDocumentLinkProvider(
      { scheme: SCHEME },
      { provideDocumentLinks: (document) => findLinks(document, shown.get(document.uri.path)?.folder) },
    ),
  ];
  async function showText(uri: Uri, text: string, folder: string | undefined, language: string): Promise<void> {
    shown.set(uri.path, { text, folder });
    await replaceOpen(uri, text, () => changed.fire(uri));
    const document = await workspace.openTextDocument(uri);
    await languages.setTextDocumentLanguage(document, language);
    const selection = new Range(0, 0, 0, 0);
    await window.showTextDocument(document, { preview: false, viewColumn: ViewColumn.Active, selection });
  }
  return {
    async show(plan, folder, outcome) {
      const text = outcome === undefined ? plan.text : `Outcome\n  ${outcome.trim()}\n\n${plan.text}`;
      await showText(planUri(plan.organization), text, folder, LANGUAGE);
    },
    async showAnswer(title, text, folder) {
      await showText(Uri.from({ scheme: SCHEME, path: `/${title}` }), text, folder, "plaintext");
    },
    dispose() {
      for (const registration of registrations) registration.dispose();
    },
  };
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

/** The last part of the path is the title of the tab. */
export function planUri(organization: string): Uri {
  return Uri.from({ scheme: SCHEME, path: `/Plan: ${organization}` });
}

function findLinks(document: TextDocument, folder: string | undefined): DocumentLink[] {
  if (folder === undefined) return [];
  return [...document.getText().matchAll(PLACE)].map((match) => {
    const [whole, file = "", line = "1"] = match;
    const range = new Range(document.positionAt(match.index), document.positionAt(match.index + whole.length));
    return new DocumentLink(range, Uri.joinPath(Uri.file(folder), file).with({ fragment: `L${line}` }));
  });
}
