/**
 * Every credential that can be read: how old it is, what it is cut down to, whose it is, when it was last used, and what
 * speaks against it. What cannot be read is named with the permission that would let it be read.
 */

import { daysSince, oldKeys, unusedKeys } from "../analysis/credentialAges.ts";
import { isAdmin } from "../analysis/effective.ts";
import { permitsAll, SCIM_PERMISSIONS } from "../analysis/keys.ts";
import { policyOf } from "../analysis/privilege.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import type { DirectoryKind } from "../model/directory.ts";
import { itemsOf, type Knowledge } from "../model/knowledge.ts";
import type { Account, Credential, CredentialKind, TargetInventory } from "../model/target.ts";
import type { Instant } from "../model/time.ts";
import { type Read, readOf } from "./reads.ts";

export interface CredentialRow {
  readonly organization: string;
  readonly kind: CredentialKind;
  readonly name: string;
  readonly last4?: string;
  /** Handle of a person, name of a service account; undefined when Datadog names nobody who is known. */
  readonly owner?: string;
  readonly ownerKind?: "person" | "service";
  readonly scopes: CredentialScopes;
  readonly createdAt?: Instant;
  readonly lastUsedAt?: Instant;
  readonly expiresAt?: Instant;
  /** Days. */
  readonly age?: number;
  readonly unused?: number;
  /** It permits pushing through SCIM; undefined when that is not certain. */
  readonly pushesScim?: boolean;
  readonly findings: readonly string[];
}

/** `everything`: all that its owner may. `nothing`: an API key, which permits nothing alone. */
export type CredentialScopes = readonly string[] | "everything" | "nothing" | "unknown";

export interface Unchecked {
  readonly system: string;
  readonly what: string;
  readonly why: string;
}

export interface CredentialReport {
  readonly now: Instant;
  readonly limits: { readonly age: number; readonly unused: number };
  readonly rows: readonly CredentialRow[];
  readonly reads: readonly Read[];
  readonly unchecked: readonly Unchecked[];
}

/** A key or token that ends within so many days is about to stop something. */
const SOON_DAYS = 14;

/** Credentials of all organizations of the project; directories tell nothing of theirs to a key that only reads people. */
export function credentialReport(snapshot: Snapshot): CredentialReport {
  const { project, targets, now } = snapshot;
  const organizations = [...(project?.content.organizations.keys() ?? [])];
  const known = organizations.flatMap((name) => {
    const target = targets.get(name);
    return target?.credentials ? [{ name, target, lists: listsOf(target) }] : [];
  });
  const directories = [...(project?.content.directories.values() ?? [])];
  return {
    now,
    limits: policyOf(snapshot).credentials,
    rows: known.flatMap(({ target, lists }) =>
      lists.flatMap(({ keys }) => rowsOf(snapshot, target, [...itemsOf(keys).values()])),
    ),
    reads: known.flatMap(({ name, lists }) => lists.map(({ what, keys }) => readOf(name, what, keys))),
    unchecked: [
      ...organizations
        .filter((name) => known.every((one) => one.name !== name))
        .map((system) => ({ system, what: "keys and tokens", why: whyNoKeys(targets.get(system)) })),
      ...known.flatMap(({ name, lists }) =>
        lists.flatMap(({ what, keys }) =>
          keys.state === "unknown" ? [{ system: name, what, why: keys.why.message }] : [],
        ),
      ),
      ...directories.flatMap(({ name, type }) => DIRECTORY_CREDENTIALS[type].map((one) => ({ system: name, ...one }))),
    ],
  };
}

function listsOf({ credentials }: TargetInventory): readonly { what: string; keys: Knowledge<Credential> }[] {
  if (!credentials) return [];
  return [
    { what: "API keys", keys: credentials.apiKeys },
    { what: "application keys", keys: credentials.applicationKeys },
    { what: "access tokens", keys: credentials.tokens },
  ];
}

function whyNoKeys(target: TargetInventory | undefined): string {
  const need = "the permissions api_keys_read and org_app_keys_read would let them be read";
  const why = target?.actor.state === "unknown" ? `${target.actor.why.message}; ` : "";
  return `${why}${need}`;
}

/**
 * What directories have and a key for groups and people cannot see. The permissions named read and do not write.
 * https://developer.okta.com/docs/api/oauth2/, https://learn.microsoft.com/en-us/graph/permissions-reference,
 * https://cloud.google.com/iam/docs/keys-list-get (2026-11)
 */
const DIRECTORY_CREDENTIALS: Readonly<Record<DirectoryKind, readonly Omit<Unchecked, "system">[]>> = {
  okta: [
    { what: "API tokens", why: "the scope okta.apiTokens.read would let them be read" },
    { what: "keys of service apps", why: "the scope okta.apps.read would let them be read" },
  ],
  entra: [
    {
      what: "secrets and certificates of applications",
      why: "the Graph permission Application.Read.All would let them be read",
    },
  ],
  google: [
    {
      what: "keys of the service account",
      why: "the permission iam.serviceAccountKeys.list in its Google Cloud project would let them be read",
    },
  ],
  scim: [{ what: "the token of the service", why: "SCIM has no means to read it; ask who runs the service" }],
};

function rowsOf(snapshot: Snapshot, target: TargetInventory, keys: readonly Credential[]): readonly CredentialRow[] {
  const { now } = snapshot;
  const policy = policyOf(snapshot);
  const [unused, old] = [new Set(unusedKeys(keys, policy, now)), new Set(oldKeys(keys, policy, now))];
  return keys
    .map((key): CredentialRow => {
      const owner = key.ownerId === undefined ? undefined : itemsOf(target.accounts).get(key.ownerId);
      const pushesScim = key.kind === "api-key" ? false : permitsAll(target, key, SCIM_PERMISSIONS);
      const { name, kind, last4, createdAt, lastUsedAt, expiresAt } = key;
      return {
        organization: target.name,
        kind,
        name,
        ...(last4 !== undefined && { last4 }),
        ...(owner && { owner: nameOf(owner), ownerKind: owner.serviceAccount ? "service" : "person" }),
        scopes: scopesOf(key),
        ...(createdAt !== undefined && { createdAt, age: daysSince(createdAt, now) }),
        ...(lastUsedAt !== undefined && { lastUsedAt, unused: daysSince(lastUsedAt, now) }),
        ...(expiresAt !== undefined && { expiresAt }),
        ...(pushesScim !== undefined && { pushesScim }),
        findings: [
          ...(unused.has(key) ? [`nobody used it for ${policy.credentials.unused} days`] : []),
          ...(old.has(key) ? [`older than ${policy.credentials.age} days`] : []),
          ...ending(key, now),
          ...ofOwner(target, key, owner),
        ],
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Service accounts have an id for a handle. */
function nameOf(account: Account): string {
  return account.serviceAccount ? account.name : account.handle;
}

function scopesOf({ kind, scopes }: Credential): CredentialScopes {
  if (kind === "api-key") return "nothing";
  return scopes === null ? "everything" : (scopes ?? "unknown");
}

function ending({ expiresAt }: Credential, now: Instant): readonly string[] {
  if (expiresAt === undefined) return [];
  const left = -daysSince(expiresAt, now);
  if (left < 0) return ["has ended; delete it"];
  return left <= SOON_DAYS ? [left === 0 ? "ends today" : left === 1 ? "ends in 1 day" : `ends in ${left} days`] : [];
}

function ofOwner(target: TargetInventory, key: Credential, owner: Account | undefined): readonly string[] {
  if (!owner) return [];
  const roles = owner.roleIds.flatMap((id) => itemsOf(target.roles).get(id) ?? []);
  const isUnlimited = key.kind !== "api-key" && key.scopes === null;
  return [
    ...(owner.status === "disabled" ? ["the account of its owner is switched off"] : []),
    ...(isUnlimited && roles.some((role) => isAdmin(target, role)) ? ["permits all that an administrator may"] : []),
  ];
}
