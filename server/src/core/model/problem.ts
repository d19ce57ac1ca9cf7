/** A finding and its fixes as plain data, and the shape of the text edits that fixes consist of. */

import type { Place, Span } from "./text.ts";
import type { Instant } from "./time.ts";

export type Severity = "error" | "warning" | "info";

/** Ids of what reading a file finds, before any rule looks at it. They are always errors. */
export const READING_IDS: readonly string[] = [
  "schema/missing",
  "schema/unknown-key",
  "schema/wrong-type",
  "yaml/duplicate-key",
  "yaml/syntax",
];

export interface Edit {
  readonly file: string;
  readonly span: Span;
  readonly text: string;
}

/** An edit offered for a problem. `safe` ones cannot change who gets what and may be applied in bulk. */
export interface Fix<E = Edit> {
  readonly title: string;
  readonly edits: readonly E[];
  readonly safe?: boolean;
  /** The first choice among several. */
  readonly preferred?: boolean;
  /** The thing is called that now: an editor may offer to write the name wherever the old one stands. */
  readonly renameTo?: string;
}

/** An account that a finding is about; with a role it is about the account's having that. Ids in the organization. */
export interface Holding {
  readonly organization: string;
  readonly account: string;
  readonly role?: string;
}

export interface Problem {
  /** Id of the rule, stable for ever. */
  readonly rule: string;
  readonly severity: Severity;
  readonly place: Place;
  /** What is wrong, why it matters where that is not obvious, what to do. One sentence or two, no full stop at the end. */
  readonly message: string;
  readonly fixes: readonly Fix[];
  readonly related: readonly { readonly place: Place; readonly message: string }[];
  /** Whose access it is about, where it stands at no grant of theirs. */
  readonly about?: readonly Holding[];
  /** In the project's baseline: known, old, and shown as information. */
  readonly inherited?: true;
  /** Age of the live data the finding rests on. */
  readonly asOf?: Instant;
}
