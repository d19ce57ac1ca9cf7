/** The words that the extension wrote into the page, and what the page is about. */

import type { Target } from "../../../server/src/lsp/protocol/view.ts";
import type { PageWords } from "../map/words.ts";

const { words: text = "{}", target: about = "{}" } = document.getElementById("map")?.dataset ?? {};

export const words = JSON.parse(text) as PageWords;
export const target = JSON.parse(about) as Target;

/** Puts values in the places `{0}`, `{1}` of a word. */
export function fill(word: string, ...values: readonly (string | number)[]): string {
  return word.replace(/\{(\d+)\}/g, (whole, index) => `${values[Number(index)] ?? whole}`);
}
