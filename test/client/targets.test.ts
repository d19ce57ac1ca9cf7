/** Two projects of a window that name an organization alike are told apart, by name and without a question where it is clear. */

import { beforeEach, expect, onTestFinished, test } from "vitest";
import { createCurrent } from "../../client/src/current.ts";
import { createProjects } from "../../client/src/projects.ts";
import { chooseTarget, nameOf, projectName, targetIn, withProject } from "../../client/src/targets.ts";
import { okta, person, prod } from "./support.ts";
import { openFolders, Uri, window } from "./vscode.ts";

const [ONE, TWO] = ["/work/one", "/work/two/access"];

beforeEach(() => openFolders({ one: "/work/one", two: "/work/two" }));

function windowOf(...folders: readonly string[]) {
  const projects = createProjects();
  for (const folder of folders) projects.update({ folder, systems: [okta, prod], mappings: 1 });
  const kept = new Map<string, unknown>();
  const memory = {
    keys: () => [],
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  return { projects, current: createCurrent(memory as never) };
}

test("an organization is called by its name, and by its project where that is not enough", () => {
  const target = { folder: TWO, organization: "prod" };
  expect(nameOf(windowOf(TWO).projects, target)).toBe("prod");
  expect(nameOf(windowOf(ONE, TWO).projects, target)).toBe("prod (two/access)");
  expect(withProject(windowOf(ONE, TWO).projects, target, "Acme")).toBe("Acme of the project two/access");
  expect(projectName("/elsewhere")).toBe("/elsewhere");
});

test("what a lens or row is about is taken, and nobody is asked", async () => {
  const asked = person([]);
  const target = { folder: TWO, organization: "prod" };
  const tools = { ...windowOf(ONE, TWO), dialogs: asked };
  expect(await chooseTarget(tools, "Dry run of", targetIn({ ...target, name: "dd-sre" }))).toEqual(target);
});

test("else it is asked for, by project, until one was chosen for the window", async () => {
  const tools = { ...windowOf(ONE, TWO), dialogs: person(["two/access"]) };
  const target = { folder: TWO, organization: "prod" };
  expect(await chooseTarget(tools, "Dry run of")).toEqual(target);
  expect(await chooseTarget(tools, "Dry run of"), "dismissed").toBeUndefined();
  await tools.current.set(target);
  expect(await chooseTarget(tools, "Dry run of")).toEqual(target);
});

test("the project of the file in front is asked for first", async () => {
  const target = { folder: TWO, organization: "prod" };
  window.activeTextEditor = { document: { uri: Uri.file(`${TWO}/prod.accessmap.yaml`) } };
  onTestFinished(() => {
    delete window.activeTextEditor;
  });
  const tools = { ...windowOf(ONE, TWO), dialogs: person(["prod"]) };
  expect(await chooseTarget(tools, "Dry run of")).toEqual(target);
});

test("a document or nothing is no organization", () => {
  for (const argument of [undefined, null, "prod", { path: "/a" }, { folder: ONE }])
    expect(targetIn(argument)).toBeUndefined();
});

test("a project that is gone leaves nothing behind", () => {
  const { projects } = windowOf(ONE, TWO);
  projects.update({ folder: ONE, systems: [], mappings: 0 });
  expect(projects.all().map(({ folder }) => folder)).toEqual([TWO]);
});
