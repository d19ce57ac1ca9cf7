/** Who may ask the network, when, and through whom. */

import { expect, test } from "vitest";
import type { ExchangeResult } from "../../server/src/lsp/protocol.ts";
import { openSession, PROJECT } from "./support.ts";

const file = "a.accessmap.yaml";
const files = { "accessmap.yaml": PROJECT, [file]: "mappings:\n  - group: dd-sre\n    roles: [SRE]\n" };

test("live systems are read through the client, with the credential's name and never a secret", async () => {
  const session = await openSession({ files });
  const status = await session.status(
    ({ systems }) => systems.length > 0 && systems.every(({ state }) => state === "failed"),
  );
  expect(status.systems.map(({ name, failure }) => [name, failure?.message])).toEqual([
    ["okta", "no credential"],
    ["prod", "no credential"],
  ]);
  for (const { url, credential, headers } of session.exchanges) {
    expect(url).toMatch(/^https:\/\/(acme\.okta\.com|api\.datadoghq\.eu)\//);
    expect(credential?.use).toBe("read");
    expect(Object.keys(headers ?? {}).join()).not.toMatch(/authorization|dd-api-key/i);
  }
});

test("typing asks nobody", async () => {
  const session = await openSession({ files });
  await session.status(({ systems }) => systems.every(({ state }) => state === "failed"));
  const before = session.exchanges.length;
  session.open(file, files[file]);
  for (let version = 2; version < 12; version++) {
    session.replace(file, version, `mappings:\n  - group: dd-${version}\n    roles: [SRE]\n`);
    await session.client.sendRequest("textDocument/completion", {
      textDocument: { uri: session.uri(file) },
      position: { line: 1, character: 12 },
    });
  }
  await session.diagnostics(file, ({ version }) => version === 11);
  expect(session.exchanges.length).toBe(before);
});

test("an untrusted workspace contacts nobody until trust is granted", async () => {
  const session = await openSession({ files, initializationOptions: { trusted: false } });
  const denied = await session.status(
    ({ systems }) => systems.length > 0 && systems.every(({ state }) => state === "failed"),
  );
  expect(denied.systems[0]?.failure).toMatchObject({ kind: "denied", message: expect.stringContaining("not trusted") });
  expect(session.exchanges).toEqual([]);
  await session.client.sendNotification("accessmap/connectionsChanged", { trusted: true });
  await session.until(() => session.exchanges.length > 0, "an exchange");
});

test("connections that changed are read again; so does the command", async () => {
  const session = await openSession({ files });
  await session.status(({ systems }) => systems.every(({ state }) => state === "failed"));
  const before = session.exchanges.length;
  await session.client.sendRequest("accessmap/refresh", { cause: "command" });
  expect(session.exchanges.length).toBeGreaterThan(before);
  const between = session.exchanges.length;
  await session.client.sendNotification("accessmap/connectionsChanged");
  await session.until(() => session.exchanges.length > between, "another read");
});

test("a refresh may be asked for without parameters", async () => {
  const session = await openSession({ files });
  expect(await session.client.sendRequest("accessmap/refresh")).toBeNull();
  expect(session.exchanges.length).toBeGreaterThan(0);
});

test("editing goes on while a read hangs", async () => {
  const session = await openSession({ files, exchange: () => new Promise<ExchangeResult>(() => {}) });
  await session.until(() => session.exchanges.length > 0, "a read");
  session.open(file, "mappings:\n  - rolse: [SRE]\n");
  const [found] = await session.diagnostics(file, ({ version }) => version === 1);
  expect(found?.source).toBe("accessmap");
});
