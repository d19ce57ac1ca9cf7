/** Editing against live systems: findings, fixes, hover and completion. */

import assert from "node:assert/strict";
import { commands, type Position, Range, type TextDocument, WorkspaceEdit, workspace } from "vscode";
import {
  activate,
  closeAndDelete,
  completionsAt,
  findings,
  hoverAt,
  log,
  openFile,
  quickFixes,
  ruleOf,
  until,
  untilRead,
  within,
  writeFile,
} from "./support.ts";

let trials = 0;
/** A file of its own for each test: the editor remembers the unsaved text of a path. */
let trial = "";

describe("editing", () => {
  beforeEach(() => {
    trial = `access/trial-${++trials}.accessmap.yaml`;
  });
  afterEach(() => closeAndDelete(trial));

  it("shows findings of the sample soon after it was opened", async () => {
    const started = Date.now();
    const document = await openFile("access/platform.accessmap.yaml");
    await until("a first finding", () => findings(document).length > 0);
    log(`first finding ${Date.now() - started} ms after opening`);
    const api = await activate();
    await untilRead(api);
    log(`live systems read ${Date.now() - started} ms after opening`);
    assert.equal(document.languageId, "accessmap");
    log(`activated in ${Math.round(api.activationMs)} ms`);
  });

  it("flags a grant that is too much for its group", async () => {
    const document = await writeMapping("{ group: dd-engineering, roles: [Platform Admin] }");
    const finding = await until("a privilege finding", () =>
      findings(document).find((found) => /^priv\//.test(ruleOf(found))),
    );
    log(`${ruleOf(finding)}: ${finding.message}`);
    assert.match(finding.message, /Platform Admin|user_access_manage/);
  });

  it("flags a misspelt group and corrects it", async () => {
    const document = await writeMapping("{ group: dd-paymets, roles: [Engineer], reason: builds payments }");
    const isUnknown = (found: ReturnType<typeof findings>[number]) => ruleOf(found) === "ref/unknown-group";
    const finding = await until("the unknown group", () => findings(document).find(isUnknown));
    assert.match(finding.message, /dd-paymets/);
    const fixes = await quickFixes(document, finding.range);
    const fix = fixes.find(({ title }) => title.includes("dd-payments"));
    assert.ok(fix?.edit, `no fix among: ${fixes.map(({ title }) => title).join(", ")}`);
    assert.ok(await workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /dd-payments,/);
    await until("no unknown group", () => !findings(document).some(isUnknown));
  });

  it("shows effective permissions on hover", async () => {
    const document = await writeMapping("{ group: dd-log-admins, roles: [Log Admin], reason: keeps indexes clean }");
    const text = await hoverAt(document, within(document, "dd-log-admins"));
    assert.match(text, /dd-log-admins/);
    assert.match(text, /logs_delete_data/);
    assert.match(text, /Log Admin/);
  });

  it("offers groups and roles in a half-typed line", async () => {
    const document = await writeFile(trial, "organization: prod\nmappings:\n  - group: dd-se\n    roles: [Eng\n");
    await untilRead(await activate());
    const groups = await completionsAt(document, within(document, "dd-se", 5));
    assert.ok(groups.includes("dd-security"), `groups: ${groups.slice(0, 20).join(", ")}`);
    const roles = await completionsAt(document, within(document, "[Eng", 4));
    assert.ok(roles.includes("Engineer"), `roles: ${roles.slice(0, 20).join(", ")}`);
  });

  it("offers beside a dash what fits there and nothing else", async () => {
    const document = await writeFile(trial, "organization: prod\nexpect:\n  - \n");
    await untilRead(await activate());
    const offered = await completionsAt(document, within(document, "  - ", 4));
    const keys = ["group", "members", "person", "permission", "can", "cannot", "people"];
    // The editor sets snippets apart when a program asks.
    assert.deepEqual(offered, [...keys, "group cannot", "permission held by"]);
  });

  it("begins a new line where the next key of the entry stands", async () => {
    const lines = [
      "organization: prod",
      "mappings:",
      "  - group: dd-sre",
      "    allow:",
      "      - rule: priv/destructive",
      "        reason: |",
      "          x",
    ];
    const document = await writeFile(trial, "");
    for (const line of lines) {
      const start = await pressEnter(document, line.length - line.trimStart().length);
      const edit = new WorkspaceEdit();
      edit.insert(document.uri, start, line.trimStart());
      await workspace.applyEdit(edit);
    }
    assert.deepEqual(document.getText().trim().split("\n"), lines);
  });

  it("keeps up with unsaved text", async () => {
    const document = await writeMapping("{ group: dd-payments, roles: [Engineer], reason: builds payments }");
    const isUnknown = (found: ReturnType<typeof findings>[number]) => ruleOf(found) === "ref/unknown-role";
    await replace(document, "Engineer", "Enginer");
    await until("the unknown role", () => findings(document).some(isUnknown));
    await replace(document, "Enginer", "Engineer");
    await until("no unknown role", () => !findings(document).some(isUnknown));
  });
});

/** A mapping file with this one entry, once the live systems are known. */
async function writeMapping(entry: string): Promise<TextDocument> {
  await untilRead(await activate());
  return writeFile(trial, `organization: prod\nmappings:\n  - ${entry}\n`);
}

async function replace(document: TextDocument, before: string, after: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(within(document, before, 0), within(document, before, before.length)), after);
  await workspace.applyEdit(edit);
}

/**
 * Where the cursor then is. The editor indents by tokens, which come late from its worker at a busy moment (VS Code 1.139):
 * then Enter is taken back and pressed again.
 */
async function pressEnter(document: TextDocument, indent: number): Promise<Position> {
  const end = () => document.lineAt(document.lineCount - 1).range.end;
  for (let tries = 5; ; tries--) {
    await commands.executeCommand("type", { text: "\n" });
    if (end().character === indent || tries === 0) return end();
    await commands.executeCommand("undo");
  }
}
