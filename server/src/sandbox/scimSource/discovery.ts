/** What the service says about itself: configuration, resource types, schemas (RFC 7644, 4; RFC 9865, 3). */

import type { ScimService } from "./service.ts";
import { GROUP_SCHEMA, USER_SCHEMA } from "./wire.ts";

const CORE = "urn:ietf:params:scim:schemas:core:2.0";

/** It only reads: neither PATCH nor bulk, no passwords, no tags. */
export function configOf({ base, mostRows, paging }: ScimService) {
  return {
    schemas: [`${CORE}:ServiceProviderConfig`],
    patch: { supported: false },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: mostRows },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: paging,
      defaultPageSize: Math.min(100, mostRows),
      maxPageSize: mostRows,
    },
    authenticationSchemes: [
      { type: "oauthbearertoken", name: "OAuth Bearer Token", description: "A bearer token", primary: true },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${base}/ServiceProviderConfig` },
  };
}

export const RESOURCE_TYPES = [
  { name: "User", endpoint: "/Users", schema: USER_SCHEMA },
  { name: "Group", endpoint: "/Groups", schema: GROUP_SCHEMA },
].map((type) => ({ schemas: [`${CORE}:ResourceType`], id: type.name, ...type }));

export const SCHEMAS = [
  schema(USER_SCHEMA, "User", [
    text("userName", { required: true, uniqueness: "server" }),
    text("displayName"),
    { ...text("active"), type: "boolean" },
    complex("name", ["formatted", "givenName", "familyName"], false),
    complex("emails", ["value", "type"], true),
    complex("groups", ["value", "$ref", "display", "type"], true),
  ]),
  schema(GROUP_SCHEMA, "Group", [
    text("displayName", { required: true }),
    complex("members", ["value", "$ref", "display", "type"], true),
  ]),
];

function schema(id: string, name: string, attributes: readonly object[]) {
  return { schemas: [`${CORE}:Schema`], id, name, description: name, attributes };
}

function text(name: string, extra: object = {}) {
  return {
    name,
    type: "string",
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: "readOnly",
    returned: "default",
    uniqueness: "none",
    ...extra,
  };
}

function complex(name: string, parts: readonly string[], multiValued: boolean) {
  return { ...text(name), type: "complex", multiValued, subAttributes: parts.map((part) => text(part)) };
}
