/**
 * A person at the access map: who gets what at a glance, from a cell to its line, by mouse and by keyboard, other views,
 * export, in a dark, a light and a high contrast theme. First the roles cannot be read,
 * and nothing may look as if they gave nothing.
 */

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { windowUrl } from "./host.mjs";
import { sendFaults, startSandbox, writeSample } from "./sandbox.mjs";
import { goSteps } from "./steps.mjs";
import { STATUS } from "./user.mjs";

const refused = [];

const stepsIn = (folder, clearFaults) => ({
  async "opens from the palette, and draws as unknown what could not be read"(user) {
    user.page.on("console", (message) => {
      if (/Content.Security.Policy/i.test(message.text())) refused.push(message.text());
    });
    await user.see(STATUS, /not checked/);
    await user.run("accessmap: Access Map");
    await user.see(".tab.active", "Access Map: prod");
    const map = user.map();
    await map.see("th", /^dd-engineering/);
    await map.see("td.unknown");
    assert.match(await map.spoken("dd-engineering", "critical"), /not checked: /);
    await map.see("summary", /Not checked/);
    await user.shot("map-unknown");
  },
  async "draws itself anew once the roles can be read"(user) {
    await clearFaults();
    const map = user.map();
    await map.focusCell("dd-engineering", "critical");
    await user.run("accessmap: Refresh");
    await map.see("td.critical", "138");
    assert.match(await map.focused(), /^dd-engineering, critical: 138/);
    assert.match(
      await map.spoken("dd-engineering", "critical"),
      /138 people, 2 permissions \(up to critical\): org_app_keys_write/,
    );
    assert.deepEqual(await map.barriers(), []);
    await user.shot("map-groups");
  },
  async "goes to the line from a cell"(user) {
    await goFromCell(user);
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
    await map.fill("contractor");
    await map.see("td.left", /groups left out by the filter/);
    await map.fill("");
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
    await user.goTo("dd-it");
    await user.press("End");
    await user.insert("x");
    await map.see("th", /^dd-itx not in okta/);
    await user.press("Control+Z");
    await map.see("th", /^dd-it$/);
    await user.run("View: Join All Editor Groups");
    await user.openTab("Access Map: prod");
  },
  async "shows the flow, and lights up what hangs together"(user) {
    const map = user.map();
    await map.tab("Flow");
    await map.fill("platform");
    await map.see(".left", /groups left out by the filter/);
    await map.hoverNode("Platform Admin");
    await map.see(".am-lit");
    assert.deepEqual(await map.barriers(), []);
    await user.shot("map-flow");
  },
  async "shows a person's way"(user) {
    const map = user.map();
    await map.tab("Person");
    await map.fill("haruki");
    await map.see(".people button", "haruki.yarrowin");
    await map.fill("haruki.l");
    await map.see("#about", /haruki\.larkwell@acme\.com in prod/);
    await map.see(".am-node", "dd-engineering");
    assert.deepEqual(await map.barriers(), []);
    await user.shot("map-person");
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
    await user.drawFile(picture, "map-export");
    assert.match(readFileSync(join(folder, "access-map-prod-groups.csv"), "utf8"), /dd-engineering,138,/);
  },
  async "shows before and after a plan, which it makes when there is none"(user) {
    const map = user.map();
    await map.tab("Plan");
    await map.see(".problem", /no plan yet/);
    await map.press("Dry Run");
    await map.see(".plan th", "role Incident Commander");
    await map.see(".plan .numbers", /\d+ → \d+ {2}\+\d+/);
    assert.deepEqual(await map.barriers(), []);
    await user.shot("map-plan");
  },
  async "comes from a plan to what that plan changes"(user) {
    const map = user.map();
    await map.tab("Groups");
    await map.see("th", /^dd-engineering/);
    await user.openTab("Plan: prod");
    await user.pressTitle("Access Map");
    await map.see(".plan th", "role Incident Commander");
  },
  // In which view is the editor's to remember: it may not have kept yet what was chosen just before.
  async "is there again after a reload of the window"(user) {
    const map = user.map();
    await user.reload();
    await user.see(".tab", "Access Map: prod");
    await user.openTab("Access Map: prod");
    await map.tab("Groups");
    await map.see("th", /^dd-engineering/);
    await user.see(STATUS, /sandbox, read/);
  },
  ...Object.fromEntries(
    [
      ["Default Light Modern", "light", "vs"],
      ["Default High Contrast", "high-contrast", "hc-black"],
    ].map(([theme, name, kind]) => [
      `is at home in ${theme}`,
      async (user) => {
        const map = user.map();
        chooseTheme(folder, theme);
        await user.see(`.monaco-workbench.${kind}`);
        await map.tab("Flow");
        await map.see(".am-node");
        assert.deepEqual(await map.barriers(), []);
        await user.shot(`map-flow-${name}`);
        await map.tab("Groups");
        await map.see("th", /^dd-engineering/);
        assert.deepEqual(await map.barriers(), []);
        await user.shot(`map-groups-${name}`);
        assert.deepEqual(refused, [], "the page's policy refused something of its own");
      },
    ]),
  ),
  async "can be used at 200 %"(user) {
    await user.page.setViewportSize(SMALL);
    await goFromCell(user);
    await user.openTab("Access Map: prod");
    await user.map().see("th", /^dd-engineering/);
    await user.shot("map-small");
  },
});

/** As much room as a window of 1280 by 800 has at 200 %. */
const SMALL = { width: 640, height: 400 };

/** A click on a page that is just taking on its size goes past the cell. */
async function goFromCell(user) {
  await user.untilSeen(
    () => user.map().clickCell("dd-engineering", "critical"),
    ".tab.active",
    "platform.accessmap.yaml",
  );
}

function chooseTheme(folder, theme) {
  mkdirSync(join(folder, ".vscode"), { recursive: true });
  writeFileSync(join(folder, ".vscode/settings.json"), JSON.stringify({ "workbench.colorTheme": theme }));
}

/** Counts of steps that worked and that did not. */
export async function runAccessMap(vsix) {
  const sample = writeSample();
  const sandbox = await startSandbox();
  const openFile = join(sample.folder, "access/platform.accessmap.yaml");
  try {
    await sendFaults(sandbox, [{ system: "datadog", path: "/api/v2/roles", kind: "status", status: 403 }]);
    return await goSteps(
      "the access map",
      { vsix, env: sandbox.environment, settings: { "files.simpleDialog.enable": true } },
      (port) => windowUrl(port, { folder: sample.folder, openFile }),
      stepsIn(sample.folder, () => sendFaults(sandbox)),
    );
  } finally {
    await sandbox.stop();
    sample.remove();
  }
}
