/** A SCIM service of foreign make for our connector, and its schemas as judges over the sandbox's resources. */

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import SCIMMY from "scimmy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDirectory } from "../../server/src/connectors/registry.ts";
import { itemsOf } from "../../server/src/core/model/knowledge.ts";
import type { DirectoryConfig } from "../../server/src/core/model/project.ts";
import { createHttpClient } from "../../server/src/http/client.ts";
import { environmentSecrets } from "../../server/src/http/environment.ts";
import { createFetchTransport } from "../../server/src/http/fetchTransport.ts";
import { directoryConnection } from "../../server/src/http/origins.ts";
import { sender, useBench } from "../sandbox/bench.ts";

const SPAN = { start: 0, end: 0 };

describe("a foreign service", () => {
  let child: ChildProcess;
  let origin = "";
  beforeAll(async () => {
    child = spawn(process.execPath, [join(import.meta.dirname, "foreignScim.mjs")], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const { stdout } = child;
    if (!stdout) throw new Error("the foreign service has no output");
    origin = await new Promise<string>((ready, fail) => {
      createInterface({ input: stdout }).once("line", ready);
      child.once("exit", (code) => fail(new Error(`the foreign service ended with ${code}`)));
    });
  });
  afterAll(() => {
    child?.stdin?.end();
    child?.kill("SIGKILL");
  });

  const context = { signal: new AbortController().signal };

  function connect(token = "foreign-scim-token") {
    const config: DirectoryConfig = { name: "hr", span: SPAN, type: "scim", url: `${origin}/scim/v2`, claim: "name" };
    const environment = { ACCESSMAP_TOKEN_HR: token, ACCESSMAP_ORIGIN_HR: origin };
    const secrets = environmentSecrets(environment, [directoryConnection(config)]);
    const http = createHttpClient(createFetchTransport({ secrets }), { sleep: async () => {} });
    return openDirectory(config, http);
  }

  function read(names: readonly string[], ids: readonly string[] = [], token?: string) {
    return connect(token).readDirectory({ names, ids }, context);
  }

  test("all groups are found, whatever its default page", async () => {
    const { groups } = await read([]);
    expect(groups).toMatchObject({ state: "known", complete: true });
    expect(itemsOf(groups).size).toBe(47);
  });

  test("members and who is active", async () => {
    const { members } = await read(["dd-sre", "team 41"]);
    const people = members.get("g-040");
    expect(people).toMatchObject({ state: "known", complete: true });
    const states = [...itemsOf(people).values()].map(({ login, state }) => `${login} ${state}`);
    expect(states).toHaveLength(40);
    expect(states).toContain("person9@example.com deactivated");
    expect(states).toContain("person10@example.com active");
  });

  test("ids are looked up, and unknown ones are known to be absent", async () => {
    const { named, groups } = await read([], ["g-040", "g-999"]);
    expect(itemsOf(named.get("g-999")).size).toBe(0);
    expect(named.get("g-999")).toMatchObject({ state: "known", complete: true });
    expect(itemsOf(groups).get("g-040")?.name).toBe("dd-sre");
  });

  test("names are found by their beginning although it ignores filters, and more than a page is said to be more", async () => {
    const found = await connect().suggestGroups("team 4", 50, context);
    if (!found.ok) throw new Error(found.why.message);
    expect(found.value.groups.length).toBeGreaterThan(1);
    expect(found.value.groups.every(({ name }) => name.startsWith("team 4"))).toBe(true);
    expect(found.value.isWhole).toBe(true);
    expect(await connect().suggestGroups("team", 5, context)).toMatchObject({ ok: true, value: { isWhole: false } });
  });

  test("a refused token leaves everything unknown", async () => {
    const { groups } = await read(["dd-sre"], [], "wrong");
    expect(groups).toMatchObject({ state: "unknown", why: { kind: "denied" } });
  });
});

describe("foreign schemas", () => {
  const bench = useBench();

  test.each(["User", "Group"] as const)("take every %s of the sandbox as it is", async (type) => {
    const { routes, environment } = bench.sandbox;
    const send = sender(`${routes["https://scim.example.com"]}/v2`, {
      authorization: `Bearer ${environment.ACCESSMAP_TOKEN_HR}`,
    });
    const { body } = await send("GET", `/${type}s?count=200`);
    expect(body.Resources.length).toBeGreaterThan(40);
    for (const row of body.Resources) {
      const understood = new SCIMMY.Schemas[type](row, "out");
      expect(JSON.parse(JSON.stringify(understood))).toMatchObject({ id: row.id, schemas: row.schemas });
    }
  });
});
