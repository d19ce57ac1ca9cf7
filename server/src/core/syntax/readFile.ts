/** A file as read: its tree, what it states, and what is wrong with its form. */

import type { Finding } from "../model/finding.ts";
import type { Tree } from "./yaml/parse.ts";

export interface ReadFile<T> {
  readonly tree: Tree;
  readonly content: T;
  readonly problems: readonly Finding[];
}
