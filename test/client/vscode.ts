/** The small part of the editor's API that the extension's pure pieces touch, for tests outside an editor. */

type Listener<T> = (event: T) => void;

export class EventEmitter<T> {
  readonly #listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

export const l10n = {
  /** As the editor does without a translation. */
  t: (message: string, ...values: readonly (string | number)[]) =>
    message.replace(/\{(\d+)\}/g, (whole, index) => String(values[Number(index)] ?? whole)),
};

export const Uri = { file: (path: string) => ({ scheme: "file", path, fsPath: path }) };

let folders: readonly { readonly name: string; readonly uri: { readonly fsPath: string } }[] = [];

/** Folders of the window: names and where they are. */
export function openFolders(next: Readonly<Record<string, string>>): void {
  folders = Object.entries(next).map(([name, path]) => ({ name, uri: Uri.file(path) }));
}

/** Of the person's settings, what a test sets; anything else has its default. */
export const settings = new Map<string, unknown>();

/** The file in front, if any. */
export const window: { activeTextEditor?: { readonly document: { readonly uri: ReturnType<typeof Uri.file> } } } = {};

/** Files that a search of the window finds. */
export const filesFound: ReturnType<typeof Uri.file>[] = [];

export const workspace = {
  isTrusted: true,
  findFiles: async (glob: string) => filesFound.filter(({ path }) => path.endsWith(glob.replace("**", ""))),
  asRelativePath: ({ path }: { readonly path: string }) => path.replace(/^\/work\//, ""),
  getConfiguration: (section: string) => ({
    get: <T>(key: string, standard: T) => (settings.get(`${section}.${key}`) ?? standard) as T,
  }),
  getWorkspaceFolder: ({ fsPath }: { readonly fsPath: string }) =>
    folders.find(({ uri }) => fsPath === uri.fsPath || fsPath.startsWith(`${uri.fsPath}/`)),
};
