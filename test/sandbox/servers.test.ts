/** Starting and stopping: ports, limits over time, and nothing left behind. */

import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { toBench } from "./bench.ts";

test("routes and environment fit together", async () => {
  const sandbox = await startSandbox();
  try {
    expect(Object.keys(sandbox.routes).slice(0, 2)).toEqual(["https://acme.okta.com", "https://api.datadoghq.eu"]);
    expect(JSON.parse(sandbox.environment.ACCESSMAP_LOOPBACK ?? "")).toEqual(sandbox.routes);
    for (const name of [
      "OKTA_CLIENT_ORGURL",
      "OKTA_CLIENT_TOKEN",
      "DD_SITE",
      "DD_API_KEY",
      "DD_APP_KEY",
      "ACCESSMAP_WRITE_DD_API_KEY",
      "ACCESSMAP_WRITE_DD_APP_KEY",
      "AZURE_CLIENT_ID",
      "AZURE_CLIENT_SECRET",
      "AZURE_TENANT_ID",
    ])
      expect([name, sandbox.environment[name]]).toEqual([name, expect.stringMatching(/./)]);
  } finally {
    await sandbox.close();
  }
});

test("a closed sandbox takes no connection, even from clients that kept theirs open", async () => {
  const sandbox = await startSandbox();
  const bench = toBench(sandbox);
  await bench.okta("GET", "/api/v1/groups?limit=1");
  const ports = Object.values(sandbox.routes).map((origin) => Number(new URL(origin).port));
  await sandbox.close();
  for (const port of ports) await expect(open(port)).rejects.toThrow("ECONNREFUSED");
});

test("a taken port is refused with port and remedy, and the other server is stopped again", async () => {
  const blocker = createServer();
  const port = await new Promise<number>((ready) => {
    blocker.listen(0, "127.0.0.1", () => ready((blocker.address() as { port: number }).port));
  });
  try {
    const okta = await freePort();
    await expect(startSandbox({ ports: { okta, datadog: port } })).rejects.toThrow(`Port ${port} for Datadog is taken`);
    await expect(open(okta)).rejects.toThrow("ECONNREFUSED");
  } finally {
    await new Promise((done) => blocker.close(done));
  }
});

test("limits end with their window", async () => {
  let now = Date.parse("2026-11-23T12:00:00Z");
  const sandbox = await startSandbox({ now: () => new Date(now) });
  try {
    const { okta } = toBench(sandbox);
    let last = await okta("GET", "/api/v1/groups?limit=1");
    for (let call = 1; call <= 500; call++) last = await okta("GET", "/api/v1/groups?limit=1");
    expect([last.status, last.body.errorCode, last.headers.get("x-rate-limit-remaining")]).toEqual([
      429,
      "E0000047",
      "0",
    ]);
    expect(Number(last.headers.get("x-rate-limit-reset"))).toBe(now / 1000 + 60);
    now += 60_000;
    expect((await okta("GET", "/api/v1/groups?limit=1")).status).toBe(200);
  } finally {
    await sandbox.close();
  }
});

function open(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve();
    });
    socket.on("error", reject);
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((ready) => {
    server.listen(0, "127.0.0.1", () => ready((server.address() as { port: number }).port));
  });
  await new Promise((done) => server.close(done));
  return port;
}
