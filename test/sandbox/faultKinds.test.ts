/** Every kind of fault strikes every system alike: one table of what the client sees. */

import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type FaultKind, SYSTEMS, type System } from "../../server/src/sandbox/faults.ts";
import { finder, type Reply, type Send, sender, useBench } from "./bench.ts";
import { toDirectory, toGraph } from "./tokens.ts";

const bench = useBench();
const sends = {} as Record<System, Send>;
/** The first page of each system's groups or users, ten rows at most. */
const PAGES: Readonly<Record<System, string>> = {
  okta: "/api/v1/groups?limit=10",
  datadog: "/api/v2/users?page[size]=10",
  entra: "/groups?$top=10&$count=true",
  google: "/groups?customer=my_customer&maxResults=10",
  scim: "/Groups?count=10",
};

beforeAll(async () => {
  const { routes, environment } = bench.sandbox;
  const authorization = `Bearer ${environment.ACCESSMAP_TOKEN_HR}`;
  sends.okta = bench.okta;
  sends.datadog = bench.reader;
  sends.entra = await toGraph(bench.sandbox);
  sends.google = await toDirectory(bench.sandbox);
  sends.scim = sender(`${routes["https://scim.example.com"]}/v2`, { authorization });
});
afterEach(() => bench.sandbox.clearFaults());

function strike(system: System, kind: FaultKind, more: object = {}): Promise<Reply> {
  bench.sandbox.inject({ system, kind, path: "/", ...more });
  return page(system);
}

const page = (system: System, path = PAGES[system]) =>
  sends[system]("GET", path, undefined, { consistencylevel: "eventual" });

function rowsOf({ body }: Reply): readonly { readonly id: string }[] {
  return Array.isArray(body) ? body : (body.data ?? body.value ?? body.groups ?? body.Resources ?? []);
}

function nextOf(system: System, { headers, body }: Reply): string | undefined {
  if (system === "okta") return /<[^>]*(\/api[^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];
  if (system === "entra") return body["@odata.nextLink"]?.replace(/^.*\/v1\.0/, "");
  if (system === "google") return body.nextPageToken && `${PAGES.google}&pageToken=${body.nextPageToken}`;
  return system === "scim" ? `${PAGES.scim}&startIndex=11` : `${PAGES.datadog}&page[number]=1`;
}

describe.each(SYSTEMS)("%s", (system) => {
  const SEEN: Readonly<Record<Exclude<FaultKind, "silent" | "stale" | "lag">, () => Promise<void>>> = {
    status: async () => {
      for (const status of [401, 403, 429, 500, 502, 503, 504]) {
        const told = await strike(system, "status", { status, times: 1, headers: { "retry-after": "7" } });
        expect([told.status, told.headers.get("retry-after")]).toEqual([status, "7"]);
        const bare = await strike(system, "status", { status, times: 1 });
        expect([bare.status, bare.headers.get("retry-after")]).toEqual([status, null]);
      }
    },
    "cut-page": async () => {
      const reply = await strike(system, "cut-page");
      const counts = system === "datadog" || system === "scim";
      expect(rowsOf(reply)).toHaveLength(counts ? 5 : 10);
      if (!counts) expect(nextOf(system, reply)).toBeUndefined();
    },
    "repeat-page": async () => {
      bench.sandbox.inject({ system, kind: "repeat-page", path: "/", after: 1, times: 1 });
      const first = await page(system);
      const second = await page(system, nextOf(system, first));
      expect(rowsOf(second)).toEqual(rowsOf(first));
      expect(rowsOf(await page(system, nextOf(system, first)))).not.toEqual(rowsOf(first));
    },
    empty: async () => {
      const reply = await strike(system, "empty");
      expect([reply.status, rowsOf(reply)]).toEqual([200, []]);
    },
    reset: async () => {
      await expect(strike(system, "reset")).rejects.toThrow();
    },
    "cut-body": async () => {
      await expect(strike(system, "cut-body")).rejects.toThrow();
    },
    crash: async () => {
      await expect(strike(system, "crash", { times: 1 })).rejects.toThrow();
      await expect(page(system)).rejects.toThrow("fetch failed");
      await bench.sandbox.clearFaults();
      expect(rowsOf(await page(system))).toHaveLength(10);
      await expect(strike(system, "crash", { times: 1, ms: 20 })).rejects.toThrow();
      await expect.poll(() => page(system).catch(() => undefined), { interval: 10 }).toBeDefined();
    },
    slow: async () => {
      const started = performance.now();
      expect(rowsOf(await strike(system, "slow", { ms: 60 }))).toHaveLength(10);
      expect(performance.now() - started).toBeGreaterThan(50);
    },
    drip: async () => {
      const started = performance.now();
      expect(rowsOf(await strike(system, "drip", { ms: 60 }))).toHaveLength(10);
      expect(performance.now() - started).toBeGreaterThan(50);
    },
    "wrong-value": async () => {
      const whole = await page(system);
      const spoilt = new Set<string>();
      for (let value = 0; value < 60; value++) {
        const reply = await strike(system, "wrong-value", { value, times: 1 });
        expect(reply.status).toBe(200);
        if (reply.text !== whole.text) spoilt.add(reply.text);
        expect((await page(system)).text).toBe(whole.text);
      }
      expect(spoilt.size).toBeGreaterThan(40);
    },
    html: async () => {
      const reply = await strike(system, "html", { status: 200 });
      expect([reply.status, reply.text.startsWith("<html>")]).toEqual([200, true]);
    },
    "content-type": async () => {
      const reply = await strike(system, "content-type");
      expect([reply.headers.get("content-type"), rowsOf(reply).length]).toEqual(["text/plain", 10]);
    },
  };
  test.each(Object.entries(SEEN))("%s", (_, see) => see());

  /** Nobody is left while `act` runs. Datadog refuses a key whose owner is gone, the others have nobody to tell of. */
  async function withoutAnybody(act: () => Promise<void>): Promise<void> {
    const { okta, datadog } = bench.sandbox.company;
    const [groups, users] = [new Map(okta.groups), new Map(datadog.users)];
    okta.groups.clear();
    datadog.users.clear();
    try {
      await act();
    } finally {
      for (const [id, group] of groups) okta.groups.set(id, group);
      for (const [id, user] of users) datadog.users.set(id, user);
    }
  }

  test("stale", async () => {
    const before = rowsOf(await page(system));
    bench.sandbox.inject({ system, kind: "stale", path: "/", times: 1 });
    await withoutAnybody(async () => {
      expect(rowsOf(await page(system))).toEqual(before);
      expect(rowsOf(await page(system))).toEqual([]);
    });
  });

  test("lag by requests: a change shows that many reads later", async () => {
    const before = rowsOf(await page(system));
    bench.sandbox.inject({ system, kind: "lag", path: "/", requests: 2 });
    await withoutAnybody(async () => {
      expect(rowsOf(await page(system))).toEqual(before);
      expect(rowsOf(await page(system))).toEqual(before);
      expect(rowsOf(await page(system))).toEqual([]);
    });
  });
});

describe("lag by time", () => {
  const lagging = useBench({ now: () => new Date(clock) });
  let clock = Date.parse("2026-11-25T09:00:00.000Z");

  test("a write is seen once it is old enough, also when nobody asked in between", async () => {
    const { id } = finder(lagging).role("SRE");
    const path = `/api/v2/roles/${id}`;
    const nameNow = async () => (await lagging.writer("GET", path)).body.data.attributes.name;
    lagging.sandbox.inject({ system: "datadog", kind: "lag", path, ms: 5000 });
    clock += 10_000;
    const data = { type: "roles", id, attributes: { name: "Reliability" } };
    expect((await lagging.writer("PATCH", path, { data })).status).toBe(200);
    clock += 4999;
    expect(await nameNow()).toBe("SRE");
    clock += 1;
    expect(await nameNow()).toBe("Reliability");
  });
});
