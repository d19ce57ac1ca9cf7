/** Places in text. Offsets count UTF-16 code units, as editors do; `end` is exclusive. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value with the place it was written at. */
export interface Spanned<T> {
  readonly value: T;
  readonly span: Span;
}

/** A span in a named file; `file` is the workspace's path or URI of it. */
export interface Place {
  readonly file: string;
  readonly span: Span;
}

export function contains(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}
