/**
 * Every credential that can be read: how old it is, what it is cut down to, whose it is, when it was last used, and what
 * speaks against it. What cannot be read is named with the permission that would let it be read.
 */

import { isAdmin } from "../analysis/effective.ts";
import { daysSince, describeEnd, oldKeys, unusedKeys } from "../analysis/judgements/credentialAges.ts";
import { permitsAll, SCIM_PERMISSIONS } from "../analysis/judgements/keys.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { policyOf } from "../analysis/world.ts";
import type { DirectoryCredentialKind, DirectoryKind } from "../model/directory.ts";
import { itemsOf, type Knowledge } from "../model/knowledge.ts";
import type { Account, Credential, CredentialKind, TargetInventory } from "../model/target.ts";
import type { Instant } from "../model/time.ts";
import { directoryRows, directoryUnchecked } from "./directoryCredentials.ts";
import { type Read, readOf } from "./reads.ts";

export interface CredentialRow {
  /** The organization or directory, as accessmap.yaml names it. */
  readonly system: string;
  readonly kind: CredentialKind | DirectoryCredentialKind;
  readonly name: string;
  /** The application or service account that it proves. */
  readonly application?: string;
  readonly last4?: string;
  /** Handle of a person, name of a service account; several people with commas. Undefined when nobody is told. */
  readonly owner?: string;
  readonly ownerKind?: "person" | "service" | "nobody";
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
  /** What no interface tells, and how somebody can look. */
  readonly byHand: readonly ByHand[];
}

export interface ByHand {
  readonly system: string;
  readonly what: string;
  readonly how: string;
}

/** Credentials of all organizations and directories of the project. */
export function credentialReport(snapshot: Snapshot): CredentialReport {
  const { project, targets, now } = snapshot;
  const organizations = [...(project?.content.organizations.keys() ?? [])];
  const known = organizations.flatMap((name) => {
    const target = targets.get(name);
    return target?.credentials ? [{ name, target, lists: listsOf(target) }] : [];
  });
  const directories = [...(project?.content.directories.values() ?? [])];
  const asked = directories.flatMap(({ name }) => {
    const lists = snapshot.directories.get(name)?.credentials?.lists;
    return lists ? [{ name, lists }] : [];
  });
  return {
    now,
    limits: policyOf(snapshot).credentials,
    rows: [
      ...known.flatMap(({ target, lists }) =>
        lists.flatMap(({ keys }) => rowsOf(snapshot, target, [...itemsOf(keys).values()])),
      ),
      ...asked.flatMap(({ name, lists }) =>
        [...lists.values()].flatMap((list) => directoryRows(snapshot, name, [...itemsOf(list).values()])),
      ),
    ],
    reads: [
      ...known.flatMap(({ name, lists }) => lists.map(({ what, keys }) => readOf(name, what, keys))),
      ...asked.flatMap(({ name, lists }) => [...lists].map(([what, list]) => readOf(name, what, list))),
    ],
    unchecked: [
      ...organizations
        .filter((name) => known.every((one) => one.name !== name))
        .map((system) => ({ system, what: "keys and tokens", why: whyNoKeys(targets.get(system)) })),
      ...known.flatMap(({ name, lists }) =>
        lists.flatMap(({ what, keys }) =>
          keys.state === "unknown" ? [{ system: name, what, why: keys.why.message }] : [],
        ),
      ),
      ...directories.flatMap((config) => directoryUnchecked(config, snapshot.directories.get(config.name))),
    ],
    byHand: [
      ...organizations.map((system) => ({ system, ...PUSHING_KEY })),
      ...directories.map(({ name, type }) => ({ system: name, ...BY_HAND[type] })),
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

/** An identity provider keeps the key it pushes with and shows it to nobody. */
const PUSHING_KEY: Omit<ByHand, "system"> = {
  what: "which key the identity provider pushes with",
  how: "it is one of those that push through SCIM; compare the last four characters where the provider's provisioning page was filled in, and its age is that of the key",
};

/** What vendors tell nobody, or on pages alone (2026-11). */
const BY_HAND: Readonly<Record<DirectoryKind, Omit<ByHand, "system">>> = {
  okta: {
    what: "when keys of service apps were last used",
    how: "in Okta's System Log, look for events app.oauth2.token.grant.access_token of the app",
  },
  entra: {
    what: "when secrets and certificates were last used, and those of applications of other tenants",
    how: "in the Entra admin center, see Usage & insights, Application credential activity; other tenants tell of their own",
  },
  google: {
    what: "when keys of the service account were last used",
    how: "on the pages of Google Cloud, see Service accounts, Keys; or ask the Policy Analyzer for serviceAccountKeyLastAuthentication",
  },
  scim: {
    what: "the token of the service",
    how: "SCIM has no means to read it; ask who runs the service how old it is and when it is changed",
  },
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
        system: target.name,
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
          ...describeEnd(key, now),
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

function ofOwner(target: TargetInventory, key: Credential, owner: Account | undefined): readonly string[] {
  if (!owner) return [];
  const roles = owner.roleIds.flatMap((id) => itemsOf(target.roles).get(id) ?? []);
  const isUnlimited = key.kind !== "api-key" && key.scopes === null;
  return [
    ...(owner.status === "disabled" ? ["the account of its owner is switched off"] : []),
    ...(isUnlimited && roles.some((role) => isAdmin(target, role)) ? ["permits all that an administrator may"] : []),
  ];
}
