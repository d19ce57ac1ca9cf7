/** The codes of findings link to the manual pages, where the client can show them. */

import { expect, test } from "vitest";
import type { RulePageResult } from "../../server/src/lsp/protocol.ts";
import { openSession } from "./support.ts";

const project =
  "version: 1\nproject: acme\ndirectories: { okta: { type: okta, domain: acme.okta.com } }\norganizations: { prod: { site: datadoghq.eu } }\n";
const files = { "accessmap.yaml": project, "a.accessmap.yaml": "mappings:\n  - { group: x, until: 01/02/2027 }\n" };

test("a client that shows pages gets links to them, and the pages", async () => {
  const session = await openSession({ files, initializationOptions: { rulePages: "pages:/" } });
  const found = await session.diagnostics("a.accessmap.yaml");
  expect(found.map(({ code, codeDescription }) => [code, codeDescription?.href])).toContainEqual([
    "exp/ambiguous-date",
    "pages:/exp/ambiguous-date.md",
  ]);
  const page = await session.client.sendRequest<RulePageResult>("accessmap/rulePage", { rule: "exp/ambiguous-date" });
  expect(page.markdown).toMatch(/^# exp\/ambiguous-date\n\nA date is not written as YYYY-MM-DD/);
  expect(await session.client.sendRequest<RulePageResult>("accessmap/rulePage", { rule: "no/such" })).toEqual({});
});

test("another client gets no link, and a broken form has a page too", async () => {
  const plain = await openSession({ files });
  for (const { codeDescription } of await plain.diagnostics("a.accessmap.yaml"))
    expect(codeDescription).toBeUndefined();
  const broken = await openSession({
    files: { ...files, "a.accessmap.yaml": "mappings: []\nnonsense: 1\n" },
    initializationOptions: { rulePages: "pages:/" },
  });
  const [first] = await broken.diagnostics("a.accessmap.yaml");
  expect([first?.code, first?.codeDescription]).toEqual([
    "schema/unknown-key",
    { href: "pages:/schema/unknown-key.md" },
  ]);
});
