/** What the SCIM service says about itself: two resource types and their schemas. There is no ServiceProviderConfig. 2026-08 */

import type { DatadogApp } from "../datadog/caller.ts";
import { VendorError } from "../http/vendorError.ts";
import { LIST_SCHEMA } from "./list.ts";
import { GROUP_SCHEMA, USER_SCHEMA } from "./wire.ts";

const BASE = "/api/v2/scim";

/** Fixed texts: nothing of it depends on the company. */
export function addDiscovery(app: DatadogApp): void {
  app.get(`${BASE}/ResourceTypes`, (context) => context.json(list(RESOURCE_TYPES)));
  app.get(`${BASE}/ResourceTypes/:id`, (context) => context.json(find(RESOURCE_TYPES, context.req.param("id"))));
  app.get(`${BASE}/Schemas`, (context) => context.json(list(SCHEMAS)));
  app.get(`${BASE}/Schemas/:id`, (context) => context.json(find(SCHEMAS, context.req.param("id"))));
}

const RESOURCE_TYPES = [resourceType("User", "/Users", USER_SCHEMA), resourceType("Group", "/Groups", GROUP_SCHEMA)];

const SCHEMAS = [
  schema(USER_SCHEMA, "User", [
    attribute("userName", "string", { required: true, mutability: "immutable", uniqueness: "server" }),
    attribute("active", "boolean"),
    attribute("title", "string"),
    attribute("name", "complex", { subAttributes: [attribute("formatted", "string")] }),
    attribute("emails", "complex", {
      multiValued: true,
      subAttributes: [attribute("value", "string"), attribute("type", "string")],
    }),
    attribute("roles", "complex", {
      multiValued: true,
      subAttributes: [
        attribute("value", "string", { required: true }),
        attribute("display", "string", { mutability: "readOnly" }),
      ],
    }),
  ]),
  schema(GROUP_SCHEMA, "Group", [
    attribute("displayName", "string", { required: true }),
    attribute("externalId", "string", { caseExact: true }),
    attribute("members", "complex", {
      multiValued: true,
      subAttributes: [attribute("value", "string"), attribute("$ref", "reference")],
    }),
  ]),
];

function resourceType(name: string, endpoint: string, schemaId: string) {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id: name,
    name,
    endpoint,
    schema: schemaId,
  };
}

function schema(id: string, name: string, attributes: readonly object[]) {
  return { schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"], id, name, attributes };
}

function attribute(name: string, type: string, extra: object = {}) {
  const usual = {
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
  };
  return { name, type, ...usual, ...extra };
}

function list(resources: readonly object[]) {
  return {
    schemas: [LIST_SCHEMA],
    totalResults: resources.length,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

function find(resources: readonly { readonly id: string }[], id: string) {
  const found = resources.find((resource) => resource.id === id);
  if (!found) throw new VendorError(404, `${id} not found`);
  return found;
}
