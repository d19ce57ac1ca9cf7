/**
 * The body of `#- live datadog`:
 *
 *     roles: [SRE, { name, permissions, users, managed, receives, created, modified, id, unresolved }]
 *     teams: [sre, { handle, name, managed, open, users, members: [ana, { login, admin }] }]
 *     accounts: [ana, { login, roles, teams, status, service, mfa, created, lastLogin, name, email }]
 *     permissions: [new_thing_write, { name, type, restricted, aliases }]   # besides the catalogue's
 *     mappings: [{ group, role | team, key }]   # `{1..900}` in a group's name makes so many
 *     actor: ana | { login, roles, organization }
 *     switches: { roleMapping: true, teamSource: saml_only, jit: [acme.com] }
 *     keys: [{ name, owner: ana, scopes: [user_access_read], kind, created: 2026-01-31, used, expires }]
 *                            # application keys unless of another kind; written without scopes: unscoped
 *     audit: [{ role: SRE, at: 2026-11-20, by: ana }]   # changes of roles; without `by` it was Datadog
 *     managed: none          # leave out Datadog's three own roles
 *     unread: [accounts]     # sections that could not be read
 *     incomplete: [accounts] # sections that miss something
 *
 * A section that is not written is complete and empty. Ids follow names: `role-sre`, `team-sre`, `account-ana`.
 */

import entries from "../../server/src/core/catalogue/permissions.json" with { type: "json" };
import { CATALOGUE, mergePermission } from "../../server/src/core/model/catalogue.ts";
import { isRecord } from "../../server/src/core/model/json.ts";
import {
  complete,
  type Fact,
  type Failure,
  type Knowledge,
  partial,
  unknown,
} from "../../server/src/core/model/knowledge.ts";
import type { OrganizationConfig } from "../../server/src/core/model/project.ts";
import type {
  AccessEvent,
  Account,
  AccountStatus,
  Actor,
  AuthnMapping,
  Credential,
  CredentialKind,
  Permission,
  Role,
  TargetInventory,
  Team,
  TeamMember,
} from "../../server/src/core/model/target.ts";
import type { LiveSection } from "./fixture.ts";
import { idOf, listOf, loginOf } from "./liveDirectory.ts";

type Fields = Readonly<Record<string, unknown>>;

export function liveTarget(config: OrganizationConfig, section: LiveSection): TargetInventory {
  const { body } = section;
  const know = <T>(name: string, items: ReadonlyMap<string, T>): Knowledge<T> => knowledge(section, name, items);
  const fact = <T>(name: string, value: T): Fact<T> => {
    const failure = section.failure ?? (listOf(body.unread).includes(name) ? unread(section, name) : undefined);
    return failure ? unknown(failure) : { state: "known", value, asOf: section.at };
  };
  const accounts = unique(listOf(body.accounts).map(toFields("login")).map(toAccount));
  const roles = unique([
    ...managedRoles(body),
    ...listOf(body.roles)
      .map(toFields("name"))
      .map((raw) => toRole(raw, body.accounts === undefined ? undefined : accounts)),
  ]);
  const rawTeams = listOf(body.teams).map(toFields("handle"));
  const switches = isRecord(body.switches) ? body.switches : {};
  return {
    name: config.name,
    site: config.site.value,
    actor: fact("actor", toActor(config, body.actor, accounts)),
    permissions: know("permissions", permissions(body)),
    roles: know("roles", roles),
    accounts: know("accounts", accounts),
    teams: know("teams", unique(rawTeams.map((raw) => toTeam(raw)))),
    teamMembers: new Map(
      section.failure ? [] : rawTeams.map((raw) => [teamId(raw), know("teamMembers", teamMembers(raw, body))]),
    ),
    mappings: know(
      "mappings",
      unique(
        listOf(body.mappings)
          .filter(isRecord)
          .flatMap(each)
          .map((raw) => toMapping(config, raw)),
      ),
    ),
    switches: {
      roleMapping: fact("switches", switches.roleMapping === true),
      teamSource: fact("switches", String(switches.teamSource ?? "manually")),
      justInTime: fact("switches", {
        domains: texts(switches.jit),
        defaultRoles: texts(switches.jitRoles).map((name) => ({ name })),
      }),
    },
    ...(isRecord(body.audit) && {
      audit: {
        askedAt: section.at,
        from: `${body.audit.from}T00:00:00.000Z`,
        events: know("audit", events(body.audit)),
      },
    }),
    ...(body.keys !== undefined && {
      credentials: {
        askedAt: section.at,
        apiKeys: know("keys", keysOf(body, "api-key")),
        applicationKeys: know("keys", keysOf(body, "application-key")),
        tokens: know("keys", new Map([...keysOf(body, "personal-token"), ...keysOf(body, "service-token")])),
      },
    }),
    ...(Array.isArray(body.audit) && {
      audit: {
        askedAt: section.at,
        from: section.at,
        events: know("audit", unique(listOf(body.audit).filter(isRecord).map(toEvent))),
      },
    }),
  };
}

function knowledge<T>(section: LiveSection, name: string, items: ReadonlyMap<string, T>): Knowledge<T> {
  const { system, at, body } = section;
  if (section.failure) return unknown(section.failure);
  if (listOf(body.unread).includes(name)) return unknown(unread(section, name));
  const missing: Failure | undefined = listOf(body.incomplete).includes(name)
    ? { kind: "incomplete", system, message: `${name} could not be read completely` }
    : section.gap;
  return missing ? partial(system, at, items, missing) : complete(system, at, items);
}

function unread({ system }: LiveSection, name: string): Failure {
  return { kind: "denied", system, message: `${name} may not be read` };
}

/** Keyed by id; things of the same name get `-2`, `-3` behind their generated id. */
function unique<T extends { readonly id: string }>(things: readonly T[]): Map<string, T> {
  const byId = new Map<string, T>();
  for (const thing of things) {
    let id = thing.id;
    for (let copy = 2; byId.has(id); copy++) id = `${thing.id}-${copy}`;
    byId.set(id, { ...thing, id });
  }
  return byId;
}

function toFields(key: string): (raw: unknown) => Fields {
  return (raw) => (isRecord(raw) ? raw : { [key]: raw });
}

function texts(raw: unknown): readonly string[] {
  return listOf(raw).map(String);
}

const LEVELS = [
  { name: "Datadog Read Only Role", holds: ["read_only", "all_roles"] },
  { name: "Datadog Standard Role", holds: ["standard", "read_only", "all_roles"] },
  { name: "Datadog Admin Role", holds: ["admin", "standard", "read_only", "all_roles"] },
];

/** Datadog's own roles with the permissions the catalogue records for them, unless the fixture writes its own. */
function managedRoles(body: Fields): Role[] {
  if (body.managed === "none") return [];
  const written = new Set(listOf(body.roles).map((raw) => toFields("name")(raw).name));
  return LEVELS.filter(({ name }) => !written.has(name)).map(({ name, holds }) => ({
    id: idOf("role", name),
    name,
    permissions: entries
      .filter((entry) => holds.includes(entry.lowest_managed_role ?? ""))
      .map((entry) => entry.name)
      .sort(),
    unresolved: 0,
    managed: true,
    receivesFrom: [],
  }));
}

/** Without accounts nobody counted who holds a role. */
function toRole(raw: Fields, accounts: ReadonlyMap<string, Account> | undefined): Role {
  const name = String(raw.name);
  const id = String(raw.id ?? idOf("role", name));
  const holders = accounts && [...accounts.values()].filter((account) => account.roleIds.includes(id)).length;
  const users = raw.users ?? holders;
  return {
    id,
    name,
    permissions: [...texts(raw.permissions)].sort(),
    unresolved: Number(raw.unresolved ?? 0),
    managed: raw.managed === true,
    receivesFrom: texts(raw.receives),
    ...(users === undefined ? {} : { userCount: Number(users) }),
    ...(raw.created === undefined ? {} : { createdAt: `${raw.created}T00:00:00.000Z` }),
    ...(raw.modified === undefined ? {} : { modifiedAt: `${raw.modified}T00:00:00.000Z` }),
  };
}

function toAccount(raw: Fields): Account {
  const handle = loginOf(raw);
  return {
    id: String(raw.id ?? idOf("account", handle)),
    handle,
    email: String(raw.email ?? handle),
    name: String(raw.name ?? handle.replace(/@.*/, "")),
    status: (raw.status ?? "active") as AccountStatus,
    serviceAccount: raw.service === true,
    roleIds: texts(raw.roles).map((role) => (role.startsWith("role-") ? role : idOf("role", role))),
    ...(raw.mfa === undefined ? {} : { mfa: raw.mfa === true }),
    ...(raw.created === undefined ? {} : { createdAt: `${raw.created}T00:00:00.000Z` }),
    ...(raw.lastLogin === undefined ? {} : { lastLogin: `${raw.lastLogin}T00:00:00.000Z` }),
  };
}

function teamId(raw: Fields): string {
  return String(raw.id ?? idOf("team", String(raw.handle)));
}

function toTeam(raw: Fields): Team {
  const handle = String(raw.handle);
  return {
    id: teamId(raw),
    handle,
    name: String(raw.name ?? handle),
    managed: raw.managed === true,
    ...(raw.open === undefined ? {} : { open: raw.open === true }),
    ...(raw.users === undefined ? {} : { userCount: Number(raw.users) }),
  };
}

/** Those written at the team, and accounts that name the team. */
function teamMembers(raw: Fields, body: Fields): Map<string, TeamMember> {
  const own = listOf(raw.members).map(
    (member): TeamMember => ({
      accountId: idOf("account", loginOf(member)),
      admin: isRecord(member) && member.admin === true,
    }),
  );
  const named = listOf(body.accounts)
    .filter((account) => isRecord(account) && texts(account.teams).includes(String(raw.handle)))
    .map((account): TeamMember => ({ accountId: idOf("account", loginOf(account)), admin: false }));
  return new Map([...named, ...own].map((member) => [member.accountId, member]));
}

/** `team-{1..3}` is `team-1`, `team-2`, `team-3`. */
function each(raw: Fields): readonly Fields[] {
  const [all, from, to] = /\{(\d+)\.\.(\d+)\}/.exec(String(raw.group)) ?? [];
  if (all === undefined) return [raw];
  const count = Number(to) - Number(from) + 1;
  return Array.from({ length: count }, (_, index) => ({
    ...raw,
    group: String(raw.group).replace(all, String(Number(from) + index)),
  }));
}

function toMapping(config: OrganizationConfig, raw: Fields): AuthnMapping {
  const grants =
    raw.role === undefined ? { teamId: idOf("team", String(raw.team)) } : { roleId: idOf("role", String(raw.role)) };
  return {
    id: String(raw.id ?? idOf("mapping", `${raw.group} ${raw.role ?? raw.team}`)),
    key: String(raw.key ?? config.attribute?.value ?? "memberOf"),
    value: String(raw.group),
    grants,
  };
}

function toActor(config: OrganizationConfig, raw: unknown, accounts: ReadonlyMap<string, Account>): Actor {
  const handle = loginOf(raw ?? "accessmap-bot");
  const fields = isRecord(raw) ? raw : {};
  const accountId = idOf("account", handle);
  return {
    accountId,
    handle,
    organizationId: String(fields.organization ?? config.id?.value ?? idOf("organization", config.name)),
    organizationName: config.name,
    roleIds: fields.roles
      ? texts(fields.roles).map((role) => idOf("role", role))
      : (accounts.get(accountId)?.roleIds ?? []),
  };
}

function events({ from, by }: Fields): Map<string, AccessEvent> {
  return new Map(
    texts(by).map((login, index) => [
      `event-${index}`,
      {
        id: `event-${index}`,
        at: `${from}T12:00:00.000Z`,
        action: "modified",
        asset: { type: "role" },
        actor: { email: loginOf(login) },
        message: "",
      },
    ]),
  );
}

/** Keys are application keys unless they say otherwise. */
function keysOf(body: Fields, kind: CredentialKind): Map<string, Credential> {
  const keys = listOf(body.keys).filter(isRecord).map(toKey);
  return unique(keys.filter((key) => key.kind === kind));
}

function toKey(raw: Fields): Credential {
  const name = String(raw.name);
  return {
    id: String(raw.id ?? idOf("key", name)),
    name,
    kind: (raw.kind ?? "application-key") as CredentialKind,
    ownerId: idOf("account", loginOf(raw.owner ?? "accessmap-bot")),
    scopes: raw.scopes === undefined ? null : texts(raw.scopes),
    ...(raw.created !== undefined && { createdAt: `${raw.created}T09:00:00.000Z` }),
    ...(raw.used !== undefined && { lastUsedAt: `${raw.used}T09:00:00.000Z` }),
    ...(raw.expires !== undefined && { expiresAt: `${raw.expires}T09:00:00.000Z` }),
  };
}

function toEvent(raw: Fields): AccessEvent {
  const [role, day] = [String(raw.role), String(raw.at)];
  return {
    id: `${day} ${role}`,
    at: `${day}T09:00:00.000Z`,
    action: "modified",
    asset: { type: "role", id: idOf("role", role), name: role },
    actor: raw.by === undefined ? {} : { email: `${loginOf(raw.by)}` },
    message: "",
  };
}

function permissions(body: Fields): Map<string, Permission> {
  const own = listOf(body.permissions)
    .map(toFields("name"))
    .map((raw) => {
      const name = String(raw.name);
      return mergePermission({
        name,
        displayName: String(raw.displayName ?? name),
        group: String(raw.group ?? "Other"),
        type: (raw.type ?? (name.endsWith("_read") ? "read" : "write")) as Permission["type"],
        restricted: raw.restricted === true,
        aliases: texts(raw.aliases),
      });
    });
  return new Map([...CATALOGUE, ...own.map((permission) => [permission.name, permission] as const)]);
}
