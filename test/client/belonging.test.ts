/** Which project a file belongs to, if any. */

import { expect, test } from "vitest";
import { projectOf } from "../../client/src/belonging.ts";
import { Uri } from "./vscode.ts";

const PROJECTS = ["/work/one", "/work/one/inner", "/work/two"].map((folder) => ({ folder, systems: [], mappings: 0 }));

test.each([
  ["/work/one/access/a.accessmap.yaml", "/work/one"],
  ["/work/one/inner/a.accessmap.yaml", "/work/one/inner"],
  ["/work/one-more/a.accessmap.yaml", undefined],
  ["/elsewhere/a.accessmap.yaml", undefined],
])("%s", (path, folder) => expect(projectOf({ uri: Uri.file(path) as never }, PROJECTS)?.folder).toBe(folder));

test("what is on no disk belongs to none", () => {
  const uri = { ...Uri.file("/work/one/a.accessmap.yaml"), scheme: "untitled" };
  expect(projectOf({ uri: uri as never }, PROJECTS)).toBeUndefined();
});
