/** Where a project lies in its repository: CI servers look paths up from the repository's root. */

import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** The folder in its repository with a `/` at its end; empty for the root itself, and where there is no repository. */
export function prefixOf(folder: string): string {
  for (let root = folder; ; root = dirname(root)) {
    if (existsSync(join(root, ".git"))) {
      const path = relative(root, folder).split(sep).join("/");
      return path === "" ? "" : `${path}/`;
    }
    if (dirname(root) === root) return "";
  }
}
