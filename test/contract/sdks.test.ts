/** The vendors' own libraries as clients of the sandbox: what they can read and write, ours can too. */

import { client as datadog, v1, v2 } from "@datadog/datadog-api-client";
import okta from "@okta/okta-sdk-nodejs";
import { beforeAll, describe, expect, test } from "vitest";
import { createServiceApp } from "../../server/src/sandbox/okta/serviceApp.ts";
import { finder, useBench } from "../sandbox/bench.ts";

const bench = useBench();
let find: ReturnType<typeof finder>;

beforeAll(() => {
  find = finder(bench);
});

describe("@datadog/datadog-api-client", () => {
  function configure(use: "READ" | "WRITE") {
    const [apiKeyAuth, appKeyAuth] =
      use === "READ"
        ? ["sandbox-read-api-key", "sandbox-read-app-key"]
        : ["sandbox-write-api-key", "sandbox-write-app-key"];
    const configuration = datadog.createConfiguration({
      authMethods: { apiKeyAuth, appKeyAuth },
      baseServer: new datadog.BaseServerConfiguration(bench.datadogOrigin, {}),
    });
    return configuration;
  }

  /** Rows of a generator, with an end in case it has none. */
  async function collect<T>(rows: AsyncGenerator<T>): Promise<T[]> {
    const found: T[] = [];
    for await (const row of rows) {
      found.push(row);
      if (found.length > 2000) throw new Error("the listing does not end");
    }
    return found;
  }

  test("its own paging ends and finds everything", async () => {
    const users = await collect(new v2.UsersApi(configure("READ")).listUsersWithPagination({ pageSize: 50 }));
    expect(new Set(users.map(({ id }) => id)).size).toBe(bench.sandbox.company.datadog.users.size);
    const teams = await collect(new v2.TeamsApi(configure("READ")).listTeamsWithPagination({ pageSize: 7 }));
    expect(teams).toHaveLength(bench.sandbox.company.datadog.teams.size);
    const team = find.team("engineering");
    const members = await collect(
      new v2.TeamsApi(configure("READ")).getTeamMembershipsWithPagination({ teamId: team.id, pageSize: 40 }),
    );
    expect(members).toHaveLength(team.members.length);
  });

  test("reads of every kind are understood whole", async () => {
    const read = configure("READ");
    const roles = new v2.RolesApi(read);
    const answers: readonly unknown[] = [
      await roles.listRoles({ pageSize: 100 }),
      await roles.listPermissions(),
      await roles.listRolePermissions({ roleId: find.role("SRE").id }),
      await roles.listRoleUsers({ roleId: find.role("SRE").id }),
      await new v2.UsersApi(read).getCurrentUser(),
      await new v2.UsersApi(read).getUser({ userId: find.account("ana.novakova@acme.com").id }),
      await new v2.UsersApi(read).listUserPermissions({ userId: find.account("ana.novakova@acme.com").id }),
      await new v2.TeamsApi(read).getTeam({ teamId: find.team("sre").id }),
      await new v2.TeamsApi(read).getUserMemberships({ userUuid: find.account("ana.novakova@acme.com").id }),
      await new v2.AuthNMappingsApi(read).listAuthNMappings({ resourceType: "role" }),
      await new v2.AuthNMappingsApi(read).listAuthNMappings({ resourceType: "team" }),
      await new v2.OrganizationsApi(read).listOrgConfigs(),
      await new v2.KeyManagementApi(read).listAPIKeys(),
      await new v2.KeyManagementApi(read).listApplicationKeys(),
      await new v2.AuditApi(read).listAuditLogs(),
      await new v1.AuthenticationApi(read).validate(),
    ];
    expect(answers.filter(isUnparsed)).toEqual([]);
  });

  test("writes are understood, refusals arrive as its exceptions", async () => {
    const roles = new v2.RolesApi(configure("WRITE"));
    const created = await roles.createRole({
      body: { data: { type: "roles", attributes: { name: "From the library" } } },
    });
    const roleId = created.data?.id ?? "";
    const body: v2.RelationshipToUser = { data: { type: "users", id: find.account("kira.oduya@acme.com").id } };
    const holders = await roles.addUserToRole({ roleId, body });
    expect(holders.data?.map(({ attributes }) => attributes?.handle)).toEqual(["kira.oduya@acme.com"]);
    await roles.removeUserFromRole({ roleId, body });
    await roles.deleteRole({ roleId });
    await expect(roles.getRole({ roleId })).rejects.toMatchObject({ code: 404 });
    await expect(new v2.RolesApi(configure("READ")).deleteRole({ roleId: find.role("SRE").id })).rejects.toMatchObject({
      code: 403,
    });
  });
});

/** The library keeps what does not fit its types apart instead of failing. */
function isUnparsed(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isUnparsed);
  if (typeof value !== "object" || value === null || value instanceof Date) return false;
  if ("unparsedObject" in value && value.unparsedObject !== undefined) return true;
  return Object.entries(value).some(([key, inner]) => key !== "additionalProperties" && isUnparsed(inner));
}

describe("@okta/okta-sdk-nodejs", () => {
  function createClient(credential: object = { token: bench.sandbox.environment.OKTA_CLIENT_TOKEN ?? "" }) {
    return new okta.Client({
      orgUrl: bench.oktaOrigin,
      ...credential,
      testing: { disableHttpsCheck: true },
      cacheMiddleware: null,
    } as never);
  }

  /** As a service app that signs with its key. */
  function createServiceClient() {
    const { OKTA_CLIENT_CLIENTID: clientId, OKTA_CLIENT_PRIVATEKEY: privateKey } = bench.sandbox.oktaKey;
    const scopes = ["okta.groups.read", "okta.users.read"];
    return createClient({ authorizationMode: "PrivateKey", clientId, privateKey, scopes });
  }

  test("its collections follow the links to the end", async () => {
    const names: string[] = [];
    for await (const group of await createClient().groupApi.listGroups({ limit: 9, expand: "stats" }))
      names.push(group?.profile?.name ?? "");
    expect(names).toEqual([...bench.sandbox.company.okta.groups.values()].map(({ name }) => name));
    const group = find.group("dd-engineering");
    let members = 0;
    for await (const user of await createClient().groupApi.listGroupUsers({ groupId: group.id, limit: 50 }))
      members += user?.id ? 1 : 0;
    expect(members).toBe(group.members.length);
  });

  test("search, rules and single objects are understood", async () => {
    const found = [];
    for await (const group of await createClient().groupApi.listGroups({ search: 'profile.name eq "dd-sre"' }))
      found.push(group?.id);
    expect(found).toEqual([find.group("dd-sre").id]);
    const user = await createClient().userApi.getUser({ userId: "ana.novakova@acme.com" });
    expect([user.status, user.profile?.login]).toEqual(["ACTIVE", "ana.novakova@acme.com"]);
    for await (const rule of await createClient().groupApi.listGroupRules({}))
      expect(rule?.conditions?.expression?.value).toContain("user.");
  });

  test("it gets a token for its private key, and reads with it", async () => {
    const client = createServiceClient();
    const { id, name } = find.group("dd-sre");
    expect((await client.groupApi.getGroup({ groupId: id })).profile?.name).toBe(name);
    expect((await client.userApi.getUser({ userId: "ana.novakova@acme.com" })).status).toBe("ACTIVE");
    const tokens = bench.sandbox.log.filter(({ path }) => path === "/oauth2/v1/token");
    expect(tokens.map(({ status }) => status)).toEqual([200]);
  });

  test("a key that is not the app's is refused in words it understands", async () => {
    const client = createServiceClient();
    bench.sandbox.oktaApp.keys = createServiceApp().keys;
    await expect(client.groupApi.getGroup({ groupId: find.group("dd-sre").id })).rejects.toMatchObject({ status: 401 });
  });

  test("errors arrive as its exceptions", async () => {
    await expect(createClient().groupApi.getGroup({ groupId: "00gnone" })).rejects.toMatchObject({
      status: 404,
      errorCode: "E0000007",
    });
  });
});
