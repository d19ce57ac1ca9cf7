/** Retries, waits, statuses and cancellation of the HTTP client. */

import { describe, expect, test } from "vitest";
import { bench, failureOf, get, json, NEVER, type Reply, text, unreachable, write } from "./support.ts";

describe("reads are repeated", () => {
  const cases: [string, Reply][] = [
    ["a cut connection", unreachable()],
    ...[408, 429, 500, 502, 503, 504].map((status): [string, Reply] => [`${status}`, text("", status)]),
  ];
  test.each(cases)("after %s", async (_, trouble) => {
    const { http, sent, slept } = bench([trouble, trouble, json({ ok: true })]);
    expect((await http.sendJson(get(), NEVER)).json).toEqual({ ok: true });
    expect(sent).toHaveLength(3);
    expect(slept).toEqual([500, 1000]);
  });

  test("five times at most, then the failure says what to do", async () => {
    const { http, sent } = bench(() => text("", 503));
    expect(await failureOf(http.send(get(), NEVER))).toMatchObject({
      kind: "unreachable",
      status: 503,
      system: "okta",
    });
    expect(sent).toHaveLength(5);
    expect(http.requests("okta")).toBe(5);
    expect(http.requests("okta", "write")).toBe(0);
  });

  test("not after an answer that will not change", async () => {
    for (const [status, kind] of [
      [400, "rejected"],
      [401, "denied"],
      [403, "denied"],
      [404, "unreachable"],
      [409, "rejected"],
      [501, "unreachable"],
    ] as const) {
      const { http, sent } = bench(() => text("", status));
      expect(await failureOf(http.send(get(), NEVER))).toMatchObject({ kind, status });
      expect(sent).toHaveLength(1);
    }
  });
});

test("a 404 says that something is missing only in the words of the system itself, and a part is no answer", async () => {
  for (const [answer, kind] of [
    [json({ detail: "no such group" }, 404), "rejected"],
    [text("<html>Not Found</html>", 404, { "content-type": "text/html" }), "unreachable"],
    [json({ schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "404" }, 404), "rejected"],
    [json({ errorCode: "E0000007", errorSummary: "Not found: Resource not found" }, 404), "rejected"],
    [json({ error: { code: 404, message: "Resource Not Found: groupKey" } }, 404), "rejected"],
    [json({ message: "no Route matched with those values" }, 404), "unreachable"],
    [json({ status: 404, error: "Not Found", path: "/v2/Groups/1" }, 404), "unreachable"],
    [json({}, 404), "unreachable"],
    [text("", 410), "unreachable"],
    [json([], 206), "malformed"],
  ] as const) {
    const { http, sent } = bench(() => answer);
    expect((await failureOf(http.send(get(), NEVER))).kind).toBe(kind);
    expect(sent).toHaveLength(1);
  }
});

describe("writes are not repeated blindly", () => {
  test("a POST never, whatever happened", async () => {
    for (const trouble of [
      unreachable(),
      text("", 429, { "retry-after": "1" }),
      text("", 503, { "retry-after": "1" }),
    ]) {
      const { http, sent } = bench(() => trouble);
      await failureOf(http.send(write("POST"), NEVER));
      expect(sent).toHaveLength(1);
    }
  });

  test.each(["PUT", "PATCH", "DELETE"] as const)(
    "a %s only when the vendor says that it did not act",
    async (method) => {
      for (const trouble of [text("", 429), text("", 503, { "retry-after": "2" })]) {
        const { http, sent } = bench([trouble, json({})]);
        await http.send(write(method), NEVER);
        expect(sent).toHaveLength(2);
      }
      for (const trouble of [unreachable("prod"), text("", 500), text("", 502), text("", 503)]) {
        const { http, sent } = bench(() => trouble);
        await failureOf(http.send(write(method), NEVER));
        expect(sent).toHaveLength(1);
      }
    },
  );
});

test.each(["denied", "not-configured", "refused"] as const)(
  "what is held back (%s) counts as no request, and the log does not say that it was sent",
  async (kind) => {
    const { http, log } = bench(() => ({ kind, system: "okta", message: "this workspace is not trusted" }));
    expect((await failureOf(http.send(get(), NEVER))).kind).toBe(kind);
    expect([http.requests(), log]).toEqual([0, [`GET https://acme.okta.com/api/v1/groups was not sent: ${kind}`]]);
  },
);

describe("429 waits as the vendor asks", () => {
  const waits: [string, Record<string, string>, number][] = [
    ["Retry-After in seconds", { "retry-after": "7" }, 7000],
    ["a fractional Retry-After", { "retry-after": "2.128" }, 2128],
    [
      "Retry-After as a date, against the server's clock",
      { "retry-after": "Mon, 23 Nov 2026 10:00:09 GMT", date: "Mon, 23 Nov 2026 10:00:00 GMT" },
      9000,
    ],
    [
      "Okta's reset in epoch seconds, against the server's clock",
      {
        "x-rate-limit-reset": `${Date.parse("2026-11-23T10:00:05Z") / 1000}`,
        date: "Mon, 23 Nov 2026 10:00:00 GMT",
        "x-rate-limit-limit": "500",
        "x-rate-limit-remaining": "100",
      },
      6000,
    ],
    [
      "the whole minute that Okta counts in",
      {
        "x-rate-limit-reset": `${Date.parse("2026-11-23T10:01:00Z") / 1000}`,
        date: "Mon, 23 Nov 2026 10:00:00 GMT",
        "x-rate-limit-limit": "500",
        "x-rate-limit-remaining": "0",
      },
      61_000,
    ],
    ["Datadog's reset in seconds from now", { "x-ratelimit-reset": "11" }, 11_000],
    [
      "a reset in epoch seconds where seconds from now are documented",
      { "x-ratelimit-reset": `${Date.parse("2026-11-23T14:00:05Z") / 1000}` },
      6000,
    ],
    ["Retry-After as a date that has passed, with backoff", { "retry-after": "Mon, 23 Nov 2020 10:00:09 GMT" }, 500],
    ["no header, with backoff", {}, 500],
    ["nonsense, with backoff", { "retry-after": "soon" }, 500],
  ];
  test.each(waits)("%s", async (_, headers, wait) => {
    const told: unknown[] = [];
    const onWait = (...wait: unknown[]) => told.push(wait);
    const { http, slept } = bench([text("", 429, headers), json([])], { onWait });
    await http.send(get(), NEVER);
    expect([slept, told]).toEqual([[wait], [["okta", wait]]]);
  });

  test("Okta's concurrency limit gives a hint only, so ordinary backoff applies", async () => {
    const headers = {
      "x-rate-limit-limit": "0",
      "x-rate-limit-remaining": "0",
      "x-rate-limit-reset": `${Date.parse("2026-11-23T14:00:50Z") / 1000}`,
    };
    const { http, slept } = bench([text("", 429, headers), json([])]);
    await http.send(get(), NEVER);
    expect(slept).toEqual([500]);
  });

  test("a wait beyond a minute ends the request at once", async () => {
    const { http, sent, slept } = bench([text("", 429, { "retry-after": "3600" })]);
    expect((await failureOf(http.send(get(), NEVER))).kind).toBe("throttled");
    expect([sent.length, slept.length]).toEqual([1, 0]);
  });

  test("all waits of one request stay within the budget", async () => {
    const { http, slept } = bench(() => text("", 429, { "retry-after": "50" }), { budget: { totalMs: 120_000 } });
    expect((await failureOf(http.send(get(), NEVER))).kind).toBe("throttled");
    expect(slept).toEqual([50_000, 50_000]);
  });
});

test("a nearly used allowance holds back the next request of the same kind, and no other", async () => {
  const low = { "x-ratelimit-limit": "100", "x-ratelimit-remaining": "9", "x-ratelimit-reset": "4" };
  const told: unknown[] = [];
  const onWait = (...wait: readonly unknown[]) => void told.push(wait);
  const { http, slept } = bench((_, index) => json([], 200, index === 0 ? low : {}), { onWait });
  await http.send(get("https://api.datadoghq.eu/api/v2/roles"), NEVER);
  await http.send(get("https://api.datadoghq.eu/api/v2/users"), NEVER);
  expect([slept, told]).toEqual([[], []]);
  await http.send(get("https://api.datadoghq.eu/api/v2/roles?page[number]=1"), NEVER);
  expect([slept, told]).toEqual([[4000], [["okta", 4000]]]);
});

test("an origin gets four requests at a time", async () => {
  let under = 0;
  let most = 0;
  const { http } = bench(async () => {
    most = Math.max(most, ++under);
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    under--;
    return json([]);
  });
  await Promise.all(Array.from({ length: 12 }, () => http.send(get(), NEVER)));
  expect(most).toBe(4);
});

describe("what is not JSON is malformed", () => {
  const bad: [string, Reply, RegExp][] = [
    [
      "an HTML page",
      text("<html>sign in</html>", 200, { "content-type": "text/html; charset=utf-8" }),
      /text\/html instead of JSON/,
    ],
    ["another media type", text("a,b", 200, { "content-type": "text/csv" }), /text\/csv/],
    ["an empty 200", text("", 200, { "content-type": "application/json" }), /empty body/],
    ["half a document", text('{"data":[{"id"', 200, { "content-type": "application/json" }), /cut off/],
  ];
  test.each(bad)("%s", async (_, reply, message) => {
    const failure = await failureOf(bench([reply]).http.sendJson(get(), NEVER));
    expect(failure.kind).toBe("malformed");
    expect(failure.message).toMatch(message);
    expect(failure.at).toBe("2026-11-23T14:00:00.000Z");
  });

  test("but every JSON media type passes, as does a 204", async () => {
    const { http } = bench([
      text("[1]", 200, { "content-type": "application/vnd.api+json" }),
      text("[1]"),
      text("", 204),
    ]);
    expect((await http.sendJson(get(), NEVER)).json).toEqual([1]);
    expect((await http.sendJson(get(), NEVER)).json).toEqual([1]);
    expect((await http.sendJson(get(), NEVER)).json).toBeUndefined();
  });
});

describe("messages say what to check", () => {
  test("for a weak key: the permission it lacks", async () => {
    const { http } = bench([json({ errors: ["Forbidden"] }, 403)]);
    const request = {
      ...get("https://api.datadoghq.eu/api/v2/roles"),
      credential: { connection: "prod", use: "read", scheme: "datadog-keys" } as const,
    };
    const { message } = await failureOf(http.send(request, NEVER, { needs: "the permission user_access_read" }));
    expect(message).toMatch(/^the Datadog keys of prod may not do this \(403\).*user_access_read.*Forbidden/);
  });

  test("for a bad token: that it ages", async () => {
    const { message } = await failureOf(bench([text("", 401)]).http.send(get(), NEVER));
    expect(message).toMatch(/30 days without use/);
  });

  test("with the vendor's words shortened and without secrets", async () => {
    const echo = `Bearer abc.def ddapp_0123456789abcdef ${"0".repeat(32)} ${"x".repeat(400)}`;
    const { message } = await failureOf(bench([json({ errors: [{ detail: echo }] }, 400)]).http.send(get(), NEVER));
    expect(message).not.toMatch(/abc\.def|0123456789abcdef|0{32}/);
    expect(message.length).toBeLessThan(300);
  });

  test("for a redirect: that it is not followed", async () => {
    const failure = await failureOf(
      bench([text("", 302, { location: "https://evil.example" })]).http.send(get(), NEVER),
    );
    expect(failure).toMatchObject({ kind: "refused", status: 302 });
    expect(failure.message).toMatch(/redirects are not followed/);
  });
});

describe("cancelling", () => {
  test("stops before the first request", async () => {
    const { http, sent } = bench([]);
    expect((await failureOf(http.send(get(), AbortSignal.abort()))).kind).toBe("cancelled");
    expect(sent).toEqual([]);
  });

  test("stops while waiting for the next try", async () => {
    const stop = new AbortController();
    const { http, sent } = bench(() => text("", 503), { sleep: async () => stop.abort() });
    expect((await failureOf(http.send(get(), stop.signal))).kind).toBe("cancelled");
    expect(sent).toHaveLength(1);
  });
});

test("the log has no query values", async () => {
  const { http, log } = bench([text("", 503), json([])]);
  await http.send(get("https://acme.okta.com/api/v1/users?filter=ana%40acme.com&after=cursor"), NEVER);
  expect(log).toEqual(["GET https://acme.okta.com/api/v1/users?filter=…&after=… 503, again in 500 ms"]);
});
