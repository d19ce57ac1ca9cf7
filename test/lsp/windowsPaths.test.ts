/** Which files lie in a project's folder on Windows: drives, shares and letters of either case. */

import { win32 } from "node:path";
import { expect, test } from "vitest";
import { fileIn } from "../../server/src/lsp/folders.ts";

test.each([
  ["C:\\p", "c:\\P\\access\\a.accessmap.yaml", "access/a.accessmap.yaml"],
  ["C:\\", "C:\\a.yaml", "a.yaml"],
  ["C:\\p", "C:\\p\\..a\\b.yaml", "..a/b.yaml"],
  ["\\\\srv\\share\\p", "\\\\SRV\\share\\p\\x\\a.yaml", "x/a.yaml"],
  ["C:\\p", "C:\\p2\\a.yaml", undefined],
  ["C:\\p", "D:\\p\\a.yaml", undefined],
  ["C:\\p", "\\\\srv\\share\\p\\a.yaml", undefined],
  ["C:\\p", "C:\\p", undefined],
])("in %s, %s is %s", (folder, path, file) => {
  expect(fileIn(folder, path, win32)).toBe(file);
});
