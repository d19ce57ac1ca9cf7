/** Our files beside a general YAML extension: the server of the usual one, for the documents that the usual one takes. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { commands, extensions, languages, type TextDocument } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node"; // vscode-languageclient: as that extension uses it
import {
  activate,
  closeAndDelete,
  completionsAt,
  findings,
  hoversAt,
  openFile,
  until,
  untilRead,
  within,
  writeFile,
} from "./support.ts";

/** What redhat.vscode-yaml takes (its `documentSelector`, and what its server registers for, 2.0.0, 2026-11). */
const SELECTOR = [
  ...[
    "yaml",
    "yaml-textmate",
    "yaml-tmlanguage",
    "ansible",
    "azure-pipelines",
    "dockercompose",
    "github-actions-workflow",
    "home-assistant",
    "manifest-yaml",
    "spring-boot-properties-yaml",
  ].map((language) => ({ language })),
  { pattern: "*.y(a)ml" },
];
/** Its defaults, but for the list of schemas, which it would fetch. */
const SETTINGS: Readonly<Record<string, unknown>> = {
  yaml: { schemaStore: { enable: false }, kubernetesCRDStore: { enable: false } },
};
const OURS = "access/beside.accessmap.yaml";
const THEIRS = "beside.yaml";
/** A line that binds a schema in the usual way, a key twice, a group that does not exist, and an unknown key. */
const TEXT = [
  "# yaml-language-server: $schema=../schemas/mapping.schema.json",
  "organization: prod",
  "organization: prod",
  "mappings:",
  "  - group: dd-paymets",
  "    roles: [Engineer]",
  "    colour: red",
  "",
].join("\n");

describe("beside a general YAML extension", () => {
  let yaml: LanguageClient;

  before(async () => {
    const root = extensions.getExtension("accessmap.accessmap")?.extensionPath ?? "";
    const module = join(root, "node_modules/yaml-language-server/bin/yaml-language-server");
    yaml = new LanguageClient(
      "yaml",
      { module, transport: TransportKind.ipc },
      {
        documentSelector: SELECTOR,
        middleware: {
          workspace: { configuration: ({ items }) => items.map(({ section }) => SETTINGS[section ?? ""] ?? null) },
        },
      },
    );
    await yaml.start();
    await untilRead(await activate());
  });
  after(async () => {
    // The one in front is closed.
    for (const file of [OURS, THEIRS]) {
      await openFile(file);
      await closeAndDelete(file);
    }
    await yaml.dispose();
  });

  it("which finds what is wrong in a file of its own", async () => {
    const document = await writeFile(THEIRS, "a: 1\na: 2\n");
    assert.notEqual(languages.match(SELECTOR, document), 0);
    await until("a finding of that extension", () => findings(document).some(({ source }) => source === "YAML"));
  });

  it("each finding, hover and completion is there once, and ours", async () => {
    const document = await writeFile(OURS, TEXT);
    const has = (text: RegExp) => findings(document).some(({ message }) => text.test(message));
    await until(
      "our findings",
      () => has(/dd-paymets/) && has(/colour/),
      () => findings(document),
    );
    // Whatever that extension had to say of this file it would have said before it answers about another.
    await openFile(THEIRS);
    await commands.executeCommand("vscode.executeDocumentSymbolProvider", (await openFile(THEIRS)).uri);
    await openFile(OURS);
    assert.deepEqual([...new Set(findings(document).map(({ source }) => source))], ["accessmap"]);
    assert.deepEqual(twice(findings(document).map(({ range, message }) => `${range.start.line}: ${message}`)), []);
    assert.equal((await hoversAt(document, within(document, "Engineer"))).length, 1);
    assert.deepEqual(twice(await completionsAt(document, within(document, "[Engineer", 4))), []);
  });

  for (const file of ["accessmap.yaml", "access/platform.accessmap.yaml"])
    it(`leaves ${file} alone`, async () => {
      const document: TextDocument = await openFile(file);
      assert.equal(document.languageId, "accessmap");
      assert.equal(languages.match(SELECTOR, document), 0);
    });
});

function twice(texts: readonly string[]): readonly string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}
