/** `/applications` and `/servicePrincipals`: who may act without a person, with their secrets and certificates. 2026-11 */

import { daysAgo } from "../ago.ts";
import type { Setting } from "../http/frame.ts";
import { guid } from "../ids.ts";
import { needsOne, notFound } from "./answers.ts";
import type { GraphApp } from "./graph.ts";
import { type Entity, listOf } from "./list.ts";
import type { EntraApplication, EntraSecret, EntraTenant } from "./tenant.ts";
import { type Row, toUser } from "./wire.ts";

const GRAPH_APP = "00000003-0000-0000-c000-000000000000";
const GRAPH = "Microsoft Graph";
const FIELDS = ["id", "appId", "displayName", "passwordCredentials", "keyCredentials"];
const entity = (set: string, ...defaults: readonly string[]): Entity => ({ set, defaults, onRequest: [] });
const APPLICATIONS = entity("applications", ...FIELDS);
const PRINCIPALS = entity(
  "servicePrincipals",
  ...FIELDS,
  "servicePrincipalType",
  "appOwnerOrganizationId",
  "replyUrls",
  "appRoles",
);
const ASSIGNMENTS = entity(
  "appRoleAssignments",
  ...["id", "appRoleId", "principalId", "principalDisplayName", "principalType", "resourceId"],
);
const OWNERS = entity("directoryObjects", "id", "displayName", "userPrincipalName");

/** All of it takes `Application.Read.All`. Applications of other tenants appear as service principals alone. */
export function addApplications(app: GraphApp, { company, now }: Setting, tenant: EntraTenant): void {
  const rows = {
    applications: () => tenant.applications.filter(({ isForeign }) => !isForeign).map(appRow),
    servicePrincipals: () => [graphRow(), ...tenant.applications.map(principalRow)],
  };

  app.get("/v1.0/applications", (context) => {
    needsOne(tenant, "Application.Read.All");
    return context.json(listOf(context, rows.applications(), APPLICATIONS, tenant));
  });

  app.get("/v1.0/servicePrincipals", (context) => {
    needsOne(tenant, "Application.Read.All");
    return context.json(listOf(context, rows.servicePrincipals(), PRINCIPALS, tenant));
  });

  app.get("/v1.0/servicePrincipals/:id/appRoleAssignedTo", (context) => {
    needsOne(tenant, "Application.Read.All");
    const id = context.req.param("id");
    if (id !== principalId(GRAPH)) throw notFound(id);
    const assigned = tenant.applications.flatMap((one) =>
      permissionsOf(one).map((permission) => ({
        id: guid("assignment", `${one.name} ${permission}`),
        appRoleId: guid("app role", permission),
        principalId: principalId(one.name),
        principalDisplayName: one.name,
        principalType: "ServicePrincipal",
        resourceId: id,
      })),
    );
    return context.json(listOf(context, assigned, ASSIGNMENTS, tenant));
  });

  for (const set of ["applications", "servicePrincipals"] as const)
    app.get(`/v1.0/${set}/:id/owners`, (context) => {
      needsOne(tenant, "Application.Read.All");
      const id = context.req.param("id") ?? "";
      const name = rows[set]().find((row) => row.id === id)?.displayName;
      if (name === undefined) throw notFound(id);
      const owners = tenant.applications.find((one) => one.name === name)?.owners ?? 0;
      const people = [...company.okta.users.values()].slice(0, owners);
      const found = people.map((user) => toUser(user, company.okta, tenant));
      return context.json(listOf(context, found, OWNERS, tenant));
    });

  function appRow(one: EntraApplication): Row {
    return {
      id: guid("application object", one.name),
      appId: appIdOf(one),
      displayName: one.name,
      passwordCredentials: one.secrets.map((secret) => toSecret(secret, now())),
      keyCredentials: [],
    };
  }

  function principalRow(one: EntraApplication): Row {
    return {
      id: principalId(one.name),
      appId: appIdOf(one),
      displayName: one.name,
      servicePrincipalType: "Application",
      appOwnerOrganizationId: one.isForeign ? guid("tenant", one.name) : tenant.id,
      replyUrls: one.replyUrls,
      appRoles: [],
      // A signing certificate is two keys, and the password of its file under the id of the one that signs.
      passwordCredentials: one.signing.map((certificate) => toSecret(certificate, now())),
      keyCredentials: one.signing.flatMap((certificate) => {
        const half = { ...toSecret(certificate, now()), type: "AsymmetricX509Cert", key: null };
        return [
          { ...half, usage: "Sign" },
          { ...half, usage: "Verify", keyId: guid("verify", certificate.name) },
        ];
      }),
    };
  }

  function graphRow(): Row {
    return {
      id: principalId(GRAPH),
      appId: GRAPH_APP,
      displayName: GRAPH,
      servicePrincipalType: "Application",
      appOwnerOrganizationId: guid("tenant", "Microsoft"),
      replyUrls: [],
      passwordCredentials: [],
      keyCredentials: [],
      appRoles: [...new Set(tenant.applications.flatMap(permissionsOf))].map((value) => ({
        id: guid("app role", value),
        value,
        displayName: value,
        allowedMemberTypes: ["Application"],
        isEnabled: true,
      })),
    };
  }

  function permissionsOf({ permissions }: EntraApplication): readonly string[] {
    return permissions ?? [...tenant.permissions];
  }

  function appIdOf({ name, permissions }: EntraApplication): string {
    return permissions ? guid("app", name) : tenant.clientId;
  }
}

function principalId(name: string): string {
  return guid("service principal", name);
}

function toSecret({ name, createdDaysAgo, endsInDays }: EntraSecret, now: Date) {
  return {
    keyId: guid("secret", name),
    displayName: name,
    hint: null,
    secretText: null,
    customKeyIdentifier: Buffer.from(name).toString("base64"),
    startDateTime: daysAgo(now, createdDaysAgo),
    endDateTime: daysAgo(now, -endsInDays),
  };
}
