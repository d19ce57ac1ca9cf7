/** What a terminal is given beyond text: colours and changing lines, and who wants neither. */

import { afterEach, expect, test, vi } from "vitest";
import { type ContentKind, deliver } from "../../server/src/cli/support/deliver.ts";
import { openTerminal } from "../../server/src/cli/support/terminal.ts";
import { screenAfter } from "../support/screen.ts";

const was: [NodeJS.WriteStream, Pick<NodeJS.WriteStream, "isTTY" | "columns" | "rows">][] = [];
afterEach(() => {
  for (const [stream, before] of was.splice(0)) Object.assign(stream, before);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Makes both streams of this process a terminal, and keeps what the second one is told. */
function pretend(columns: number, env: Readonly<Record<string, string>>, rows = 24): readonly string[] {
  for (const name of ["CI", "NO_COLOR", "TERM", "LANG", "LC_ALL", "LC_CTYPE"]) vi.stubEnv(name, env[name]);
  const told: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    was.push([stream, { isTTY: stream.isTTY, columns: stream.columns, rows: stream.rows }]);
    Object.assign(stream, { isTTY: true, columns, rows });
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

const GROUPS = { what: "groups", done: 3, total: 38 };

test.each<[columns: number, env: Record<string, string>, told: string]>([
  [80, {}, "okta  [#...................] 3 of 38 groups"],
  [80, { LANG: "en_US.UTF-8" }, "okta  █░░░░░░░░░░░░░░░░░░░ 3 of 38 groups"],
  [40, { LANG: "en_US.UTF-8" }, "okta  █░░░░░░░░░░░░░░░ 3 of 38 groups"],
  [12, {}, "okta  3 o"],
  [2, {}, "o"],
  // Some terminals do not know how wide they are.
  [0, {}, "okta  [#...................] 3 of 38 groups"],
  [80, { CI: "true" }, "okta: reading\n"],
  [80, { TERM: "dumb" }, "okta: reading\n"],
])("progress on a terminal of %i columns with %j", (columns, env, expected) => {
  const told = pretend(columns, env);
  openTerminal().progress("okta", GROUPS);
  openTerminal({ quiet: true }).progress("okta", { ...GROUPS, done: 4 });
  expect(told).toEqual([expected]);
});

test("lines of progress change where they stand, and nothing of them is left", () => {
  const told = pretend(43, { LANG: "en_US.UTF-8" });
  const seen = () => screenAfter(told.join(""), 43);
  const terminal = openTerminal();
  terminal.note("before");
  terminal.progress("okta", { what: "groups", done: 100 });
  terminal.progress("prod", { what: "users", done: 1, total: 2 });
  terminal.progress("okta", { what: "groups", done: 300 });
  expect(seen()).toEqual(["before", "okta  300 groups so far", "prod  ██████████░░░░░░░░░░ 1 of 2 users"]);
  terminal.note("between");
  expect(seen()).toEqual(["before", "between"]);
  terminal.progress("prod", { what: "users", done: 2, total: 2 });
  expect(seen()).toEqual(["before", "between", "prod  ████████████████████ 2 of 2 users"]);
  terminal.endProgress();
  terminal.endProgress();
  terminal.note("after");
  expect(seen()).toEqual(["before", "between", "after"]);
});

test("more systems than a terminal has lines are not all told", () => {
  const told = pretend(80, {}, 3);
  const terminal = openTerminal();
  for (const system of ["okta", "corp", "prod"]) terminal.progress(system, { what: "groups", done: 3 });
  expect(screenAfter(told.join(""), 80)).toEqual(["corp  3 groups so far", "prod  3 groups so far"]);
  terminal.endProgress();
  expect(screenAfter(told.join(""), 80)).toEqual([]);
});

test("in a log there is a line of what goes on every ten seconds, and never one that changes", () => {
  const told = pretend(80, { CI: "true" });
  const terminal = openTerminal();
  for (const [done, second] of [0, 9, 10, 19, 21].entries()) {
    vi.spyOn(Date, "now").mockReturnValue(second * 1000);
    terminal.progress("okta", { ...GROUPS, done, next: "dd-sre" });
  }
  expect(told).toEqual(["okta: reading\n", "okta: 2 of 38 groups: dd-sre\n", "okta: 4 of 38 groups: dd-sre\n"]);
});

test("a name that a runner would obey is harmless in a line of progress, too", () => {
  const told = pretend(80, { CI: "true" });
  vi.stubEnv("GITHUB_ACTIONS", "true");
  openTerminal().progress("::error title=x", GROUPS);
  expect(told).toEqual([": :error title=x: reading\n"]);
});

const FINDING = '  12:5    error   Okta has no group "payments-oncal"  ref/unknown-group';

test.each<[what: string, columns: number, isTTY: boolean, kind: ContentKind, printed: string]>([
  [
    "a narrow terminal",
    41,
    true,
    "lines",
    '  12:5    error   Okta has no group\n      "payments-oncal"  ref/unknown-group\n',
  ],
  ["a terminal that does not know how wide it is", 0, true, "lines", `${FINDING}\n`],
  ["a pipe", 41, false, "lines", `${FINDING}\n`],
  ["a narrow terminal, in a format that others read", 40, true, "text", `${FINDING}\n`],
])("findings on %s", async (_, columns, isTTY, kind, printed) => {
  pretend(columns, {});
  process.stdout.isTTY = isTTY;
  const told: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => told.push(String(text)) > 0);
  await deliver(FINDING, kind, {}, openTerminal());
  expect(told).toEqual([printed]);
});
