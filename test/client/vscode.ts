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
