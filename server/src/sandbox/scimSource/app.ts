/** A SCIM 2.0 service that directories are read from: Users and Groups of the company, under `/v2` (RFC 7643, 7644, 9865). */

import type { Context, Hono, MiddlewareHandler } from "hono";
import { createFrame, type Dialect, type Env, type Setting } from "../http/frame.ts";
import { VendorError } from "../http/vendorError.ts";
import { select } from "./attributes.ts";
import { configOf, RESOURCE_TYPES, SCHEMAS } from "./discovery.ts";
import { LIST_SCHEMA, listOf, selectionOf } from "./list.ts";
import type { ScimService } from "./service.ts";
import { groupsByPerson, type Resource, toGroup, toUser } from "./wire.ts";

const ERROR_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";
const MEDIA_TYPE = "application/scim+json";

export type ScimSourceApp = Hono<Env>;

/** Only to be read. `sloppy` leaves out what many real services leave out. */
export function createScimSource(setting: Setting, service: ScimService): ScimSourceApp {
  const app: ScimSourceApp = createFrame(setting, { system: "scim", renderError });
  const { company } = setting;
  app.use("/v2/*", authenticated(service));
  addDiscovery(app, service);
  const users = () => {
    const groups = groupsByPerson(company.okta);
    return [...company.okta.users.values()].map((user) => toUser(user, groups.get(user.id) ?? [], service.base));
  };
  const groups = () =>
    [...company.okta.groups.values()].map((group) => shown(toGroup(group, company.okta, service.base)));
  addResources(app, "Users", users, service);
  addResources(app, "Groups", groups, service);
  return app;

  function shown(group: Resource): Resource {
    if (!service.sloppy.has("no-members")) return group;
    const { members: _, ...rest } = group;
    return rest as Resource;
  }
}

function addResources(
  app: ScimSourceApp,
  type: "Users" | "Groups",
  all: () => readonly Resource[],
  service: ScimService,
): void {
  app.get(`/v2/${type}`, (context) => answer(context, listOf(context, all(), service)));
  app.get(`/v2/${type}/:id`, (context) => {
    const id = context.req.param("id");
    const found = all().find((resource) => resource.id === id);
    if (!found) throw new VendorError(404, `Resource ${id} not found`);
    return answer(context, select(found, selectionOf(context)));
  });
}

function addDiscovery(app: ScimSourceApp, service: ScimService): void {
  app.get("/v2/ServiceProviderConfig", (context) => described(context, configOf(service)));
  app.get("/v2/ResourceTypes", (context) => described(context, listed(RESOURCE_TYPES)));
  app.get("/v2/Schemas", (context) => described(context, listed(SCHEMAS)));
  app.get("/v2/ResourceTypes/:id", (context) => described(context, byId(RESOURCE_TYPES, context.req.param("id"))));
  app.get("/v2/Schemas/:id", (context) => described(context, byId(SCHEMAS, context.req.param("id"))));

  function described(context: Context, body: object): Response {
    if (service.sloppy.has("no-discovery")) throw new VendorError(404, "Not found");
    // RFC 7644, 4: filters are forbidden here.
    if (context.req.query("filter") !== undefined) throw new VendorError(403, "Filtering is not supported here");
    return answer(context, body);
  }
}

function byId<T extends { readonly id: string }>(resources: readonly T[], id: string): T {
  const found = resources.find((resource) => resource.id === id);
  if (!found) throw new VendorError(404, `${id} not found`);
  return found;
}

function listed(resources: readonly object[]): object {
  const total = resources.length;
  return { schemas: [LIST_SCHEMA], totalResults: total, startIndex: 1, itemsPerPage: total, Resources: resources };
}

function answer(context: Context, body: object): Response {
  return context.body(JSON.stringify(body), 200, { "content-type": MEDIA_TYPE });
}

function authenticated(service: ScimService): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.header("authorization") !== `Bearer ${service.token}`)
      throw new VendorError(401, "Authorization failure", { headers: { "www-authenticate": 'Bearer realm="scim"' } });
    if (context.req.method !== "GET") throw new VendorError(501, "This service only reads");
    await next();
  };
}

/** RFC 7644, 3.12: the status is a text, and `scimType` tells apart what went wrong with a 400. */
const renderError: Dialect["renderError"] = (error: VendorError, context: Context) => {
  for (const [name, value] of Object.entries(error.headers)) context.header(name, value);
  const body = {
    schemas: [ERROR_SCHEMA],
    status: String(error.status),
    ...(error.code !== undefined && { scimType: error.code }),
    detail: error.message,
  };
  return context.body(JSON.stringify(body), error.status as 400, { "content-type": MEDIA_TYPE });
};
