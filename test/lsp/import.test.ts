/** `accessmap/import`: mapping files from what is live, or why there are none; nothing is written by the server. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ImportResult, importRequest } from "../../server/src/lsp/protocol.ts";
import { parseFixture } from "../support/fixture.ts";
import { openWithLive } from "./live.ts";
import { openSession, PROJECT } from "./support.ts";

const LIVE = `
#- live okta
groups: [{ name: dd-sre, members: [ana, bob] }]
#- live datadog
roles: [SRE]
accounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE] }]
`;

async function importFrom(live: string) {
  const { snapshot } = parseFixture(`#- /a.accessmap.yaml\nmappings: []\n${live}`);
  const files = { "accessmap.yaml": PROJECT };
  const session = await openSession({
    files,
    open: openWithLive(live, () => ({ survey: async () => ({ ...snapshot, files: [] }) })),
  });
  return { session, result: session.client.sendRequest<ImportResult>(importRequest, {}) };
}

test("what people hold becomes a new mapping file, for the client to write", async () => {
  const { session, result } = await importFrom(LIVE);
  const { files, summary } = await result;
  expect(summary).toMatch(/^1 entry new, 0 longer/);
  expect(files).toMatchObject([{ uri: session.uri("access/prod.accessmap.yaml"), isNew: true }]);
  expect(files[0]?.text).toMatch(/- group: dd-sre\n +roles: \[SRE\]/);
  expect(existsSync(join(session.folder, "access"))).toBe(false);
});

test("what cannot be read is said, and nothing comes of it", async () => {
  const { result } = await importFrom("#- live okta unreachable timeout\n#- live datadog unreachable timeout\n");
  await expect(result).rejects.toThrow(/^Nothing was imported: /);
});
