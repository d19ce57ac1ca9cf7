/** The fetch transport against small servers on loopback: what reaches the wire, and what each kind of trouble becomes. */

import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { HttpRequest } from "../../server/src/core/model/http.ts";
import { createFetchTransport, type FetchTransportOptions } from "../../server/src/http/fetchTransport.ts";
import type { SecretSource } from "../../server/src/http/secrets.ts";
import { failureOf, get, NEVER } from "./support.ts";

const TOKEN = "00secret-token-that-must-not-leak-anywhere";
const ACME = "https://acme.okta.com";
const secrets: SecretSource = {
  findSecret: async () => ({ ok: true, secret: { kind: "token", origin: ACME, token: TOKEN } }),
};

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server that notes its requests; its origin serves as loopback route of acme.okta.com. */
async function serve(listener: RequestListener, options: Partial<FetchTransportOptions> = {}) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const loopback = new Map([["https://acme.okta.com", origin]]);
  return { seen, origin, transport: createFetchTransport({ secrets, loopback, ...options }) };
}

describe("an exchange", () => {
  test("carries the credential, and its links come back as real ones", async () => {
    const { transport, seen, origin } = await serve((request, response) => {
      response.setHeader("Link", `<http://${request.headers.host}/api/v1/groups?after=2>; rel="next"`);
      response.end("[]");
    });
    const response = await transport.exchange(get("https://acme.okta.com/api/v1/groups?limit=2"), NEVER);
    expect(response).toMatchObject({ status: 200, body: "[]" });
    expect(response.headers.link).toBe('<https://acme.okta.com/api/v1/groups?after=2>; rel="next"');
    expect(seen[0]?.headers.authorization).toBe(`SSWS ${TOKEN}`);
    // A link that still names the loopback origin is understood as the real one.
    await transport.exchange(get(`${origin}/api/v1/groups?after=2`), NEVER);
    expect(seen[1]?.url).toBe("/api/v1/groups?after=2");
    expect(seen[1]?.headers.authorization).toBe(`SSWS ${TOKEN}`);
  });

  test("sends a body with a DELETE, and passes every status on", async () => {
    let body = "";
    const { transport, seen } = await serve((request, response) => {
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        response.statusCode = 404;
        response.end("{}");
      });
    });
    const request: HttpRequest = {
      ...get(),
      credential: { connection: "prod", use: "write", scheme: "datadog-scim" },
      method: "DELETE",
      body: '{"data":{}}',
      headers: { "content-type": "application/json" },
    };
    expect((await transport.exchange(request, NEVER)).status).toBe(404);
    expect([seen[0]?.method, body]).toEqual(["DELETE", '{"data":{}}']);
  });

  test("does not follow a redirect", async () => {
    const { transport, seen } = await serve((_, response) => {
      response.writeHead(302, { location: "https://evil.example/" });
      response.end();
    });
    expect((await transport.exchange(get(), NEVER)).status).toBe(302);
    expect(seen).toHaveLength(1);
  });
});

test("a directory is only read, whatever asks", async () => {
  let calls = 0;
  const transport = createFetchTransport({
    secrets,
    fetch: async () => {
      calls++;
      return new Response("{}");
    },
  });
  for (const scheme of ["okta-ssws", "bearer"] as const) {
    const credential = { connection: "okta", use: "read", scheme } as const;
    for (const method of ["POST", "PUT", "PATCH", "DELETE"] as const)
      expect(await failureOf(transport.exchange({ ...get(), credential, method }, NEVER))).toMatchObject({
        kind: "refused",
        message: `okta is a directory and is only read: no ${method} is sent`,
      });
    expect(await failureOf(transport.exchange({ ...get(), credential, body: "{}" }, NEVER))).toHaveProperty(
      "kind",
      "refused",
    );
    const write = { ...credential, use: "write" } as const;
    expect(await failureOf(transport.exchange({ ...get(), credential: write }, NEVER))).toHaveProperty(
      "kind",
      "refused",
    );
  }
  expect(calls).toBe(0);
});

describe("nothing is sent", () => {
  const refusals: [string, HttpRequest][] = [
    ["to another origin than the credential's", get("https://evil.okta.com/api")],
    ["in the clear", get("http://acme.okta.com/api")],
    ["behind user info", get("https://acme.okta.com@evil.example/api")],
    ["without a credential", { method: "GET", url: "https://acme.okta.com/api" }],
    ["to what is no address", get("nonsense")],
  ];
  test.each(refusals)("%s", async (_, request) => {
    let calls = 0;
    const transport = createFetchTransport({
      secrets,
      fetch: async () => {
        calls++;
        return new Response("[]");
      },
    });
    expect((await failureOf(transport.exchange(request, NEVER))).kind).toBe("refused");
    expect(calls).toBe(0);
  });

  test("to an origin without a route during a drill", async () => {
    const { transport } = await serve(() => {});
    expect((await failureOf(transport.exchange(get("https://api.datadoghq.eu/"), NEVER))).message).toMatch(/no route/);
  });
});

describe("trouble", () => {
  test("a connection that is cut before the answer", async () => {
    const { transport } = await serve((request) => request.socket.destroy());
    expect(await failureOf(transport.exchange(get(), NEVER))).toMatchObject({ kind: "unreachable", system: "okta" });
  });

  test("a connection that is cut in the middle of it", async () => {
    const { transport } = await serve((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("[1,");
      setImmediate(() => response.destroy());
    });
    expect((await failureOf(transport.exchange(get(), NEVER))).kind).toBe("unreachable");
  });

  test("nobody there", async () => {
    const { transport } = await serve(() => {});
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    expect((await failureOf(transport.exchange(get(), NEVER))).message).toBe(
      "acme.okta.com cannot be reached: the connection was refused",
    );
  });

  test("no answer in time", async () => {
    const { transport } = await serve(() => {}, { timeoutMs: 30 });
    expect((await failureOf(transport.exchange(get(), NEVER))).message).toBe(
      "acme.okta.com did not answer within 0.03 seconds",
    );
  });

  test("cancelled", async () => {
    const stop = new AbortController();
    const { transport } = await serve(() => stop.abort());
    expect((await failureOf(transport.exchange(get(), stop.signal))).kind).toBe("cancelled");
  });

  test("an answer without end", async () => {
    const { transport } = await serve((_, response) => void response.end("x".repeat(5000)), { maxBytes: 1000 });
    expect((await failureOf(transport.exchange(get(), NEVER))).message).toMatch(/larger than 1000 bytes/);
  });

  const tokens = [TOKEN, "opaque-t0ken", 'with"quote\\and/slash', "pass+word=="];
  test.each(tokens)("an answer that quotes the token %s", async (token) => {
    const { transport } = await serve(
      (request, response) => {
        const coded = ["", "a", "ab"].map((before) => Buffer.from(`${before}${token}`).toString("base64"));
        const said = `no ${request.headers.authorization}, nor ${encodeURIComponent(token)}`;
        // Some systems write a slash in JSON with a backslash before it.
        const body = JSON.stringify({ coded, errors: [said, token] }).replace(/\/(?=[^/]*$)/, "\\/");
        response.writeHead(401, { "content-type": "application/json" }).end(body);
      },
      { secrets: { findSecret: async () => ({ ok: true, secret: { kind: "token", origin: ACME, token } }) } },
    );
    const { body } = await transport.exchange(get(), NEVER);
    const rest = expect.stringMatching(/^\w{0,4}\(hidden\)[\w=]{0,4}$/);
    expect(JSON.parse(body)).toEqual({
      coded: [rest, rest, rest],
      errors: ["no SSWS (hidden), nor (hidden)", "(hidden)"],
    });
  });

  test("data keeps a word that is somebody's token, and loses a token that is no word", async () => {
    const listed = async (token: string) => {
      const { transport } = await serve((_, response) => void response.end(JSON.stringify(["dd-engineers", TOKEN])), {
        secrets: { findSecret: async () => ({ ok: true, secret: { kind: "token", origin: ACME, token } }) },
      });
      return JSON.parse((await transport.exchange(get(), NEVER)).body);
    };
    expect(await listed("engineers")).toEqual(["dd-engineers", TOKEN]);
    expect(await listed(TOKEN)).toEqual(["dd-engineers", "(hidden)"]);
  });

  test("a platform error that quotes the secret is not passed on", async () => {
    const transport = createFetchTransport({
      secrets,
      fetch: async () => {
        throw new TypeError(`invalid header value: SSWS ${TOKEN}`, { cause: { code: `code ${TOKEN}` } });
      },
    });
    const failure = await failureOf(transport.exchange(get(), NEVER));
    expect(JSON.stringify(failure)).not.toContain(TOKEN);
    expect(failure.kind).toBe("unreachable");
  });
});
