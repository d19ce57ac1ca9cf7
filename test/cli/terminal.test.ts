/** What a terminal is given beyond text: colours and a changing line, and who wants neither. */

import { afterEach, expect, test, vi } from "vitest";
import { openTerminal } from "../../server/src/cli/support/terminal.ts";

const was: [NodeJS.WriteStream, isTTY: boolean, columns: number][] = [];
afterEach(() => {
  for (const [stream, isTTY, columns] of was.splice(0)) Object.assign(stream, { isTTY, columns });
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Makes both streams of this process a terminal, and keeps what the second one is told. */
function pretend(columns: number, env: Readonly<Record<string, string>>): readonly string[] {
  for (const name of ["CI", "NO_COLOR", "TERM"]) vi.stubEnv(name, env[name]);
  const told: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    was.push([stream, stream.isTTY, stream.columns]);
    Object.assign(stream, { isTTY: true, columns });
  }
  vi.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0);
  return told;
}

test.each<[Record<string, string>, boolean]>([
  [{}, true],
  [{ NO_COLOR: "1" }, false],
  [{ NO_COLOR: "" }, true],
  [{ TERM: "dumb" }, false],
])("with %j on a terminal: coloured %s", (env, isColoured) => {
  pretend(80, env);
  expect(openTerminal().color.isColorSupported).toBe(isColoured);
  expect(openTerminal({ color: false }).color.isColorSupported).toBe(false);
});

test.each<[columns: number, env: Record<string, string>, told: string]>([
  [80, {}, "\r\u001b[2Kokta: groups 3 of 38"],
  [12, {}, "\r\u001b[2Kokta: group"],
  // Some terminals do not know how wide they are.
  [0, {}, "\r\u001b[2Kokta: groups 3 of 38"],
  [80, { CI: "true" }, "okta: reading\n"],
  [80, { TERM: "dumb" }, "okta: reading\n"],
])("progress on a terminal of %i columns with %j", (columns, env, expected) => {
  const told = pretend(columns, env);
  openTerminal().progress("okta", "groups 3 of 38");
  openTerminal({ quiet: true }).progress("okta", "groups 4 of 38");
  expect(told).toEqual([expected]);
});

test("a name that a runner would obey is harmless in a line of progress, too", () => {
  const told = pretend(80, { CI: "true" });
  vi.stubEnv("GITHUB_ACTIONS", "true");
  openTerminal().progress("::error title=x", "groups 3 of 38");
  expect(told).toEqual([": :error title=x: reading\n"]);
});
