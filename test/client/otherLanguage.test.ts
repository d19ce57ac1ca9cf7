/** Which files are ours although the editor takes them for something else. */

import { expect, test } from "vitest";
import { isTakenForAnother } from "../../client/src/otherLanguage.ts";
import { Uri } from "./vscode.ts";

test.each([
  ["/p/accessmap.yaml", "yaml", true],
  ["/p/access/prod.accessmap.yml", "helm", true],
  ["/p/access/prod.accessmap.yaml", "accessmap", false],
  ["/p/access/prod.accessmap.yaml", "plaintext", false],
  ["/p/access/prod.yaml", "yaml", false],
  ["/p/myaccessmap.yaml", "yaml", false],
])("%s as %s", (path, languageId, isTaken) =>
  expect(isTakenForAnother({ uri: Uri.file(path) as never, languageId })).toBe(isTaken),
);
