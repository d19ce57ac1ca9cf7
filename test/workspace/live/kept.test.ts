/** Live data across sessions: loaded as stale, bound to its system, never proof, and not trusted when it looks wrong. */

import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findings, groupOf, loaded, openDesk, PROJECT, statusOf, unauthorized } from "../support.ts";

async function readOnce() {
  const desk = await openDesk();
  const first = await desk.open();
  await first.refresh("start");
  const folder = join(desk.storage, "inventories");
  const files = readdirSync(folder).map((name) => join(folder, name));
  return { desk, first, folder, files };
}

test("what was read is there after a restart, shown with its age, and proves nothing before it is read again", async () => {
  const { desk, first } = await readOnce();
  desk.trouble = unauthorized;
  const second = await desk.open();
  await loaded(second);
  expect(groupOf(second)).toEqual({ ...groupOf(first), isWhole: false });
  expect(statusOf(second, "okta")).toMatchObject({ state: "stale", asOf: statusOf(first, "okta").asOf });
  expect(statusOf(second, "okta").failure).toBeUndefined();
  expect([findings(first).includes("ref/unknown-group"), findings(second).includes("ref/unknown-group")]).toEqual([
    true,
    false,
  ]);

  await second.refresh("start");
  expect(groupOf(second)).toMatchObject({ group: "present", isWhole: false });
  expect(statusOf(second, "okta")).toMatchObject({ state: "failed", failure: { kind: "denied" } });
  expect(await second.makePlan("prod")).toHaveProperty("noPlan");

  desk.trouble = undefined;
  await second.refresh("focus");
  expect(groupOf(second)).toEqual(groupOf(first));
});

test.skipIf(process.platform === "win32")("only the owner can read what is kept", async () => {
  const { folder, files } = await readOnce();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
});

test("a changed accessmap.yaml does not show what was kept of another system", async () => {
  const { desk } = await readOnce();
  desk.trouble = unauthorized;
  writeFileSync(join(desk.folder, "accessmap.yaml"), PROJECT.replace("acme.okta.com", "other.okta.com"));
  const second = await desk.open();
  await second.refresh("start");
  expect(groupOf(second)).toEqual({ group: "unknown", people: undefined, isWhole: false });
});

const DAMAGES: readonly (readonly [string, (text: string) => string, RegExp])[] = [
  ["nothing in it", () => "", /is damaged/],
  ["cut off", (text) => text.slice(0, text.length / 2), /is damaged/],
  ["cut off between two lines", (text) => `${text.split("\n").slice(0, -2).join("\n")}\n`, /is damaged/],
  ["one letter changed", (text) => text.replace("dd-sre", "dd-srf"), /is damaged/],
  ["not JSON", () => "\u0000\u0001\n", /is damaged/],
  ["more behind its end", (text) => `${text}${text}`, /goes on behind its end|is damaged/],
  ["another version", (text) => text.replace('"version":1', '"version":2'), /is of another version/],
  ["another system's", (text) => text.replace("acme.okta.com", "evil.okta.com"), /belongs to another system/],
];

test.each(DAMAGES)("a kept inventory with %s is ignored and said", async (_, damage, said) => {
  const { desk, files } = await readOnce();
  const okta = files.find((file) => readFileSync(file, "utf8").includes("acme.okta.com")) ?? "";
  writeFileSync(okta, damage(readFileSync(okta, "utf8")));
  desk.trouble = unauthorized;
  const second = await desk.open();
  await second.refresh("start");
  expect(groupOf(second).group).toBe("unknown");
  expect(desk.log.filter((line) => said.test(line) && line.includes(okta))).toHaveLength(1);
});

test.skipIf(process.platform === "win32")(
  "a kept inventory that others can read is ignored, and replaced by a private one",
  async () => {
    const { desk, files } = await readOnce();
    for (const file of files) chmodSync(file, 0o644);
    const second = await desk.open();
    await second.refresh("start");
    expect(desk.log.filter((line) => line.includes("can be read by others"))).toHaveLength(2);
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  },
);

test("what nobody read again for a month is deleted", async () => {
  const { desk, folder } = await readOnce();
  desk.pass(31 * 24 * 60);
  writeFileSync(
    join(desk.folder, "accessmap.yaml"),
    PROJECT.replace("groups:", "claim: id, groups:").replace("datadoghq.eu", "datadoghq.com"),
  );
  const second = await desk.open();
  await second.refresh("start");
  expect(readdirSync(folder)).toHaveLength(1);
});

test("a folder that cannot be written costs a line in the log and nothing else", async () => {
  const desk = await openDesk();
  writeFileSync(desk.storage, "a file where the folder should be");
  const workspace = await desk.open();
  await workspace.refresh("start");
  expect(groupOf(workspace).group).toBe("present");
  expect(desk.log.some((line) => line.includes("cannot be kept"))).toBe(true);
});
