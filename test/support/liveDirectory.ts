/**
 * The body of `#- live <directory>`:
 *
 *     groups: [name, { name, members, owners, kind, count, id, description, rule, joinable, incomplete }]
 *     named: [name, { name, members, … }]   # looked up one by one
 *     absent: [name]                         # looked up and not there
 *     credentials: [{ name, kind: api-token, of, owners: [ana], scopes, created: 2026-01-31, used, expires }]
 *     unread: [credentials]                  # or incomplete: [credentials]
 *
 * `members` is a list of `ana` (active, ana@acme.com) or `{ login, state, guest, mfa, via, name, email }` (`via` is
 * the inner group they come through), or a number of active people made for this group. A group without `members` was not read. Ids follow names: `group-dd-sre`, `person-ana`.
 */

import type {
  DirectoryCredential,
  DirectoryCredentialKind,
  DirectoryInventory,
  Group,
  GroupKind,
  Principal,
  PrincipalState,
} from "../../server/src/core/model/directory.ts";
import { isRecord } from "../../server/src/core/model/json.ts";
import { complete, type Knowledge, partial, unknown } from "../../server/src/core/model/knowledge.ts";
import type { DirectoryConfig } from "../../server/src/core/model/project.ts";
import type { LiveSection } from "./fixture.ts";

export function liveDirectory(config: DirectoryConfig, section: LiveSection): DirectoryInventory {
  const { at, failure, gap, body } = section;
  const base = {
    name: config.name,
    kind: config.type,
    ...(config.groups === undefined ? {} : { filter: config.groups }),
  };
  if (failure) return { ...base, groups: unknown(failure), named: new Map(), members: new Map() };
  const listed = listOf(body.groups).map(toGroup);
  const asked = listOf(body.named).map(toGroup);
  const groups = new Map(listed.map(({ group }) => [group.id, group]));
  const absent = listOf(body.absent).map((name): [string, Knowledge<Group>] => [
    String(name),
    complete(config.name, at, new Map()),
  ]);
  const owners = told([...listed, ...asked], ({ raw }) =>
    raw.owners === undefined ? undefined : listOf(raw.owners).map(personId),
  );
  const nested = told([...listed, ...asked], ({ raw }) => innerGroups(raw));
  return {
    ...base,
    groups: gap ? partial(config.name, at, groups, gap) : complete(config.name, at, groups),
    named: new Map([
      ...asked.map(({ group }): [string, Knowledge<Group>] => [
        group.name,
        complete(config.name, at, new Map([[group.id, group]])),
      ]),
      ...absent,
    ]),
    members: new Map([...listed, ...asked].flatMap(({ group, raw }) => membersOf(config.name, group, raw, section))),
    ...(owners && { owners }),
    ...(nested && { nested }),
    ...(body.credentials !== undefined && { credentials: credentialsOf(section) }),
  };
}

/** Named as the connectors name their lists. */
const LISTS: Readonly<Record<DirectoryCredentialKind, string>> = {
  "api-token": "API tokens",
  "app-key": "keys of service apps",
  "client-secret": "secrets and certificates of applications",
  certificate: "secrets and certificates of applications",
  "signing-certificate": "secrets and certificates of applications",
  "service-account-key": "keys of the service account",
};

function credentialsOf({ system, at, body }: LiveSection): DirectoryInventory["credentials"] {
  const all = listOf(body.credentials).filter(isRecord).map(toCredential);
  const gap = { kind: "incomplete" as const, system, message: "credentials could not be read completely" };
  const know = (items: ReadonlyMap<string, DirectoryCredential>): Knowledge<DirectoryCredential> => {
    if (listOf(body.unread).includes("credentials")) return unknown({ ...gap, kind: "denied", message: "not allowed" });
    const isPart = listOf(body.incomplete).includes("credentials");
    return isPart ? partial(system, at, items, gap) : complete(system, at, items);
  };
  const of = (what: string) => all.filter(({ kind }) => LISTS[kind] === what).map((one) => [one.id, one] as const);
  const names = new Set(all.map(({ kind }) => LISTS[kind]));
  return { askedAt: at, lists: new Map([...names].map((what) => [what, know(new Map(of(what)))])) };
}

function toCredential(raw: Record<string, unknown>): DirectoryCredential {
  const name = String(raw.name);
  return {
    id: `${raw.of ?? ""} ${name}`,
    name,
    kind: (raw.kind ?? "api-token") as DirectoryCredentialKind,
    ...(raw.of !== undefined && { application: String(raw.of) }),
    ...(raw.owners !== undefined && { owners: listOf(raw.owners).map(loginOf) }),
    ...(raw.orphaned === true && { isOrphaned: true }),
    scopes: raw.scopes === undefined ? null : listOf(raw.scopes).map(String),
    ...(raw.created !== undefined && { createdAt: `${raw.created}T09:00:00.000Z` }),
    ...(raw.used !== undefined && { lastUsedAt: `${raw.used}T09:00:00.000Z` }),
    ...(raw.expires !== undefined && { expiresAt: `${raw.expires}T09:00:00.000Z` }),
  };
}

/** `role-sre` for `SRE`: ids that plans can be read by. */
export function idOf(kind: string, name: string): string {
  return `${kind}-${name
    .toLowerCase()
    .replace(/@acme\.com$/, "")
    .replace(/[^a-z0-9.@]+/g, "-")}`;
}

/** `ana` or `ana@acme.com`, as text or under `login`, `handle`. */
export function loginOf(raw: unknown): string {
  const text = isRecord(raw) ? String(raw.login ?? raw.handle ?? raw.email) : String(raw);
  return text.includes("@") ? text.toLowerCase() : `${text.toLowerCase()}@acme.com`;
}

export function listOf(raw: unknown): readonly unknown[] {
  return Array.isArray(raw) ? raw : [];
}

type Written = { readonly group: Group; readonly raw: Record<string, unknown> };

/** What some groups say besides their members, by group id; nothing when none does. */
function told<T>(
  groups: readonly Written[],
  read: (written: Written) => T | undefined,
): ReadonlyMap<string, T> | undefined {
  const found = groups.flatMap((written) => {
    const value = read(written);
    return value === undefined ? [] : [[written.group.id, value] as const];
  });
  return found.length === 0 ? undefined : new Map(found);
}

function innerGroups(raw: Record<string, unknown>): ReadonlyMap<string, string> | undefined {
  const nested = listOf(raw.members)
    .filter(isRecord)
    .filter(({ via }) => via !== undefined);
  return nested.length === 0 ? undefined : new Map(nested.map((member) => [personId(member), String(member.via)]));
}

function toGroup(raw: unknown): { group: Group; raw: Record<string, unknown> } {
  const fields = isRecord(raw) ? raw : { name: String(raw) };
  const name = String(fields.name);
  const group: Group = {
    id: String(fields.id ?? idOf("group", name)),
    name,
    kind: (fields.kind ?? "static") as GroupKind,
    ...(fields.description === undefined ? {} : { description: String(fields.description) }),
    ...(fields.rule === undefined ? {} : { rule: String(fields.rule) }),
    ...(fields.joinable === undefined ? {} : { joinable: fields.joinable === true }),
    ...(fields.count === undefined ? {} : { memberCount: Number(fields.count) }),
  };
  return { group, raw: fields };
}

function membersOf(
  system: string,
  group: Group,
  raw: Record<string, unknown>,
  { at }: LiveSection,
): [string, Knowledge<Principal>][] {
  if (raw.members === undefined) return [];
  const people =
    typeof raw.members === "number"
      ? Array.from({ length: raw.members }, (_, index) => `${group.name}-${index + 1}`)
      : listOf(raw.members);
  const items = new Map(people.map(toPrincipal).map((principal) => [principal.id, principal]));
  const gap = { kind: "incomplete" as const, system, message: String(raw.incomplete) };
  return [[group.id, raw.incomplete ? partial(system, at, items, gap) : complete(system, at, items)]];
}

function personId(raw: unknown): string {
  return String(isRecord(raw) && raw.id !== undefined ? raw.id : idOf("person", loginOf(raw)));
}

function toPrincipal(raw: unknown): Principal {
  const fields = isRecord(raw) ? raw : {};
  const login = loginOf(raw);
  return {
    id: personId(raw),
    login,
    email: String(fields.email ?? login),
    name: String(fields.name ?? login.replace(/@.*/, "")),
    state: (fields.state ?? "active") as PrincipalState,
    ...(fields.guest === true ? { guest: true } : {}),
    ...(fields.mfa === undefined ? {} : { mfa: fields.mfa === true }),
  };
}
