/**
 * A person at the access map: who gets what at a glance, from a cell to its line, by mouse and by keyboard, other views,
 * export, in a dark, a light and a high contrast theme. Some groups could not be read and must be drawn so.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { windowUrl } from "./host.mjs";
import { sendFaults, startSandbox, writeSample } from "./sandbox.mjs";
import { goSteps } from "./steps.mjs";
import { STATUS } from "./user.mjs";

const refused = [];

const stepsIn = (folder) => ({
  async "opens from the palette and shows groups by sensitivity"(user) {
    user.page.on("console", (message) => {
      if (/Content.Security.Policy/i.test(message.text())) refused.push(message.text());
    });
    await user.see(STATUS, /prod/);
    await user.run("accessmap: Access Map");
    await user.see(".tab.active", "Access Map: prod");
    const map = user.map();
    await map.see("th", /^dd-engineering/);
    assert.match(
      await map.spoken("dd-engineering", "critical"),
      /138 people, 2 permissions \(up to critical\): org_app_keys_write/,
    );
    await user.shot("map-groups");
  },
  async "draws as unknown what could not be read"(user) {
    const map = user.map();
    await map.see("td.unknown");
    await map.see("summary", /Not checked/);
  },
  async "goes to the line from a cell"(user) {
    await user.map().clickCell("dd-engineering", "critical");
    await user.see(".tab.active", "platform.accessmap.yaml");
    await user.see(".statusbar-item", /Ln 23/);
    await user.shot("map-line");
  },
  async "moves between cells and goes to a line with the keyboard"(user) {
    const map = user.map();
    await map.focusCell("dd-admins", "critical");
    await user.press("ArrowRight");
    assert.match(await map.focused(), /^dd-admins, high: 4 people/);
    await map.see("#details", /^dd-admins, high/);
    await user.press("Home");
    assert.match(await map.focused(), /^dd-admins, 4 people/);
    await user.press("Enter");
    await user.see(".statusbar-item", /Ln 10/);
  },
  async "filters, and says what is left out"(user) {
    const map = user.map();
    await map.fill("Filter groups", "contractor");
    await map.see("td.left", /groups left out by the filter/);
    await map.fill("Filter groups", "");
    await map.see("th", /^dd-engineering/);
  },
  async "shows product areas"(user) {
    const map = user.map();
    await map.choose("By product area");
    await map.see("th", "Log Management");
    await user.shot("map-areas");
    await map.choose("By sensitivity");
    await map.see("th", /^critical/);
  },
  async "follows an edit that was not saved"(user) {
    const map = user.map();
    await user.openTab("platform.accessmap.yaml");
    await user.goTo("dd-it");
    await user.press("End");
    await user.insert("x");
    await map.see("th", /^dd-itx not in okta/);
    await user.press("Control+Z");
    await map.see("th", /^dd-it$/);
  },
  async "shows the flow, and lights up what hangs together"(user) {
    const map = user.map();
    await map.tab("Flow");
    await map.fill("Filter groups, roles and teams", "platform");
    await map.see(".am-node", "Platform Admin");
    await map.hoverNode("Platform Admin");
    await map.see(".am-lit");
    await user.shot("map-flow");
  },
  async "shows a person's way"(user) {
    const map = user.map();
    await map.tab("Person");
    await map.fill("Login or address", "haruki");
    await map.see("#about", /haruki\.larkwell@acme\.com in prod/);
    await map.see(".am-node", "dd-engineering");
    await user.shot("map-person");
  },
  async "shows before and after a plan, which it makes when there is none"(user) {
    const map = user.map();
    await map.tab("Plan");
    await map.see(".problem", /no plan yet/);
    await map.press("Dry Run");
    await map.see(".plan th", "role Incident Commander");
    await map.see(".plan .numbers", /\d+ → \d+ {2}\+\d+/);
    await user.shot("map-plan");
  },
  async "exports a picture and a table"(user) {
    const map = user.map();
    await map.tab("Groups");
    await map.see("th", /^dd-engineering/);
    for (const format of ["SVG", "CSV"]) {
      await map.press(`Export as ${format}…`);
      await user.see(".quick-input-widget .quick-input-title", "Export Access Map");
      await user.press("Enter");
      await user.see(".notification-toast", `.${format.toLowerCase()}`);
      await user.clearToasts();
    }
    const picture = readFileSync(join(folder, "access-map-prod-groups.svg"), "utf8");
    assert.match(picture, /^<svg [^>]+><title id="map-title">/);
    assert.match(picture, /am-unknown/);
    await user.drawFile(picture, "map-export");
    assert.match(readFileSync(join(folder, "access-map-prod-groups.csv"), "utf8"), /dd-engineering,138,/);
  },
  ...Object.fromEntries(
    [
      ["Light Modern", "light"],
      ["Dark High Contrast", "high-contrast"],
    ].map(([theme, name]) => [
      `is at home in ${theme}`,
      async (user) => {
        const map = user.map();
        await user.chooseTheme(theme);
        await map.tab("Flow");
        await map.see(".am-node");
        await user.shot(`map-flow-${name}`);
        await map.tab("Groups");
        await map.see("th", /^dd-engineering/);
        await user.shot(`map-groups-${name}`);
        assert.deepEqual(refused, [], "the page's policy refused something of its own");
      },
    ]),
  ),
});

/** Counts of steps that worked and that did not. */
export async function runAccessMap(vsix) {
  const sample = writeSample();
  const sandbox = await startSandbox();
  const openFile = join(sample.folder, "access/platform.accessmap.yaml");
  const path = "^/api/v1/groups/[^/]+/users";
  try {
    await sendFaults(sandbox, [{ system: "okta", path, kind: "status", status: 403, times: 4, after: 6 }]);
    return await goSteps(
      "the access map",
      { vsix, env: sandbox.environment, settings: { "files.simpleDialog.enable": true } },
      (port) => windowUrl(port, { folder: sample.folder, openFile }),
      stepsIn(sample.folder),
    );
  } finally {
    await sandbox.stop();
    sample.remove();
  }
}
