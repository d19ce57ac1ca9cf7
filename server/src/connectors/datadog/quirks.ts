/** What Datadog and its official client do unexpectedly. Each entry names its date and where it was seen. */

/** 2026-09: default is 10, 100 is the documented most. https://docs.datadoghq.com/api/latest/ (roles, users, teams, mappings) */
export const PAGE_SIZE = 100;

/** 2026-09: SCIM names no upper limit for `count`; 100 is in common use. https://docs.datadoghq.com/api/latest/scim/ */
export const SCIM_PAGE_SIZE = 100;

/**
 * 2026-08: SCIM stands at the API host (one page still prints the app host) and takes the application key as bearer; the
 * key pair in headers, and tokens, are not documented for it. https://docs.datadoghq.com/account_management/scim/
 */
export const SCIM = { path: "/api/v2/scim", scheme: "datadog-scim" } as const;

/** 2026-09: the documentation shows filter values without quotes, RFC 7644 demands them, and quoted ones are in use. */
export function scimFilter(by: string, value: string): string {
  return `filter=${encodeURIComponent(`${by} eq ${JSON.stringify(value)}`)}`;
}

/**
 * 2026-06: three pages tell three outcomes of a role set that matches nothing: the default role, none, or no change. Such
 * a set is therefore never sent; to take everything, an account is disabled.
 */
export const NO_EMPTY_ROLE_SET = "an empty role set is never written";

/** 2026-09: taking a role from somebody who does not hold it is answered with this status, and is as wanted. */
export const ROLE_NOT_HELD = 404;

/** 2026-08: a team that has the member already answers 409, and removing somebody who is none 404. */
export const ALREADY_MEMBER = 409;
export const NOT_A_MEMBER = 404;

/** 2026-08: what a deleted mapping is answered with, when it is read or deleted again. */
export const MAPPING_GONE = 404;

/** 2026-11: other SCIM services refuse PATCH requests with more than 100 members; Datadog publishes no limit. */
export const MEMBERS_PER_PATCH = 50;

/**
 * 2026-08: answers carry `managed` on roles, the client (1.64.0) does not type it but keeps it among additional
 * properties; older recordings lack it. The names of the managed roles are the same in every organization.
 */
export const MANAGED_ROLES: ReadonlySet<string> = new Set([
  "Datadog Admin Role",
  "Datadog Standard Role",
  "Datadog Read Only Role",
]);

/**
 * 2026-09: without `resource_type` the list of AuthN mappings holds role mappings alone, so it is read once for each.
 * https://docs.datadoghq.com/api/latest/authn-mappings/
 */
export type MappingKind = "role" | "team";

/**
 * 2026-07: `GET /api/v2/permissions` leaves out some 70 permissions that roles do hold. `GET /api/v2/current_user` brings
 * the records of those the caller holds, `GET /api/v2/roles/{id}/permissions` those of one role. So many roles are asked
 * at most; the Admin role alone usually explains everything.
 */
export const MOST_ROLES_EXPLAINED = 10;

/** 2026-09: how teams are provisioned; team mappings do nothing, silently, while it is `manually`. */
export const TEAM_SOURCE = "teams_provisioning_sources";

/**
 * 2026-09: the switch for role mapping is in no specification and no client, and its documented GET sample has type and
 * value swapped, so both places are read. https://docs.datadoghq.com/account_management/authn_mapping/
 */
export const ROLE_MAPPING = { path: "/api/v1/org_preferences", name: "saml_authn_mapping_roles" } as const;

/**
 * 2026-08: The configuration factory of the client (1.64.0) takes `DD_API_KEY`, `DD_APP_KEY` and `DD_SITE` from the
 * environment and sends them by itself. The configuration is therefore built directly, and of the client's headers only
 * these are passed on; credentials are added by the transport.
 */
export const CLIENT_HEADERS: ReadonlySet<string> = new Set(["accept", "content-type"]);

/**
 * 2026-08: the documented way to add members has no path but a `members` attribute in the value; removals name one
 * member in the path. A `remove` of the bare path `members` would empty the group, so no type of ours can say it.
 */
export type GroupOperation =
  | { readonly op: "add"; readonly value: { readonly members: readonly { readonly value: string }[] } }
  | { readonly op: "remove"; readonly path: MemberPath };

export type MemberPath = `members[value eq "${string}"]`;

/** 2026-09: `links.next` of teams and memberships is set even on the last page; only the stated total ends the list. */
export function totalOfTeams(meta: { readonly pagination?: { readonly total?: number } } | undefined) {
  return meta?.pagination?.total;
}

/**
 * 2026-07: ids of permissions differ by site (`admin` has one on US1 and another on EU1), so beyond a single read
 * permissions go by name. A name may change and leaves an alias.
 */
export type PermissionId = string;

/**
 * 2026-09: a key of another site looks like a bad one. Bad API keys answer 401, bad application keys 403; this call
 * takes the API key alone, answers 403 to a bad one, and so tells whether a 403 elsewhere is about the site. A new key may
 * be refused for some seconds.
 * https://docs.datadoghq.com/getting_started/site/
 */
export const KEY_CHECK = "/api/v1/validate";

/** 2026-09: lists of keys and tokens, 100 rows a page at most; they state only how many rows the filter found. */
export const KEY_LISTS = {
  apiKeys: { path: "/api/v2/api_keys", needs: "the permission api_keys_read" },
  applicationKeys: { path: "/api/v2/application_keys", needs: "the permission org_app_keys_read" },
  /**
   * 2026-11: answers holders of `user_app_keys` as well as of `org_app_keys_read`, and does not say that the former see
   * the whole organization. The list is therefore believed to be whole only beside a list of application keys.
   */
  tokens: { path: "/api/v2/personal_access_tokens", needs: "the permission org_app_keys_read" },
} as const;

/** 2026-05: one list holds the tokens of people and of service accounts; type, owner or prefix tell them apart. */
export const SERVICE_TOKEN = { type: "service_access_tokens", owner: "service_account", prefix: "ddsat_" } as const;

/** 2026-09: default is 10, 1000 the documented most. https://docs.datadoghq.com/api/latest/audit/ */
export const AUDIT_PAGE_SIZE = 1000;

/** So many pages are read at most: an access review needs thousands of events, never the whole trail. */
export const MOST_AUDIT_PAGES = 10;

/**
 * 2026-09: changes of access carry this event name. A page that is not the last one names a cursor, and the page behind
 * the last row is empty and has none. https://docs.datadoghq.com/account_management/audit_trail/events/
 */
export const AUDIT = {
  path: "/api/v2/audit/events",
  query: '@evt.name:"Access Management"',
  sort: "-timestamp",
} as const;

/**
 * 2026-11: an organization has one SAML configuration at most; reading it takes `org_management`, which no read key
 * should have. https://docs.datadoghq.com/api/latest/organizations/list-saml-configurations/
 */
export const SAML_CONFIGURATIONS = "/api/v2/saml_configurations";

/** 2026-09: the description of the organization held the same settings before there were SAML configurations. */
export const OLD_ORGANIZATION = "/api/v1/org";

/** 2026-09: the old settings name the default role by a code; `ERROR` stands for one they cannot name. */
export const OLD_ROLE_CODES: Readonly<Record<string, string>> = {
  adm: "Datadog Admin Role",
  st: "Datadog Standard Role",
  ro: "Datadog Read Only Role",
};
