/** What a mapping file states, with the places it states it at. Nothing here has been compared with a live system. */

import type { Source, Span, Spanned } from "./text.ts";

/** A group as written: by name or by the directory's id, in a named directory or the organization's default one. */
export interface GroupRef {
  readonly by: "name" | "id";
  readonly text: string;
  /** Place of the name or id alone. */
  readonly span: Span;
  readonly directory?: Spanned<string>;
}

/** A role as written: by name, or pinned by id (the name then is for readers). */
export interface RoleRef {
  readonly name?: string;
  readonly id?: string;
  /** Place of the whole item. */
  readonly span: Span;
}

/** A date as written. A misfit is neither text nor a number, which the check of the form reports. */
export interface WrittenDate extends Spanned<string> {
  readonly isMisfit?: true;
}

/** `allow:` — a suppression with its reason and end. */
export interface Suppression {
  readonly rule: Spanned<string>;
  readonly reason?: Spanned<string>;
  readonly until?: WrittenDate;
  readonly span: Span;
}

/** One entry under `mappings:`. */
export interface Mapping {
  /** What the spans count in. */
  readonly source: Source;
  /** The whole entry, from its first key to the end of its last value. */
  readonly span: Span;
  readonly group?: GroupRef;
  readonly roles: readonly RoleRef[];
  readonly teams: readonly Spanned<string>[];
  readonly bundles: readonly Spanned<string>[];
  /** Connections of hoop.dev, which nothing but an export looks at. */
  readonly hoop: readonly Spanned<string>[];
  readonly reason?: Spanned<string>;
  readonly owner?: Spanned<string>;
  readonly until?: WrittenDate;
  readonly allow: readonly Suppression[];
}

export interface Bundle {
  readonly name: Spanned<string>;
  /** What the spans count in. */
  readonly source: Source;
  readonly roles: readonly RoleRef[];
  readonly teams: readonly Spanned<string>[];
  readonly span: Span;
}

/** One entry under `expect:`. Its subject and claim are judged by the access tests. */
export interface Expectation {
  /** What the spans count in. */
  readonly source: Source;
  readonly span: Span;
  readonly group?: Spanned<string>;
  /** A group whose members are meant, with all they hold. */
  readonly members?: Spanned<string>;
  readonly person?: Spanned<string>;
  readonly permission?: Spanned<string>;
  readonly can: readonly Spanned<string>[];
  readonly cannot: readonly Spanned<string>[];
  readonly people?: { readonly min?: number; readonly max?: number; readonly span: Span };
}

/** What a file says of all its mappings. */
export interface FileHead {
  /** Path relative to the project folder, with forward slashes; the order of findings follows it. */
  readonly file: string;
  /** What the spans count in. */
  readonly source: Source;
  readonly organization?: Spanned<string>;
  readonly owner?: Spanned<string>;
}
