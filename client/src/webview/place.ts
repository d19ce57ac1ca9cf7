/**
 * The place of the keyboard in what is drawn anew: files and live data change while somebody moves about, and what had
 * the focus then is another element, which has the same `data-key`.
 */

import { focusOnly } from "./dom.ts";

/** Watches the focus within `content`; the answer is to be called whenever that was drawn anew. */
export function keepPlace(content: HTMLElement): () => void {
  /** Key of what has the focus, or had it when another part of the window took it. */
  let key: string | undefined;

  document.addEventListener("focusin", ({ target }) => {
    if (target !== content) key = content.contains(target as Node) ? (target as HTMLElement).dataset.key : undefined;
  });

  function restore(): void {
    // Without the focus this page takes it from whoever has it.
    if (key === undefined || !document.hasFocus() || content.contains(document.activeElement)) return;
    const found = content.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    // Nothing moves: a click may be on its way that gave the page its focus.
    if (found?.tabIndex === -1)
      focusOnly(content.querySelectorAll<HTMLElement>("[tabindex='0']"), found, { preventScroll: true });
    else (found ?? content).focus({ preventScroll: true });
  }
  window.addEventListener("focus", restore);
  return restore;
}
