/** Names that would drive a terminal reach it as harmless text, and JSON unchanged. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { printable, printableJson } from "../../server/src/core/model/printable.ts";
import { runCli } from "../support/cli.ts";
import { makeFolder } from "../support/process.ts";

/** Clears the screen, sets the window's title, begins a sequence with one 8-bit character, turns the reading direction. */
const EVIL = "x\u001b[2J\u001b]0;title\u0007\u009b2J\u202ey";
const WRITTEN = JSON.stringify(EVIL).replaceAll("\u009b", "\\u009b").replaceAll("\u202e", "\\u202e");

const PROJECT = `version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } } }
`;

const MAPPINGS = `mappings:
  - group: ${WRITTEN}
    roles: [${WRITTEN}]
    bundles: [${WRITTEN}]
    ${WRITTEN}: 1
`;

let folder: ReturnType<typeof makeFolder>;
beforeAll(() => {
  folder = makeFolder({ "accessmap.yaml": PROJECT, [`${EVIL}.accessmap.yaml`]: MAPPINGS });
});
afterAll(() => folder.remove());

test.each([
  ["check", "--no-live"],
  ["check", EVIL],
  ["plan", "-o", EVIL],
  ["show", EVIL],
  ["apply", EVIL],
  ["check", "-C", EVIL],
])("%s %s %s", async (...args) => {
  const { stdout, stderr } = await runCli(args.filter(Boolean), { cwd: folder.path });
  const said = (stdout + stderr).replaceAll("\n", "");
  expect(said).not.toBe("");
  expect(said).toBe(printable(said));
});

test("colours are ours alone", async () => {
  const { stdout } = await runCli(["check", "--no-live"], { cwd: folder.path, env: { FORCE_COLOR: "1" } });
  expect(stdout.replaceAll("\n", "")).toBe(printable(stdout.replaceAll("\n", "")));
});

test("JSON keeps every name as it is, in letters that drive nothing", async () => {
  const { stdout } = await runCli(["check", "--no-live", "--format", "json"], { cwd: folder.path });
  expect(stdout.replaceAll("\n", "")).toBe(printable(stdout.replaceAll("\n", "")));
  const { findings } = JSON.parse(stdout) as { findings: readonly { file: string; message: string }[] };
  expect(findings.map(({ file }) => file)).toContain(`${EVIL}.accessmap.yaml`);
  expect(findings.some(({ message }) => message.includes(EVIL))).toBe(true);
});

test("JSON beyond the first plane is escaped as pairs, and ordinary letters are left alone", () => {
  const value = { "Größe 😀": "a\u{e0041}b\u200bc\u0085" };
  const safe = printableJson(JSON.stringify(value, undefined, 2));
  expect(safe).toContain("Größe 😀");
  expect(safe.replaceAll("\n", "")).toBe(printable(safe.replaceAll("\n", "")));
  expect(JSON.parse(safe)).toEqual(value);
});
