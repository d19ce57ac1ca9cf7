/** `accessmap/ask`: answered from what is known; without it the words say what to name. */

import { expect, test } from "vitest";
import { type AskResult, askRequest } from "../../server/src/lsp/protocol.ts";
import { openWithLive } from "./live.ts";
import { openSession, PROJECT } from "./support.ts";

const LIVE = `
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data] }]
accounts: [ana]
`;

test("a question about the open text is answered as a document", async () => {
  const file = "a.accessmap.yaml";
  const session = await openSession({
    files: { "accessmap.yaml": PROJECT, [file]: "mappings: []\n" },
    open: openWithLive(LIVE),
  });
  session.open(file, "mappings:\n  - group: dd-sre\n    roles: [SRE]\n");
  const question = { kind: "who-can", permission: "logs_delete_data" };
  const { title, text } = await session.client.sendRequest<AskResult>(askRequest, { question });
  expect(title).toBe("Who can logs_delete_data in prod");
  expect(text).toMatch(/"dd-sre" → "SRE" {2}a\.accessmap\.yaml:3\n {4}ana@acme\.com/);
  const typo = { kind: "who-can", permission: "logs_delete_dta" };
  await expect(session.client.sendRequest(askRequest, { question: typo })).rejects.toThrow(
    /did you mean "logs_delete_data"/,
  );
  await expect(session.client.sendRequest(askRequest, {})).rejects.toThrow(/Say what is asked/);
});
