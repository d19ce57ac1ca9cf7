/** Where no system is known, what is said leads on: to a new project where there is none, to its file where there is one. */

import { expect, test } from "vitest";
import type { Actions } from "../../client/src/dialogs.ts";
import { tellNoSystem } from "../../client/src/noSystem.ts";
import { filesFound, Uri } from "./vscode.ts";

const FILE = Uri.file("/work/one/accessmap.yaml");
const MISNAMED = Uri.file("/work/two/accessmap.yml");

test.each([
  [[], /^No folder of this window has an accessmap\.yaml\./, { "New Project": "accessmap.newProject" }],
  [[FILE], /^one\/accessmap\.yaml names no system, or cannot be read\./, { "Open File": ["vscode.open", FILE] }],
  [[MISNAMED], /^two\/accessmap\.yml is not read: .* Rename it\.$/, { "Open File": ["vscode.open", MISNAMED] }],
  [[MISNAMED, FILE], /^one\/accessmap\.yaml names no system/, { "Open File": ["vscode.open", FILE] }],
])("with %j in the window", async (files, words, way) => {
  filesFound.splice(0, Number.POSITIVE_INFINITY, ...files);
  const told: [string, Actions | undefined][] = [];
  await tellNoSystem({ tell: (_, message, actions) => void told.push([message, actions]) });
  expect(told).toEqual([[expect.stringMatching(words), { ...way, "Open Sample Workspace": "accessmap.openSample" }]]);
});
