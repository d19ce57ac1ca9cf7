/** Fingerprints of texts. SHA-256, as lower-case hex. */

import { createHash } from "node:crypto";

/** Of the text in UTF-8. */
export function hashText(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** Hash of every text by its path. */
export function hashTexts(texts: Iterable<readonly [string, string]>): Readonly<Record<string, string>> {
  return Object.fromEntries([...texts].map(([file, text]) => [file, hashText(text)]));
}
