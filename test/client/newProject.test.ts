/** *New Project* in the editor: the questions of `accessmap init`, with a way back, give its files. */

import { expect, test } from "vitest";
import { askAll } from "../../client/src/newProject.ts";
import type { AskStep, Step, StepAnswer } from "../../client/src/steps.ts";
import { onNewProject } from "../../server/src/lsp/handlers/newProject.ts";
import type { NewProjectParams } from "../../server/src/lsp/protocol.ts";

const server = {
  request: async <Result>(_: string, params: object) => onNewProject(params as NewProjectParams) as Result,
};

/** Answers what it is told to, else what is suggested or the first choice. */
function person(answers: Record<string, readonly StepAnswer[]>): { readonly ask: AskStep; readonly seen: Step[] } {
  const left = new Map(Object.entries(answers).map(([prompt, list]) => [prompt, [...list]]));
  const seen: Step[] = [];
  return {
    seen,
    async ask(step) {
      seen.push(step);
      const found = [...left].find(([prompt, list]) => step.prompt.startsWith(prompt) && list.length > 0);
      if (found) return found[1].shift();
      return { answer: step.suggestion ?? step.choices?.[0]?.value ?? "" };
    },
  };
}

const OKTA = { "Okta domain": [{ answer: "acme.okta.com" }] };

test("answers become accessmap.yaml and a first mapping file", async () => {
  const { ask, seen } = person(OKTA);
  const files = new Map(await askAll({ server, askStep: ask }, "acme-access"));
  expect([...files.keys()]).toEqual(["accessmap.yaml", "access/prod.accessmap.yaml"]);
  expect(files.get("accessmap.yaml")).toMatch(/project: acme-access[\s\S]+domain: acme\.okta\.com/);
  expect(seen.map(({ number }) => number)).toEqual(seen.map((_, index) => index + 1));
});

test("back asks the question before again", async () => {
  const { ask, seen } = person({
    "Okta domain": [{ answer: "wrong.okta.com" }, { answer: "right.okta.com" }],
    "List only groups": ["back", { answer: "dd-*" }],
  });
  const files = new Map(await askAll({ server, askStep: ask }, "x"));
  expect(files.get("accessmap.yaml")).toContain("right.okta.com");
  expect(files.get("accessmap.yaml")).not.toContain("wrong");
  expect(seen.filter(({ prompt }) => prompt === "Okta domain")).toHaveLength(2);
});

test("dismissed anywhere, nothing comes of it", async () => {
  expect(
    await askAll({ server, askStep: person({ ...OKTA, "Its Datadog site": [undefined] }).ask }, "x"),
  ).toBeUndefined();
});

test("texts that do not fit are refused with an example; what may stay empty may", async () => {
  const { ask, seen } = person(OKTA);
  await askAll({ server, askStep: ask }, "x");
  const refuse = (prompt: string, answer: string) =>
    seen.find((step) => step.prompt.startsWith(prompt))?.refuse(answer);
  expect(refuse("Okta domain", "https://acme")).toBe("Something like acme.okta.com");
  expect(refuse("Okta domain", "")).toBe("Something like acme.okta.com");
  expect(refuse("Okta domain", "acme.okta.com")).toBeUndefined();
  expect(refuse("Its id", "")).toBeUndefined();
});
