/** The sample project: well formed, dated from today, pinned to the seed, with the mistakes it promises. */

import { expect, test } from "vitest";
import { format } from "../../server/src/core/features/formatting.ts";
import { readLock, renderLock } from "../../server/src/core/syntax/readLock.ts";
import { allMappings, formProblems, readMappingFile } from "../../server/src/core/syntax/readMappingFile.ts";
import { readProject } from "../../server/src/core/syntax/readProject.ts";
import { renderSample } from "../../server/src/sandbox/sample.ts";
import { createSeed } from "../../server/src/sandbox/seed/seed.ts";

const sample = renderSample("2026-11-23");
const files = [...sample]
  .filter(([path]) => path.endsWith(".accessmap.yaml"))
  .map(([path, text]) => readMappingFile(path, text));
const mappings = files.flatMap(allMappings);
const { okta, datadog } = createSeed();

test("every file has the form of the product", () => {
  expect(files.flatMap(formProblems)).toEqual([]);
  expect(readProject("accessmap.yaml", sample.get("accessmap.yaml") ?? "").problems).toEqual([]);
  expect([...sample.values()].join("")).not.toContain("{{");
  expect([files.length, mappings.length]).toEqual([5, 40]);
});

test("the formatter has nothing to say", () => {
  for (const [file, text] of sample) if (file.endsWith(".yaml")) expect(format(file, text), file).toEqual([]);
});

test("one grant has ended and one ends soon, whatever the day", () => {
  for (const today of ["2026-11-23", "2028-02-29", "2030-12-31"]) {
    const text = [...renderSample(today).values()].join("");
    const days = [...text.matchAll(/^ {4}until: (\S+)/gm)].map(
      ([, until = ""]) => (Date.parse(until) - Date.parse(today)) / 86_400_000,
    );
    expect(days.filter((left) => left < 0)).toEqual([-20]);
    expect(days.filter((left) => left >= 0 && left <= 14)).toEqual([9]);
    expect(Math.max(...days)).toBeLessThanOrEqual(365);
  }
});

test("exactly one group does not exist, and it is nearly another", () => {
  const names = new Set([...okta.groups.values()].map(({ name }) => name));
  const unknown = mappings.map(({ group }) => group?.text ?? "").filter((name) => !names.has(name));
  expect(unknown).toEqual(["dd-chekout-oncall"]);
});

test("every role exists once, and every team but one exists", () => {
  const roles = [...datadog.roles.values()].map(({ name }) => name);
  const given = mappings.flatMap((mapping) => mapping.roles.map(({ name = "" }) => name));
  expect(given.filter((name) => roles.filter((role) => role === name).length !== 1)).toEqual([]);
  const handles = new Set([...datadog.teams.values()].map(({ handle }) => handle));
  expect(
    mappings.flatMap(({ teams }) => teams.map(({ value }) => value)).filter((handle) => !handles.has(handle)),
  ).toEqual(["release"]);
});

test("the lock is canonical and holds the ids of the seed", () => {
  const text = sample.get("accessmap.lock") ?? "";
  const { lock, problems } = readLock("accessmap.lock", text);
  expect(problems).toEqual([]);
  expect(renderLock(lock)).toBe(text);
  const prod = lock.organizations.get("prod");
  expect(prod?.adopted).toBe(true);
  for (const [name, { id }] of prod?.roles ?? []) expect(datadog.roles.get(id)?.name).toBe(name);
  for (const [handle, { id }] of prod?.teams ?? []) expect(datadog.teams.get(id)?.handle).toBe(handle);
  for (const [name, { id }] of lock.groups.get("okta") ?? []) expect(okta.groups.get(id)?.name).toBe(name);
});
