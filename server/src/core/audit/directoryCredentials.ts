/** What directories tell of the tokens, secrets and keys that open them, as rows; and what they did not tell. */

import { daysSince, describeEnd, oldKeys, unusedKeys } from "../analysis/judgements/credentialAges.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { policyOf } from "../analysis/world.ts";
import type { DirectoryCredential, DirectoryInventory, DirectoryKind } from "../model/directory.ts";
import type { DirectoryConfig } from "../model/project.ts";
import type { CredentialRow, Unchecked } from "./credentials.ts";

/**
 * By the lists that connectors answer with: the permission each takes. All of them read and do not write, and without them
 * everything else works. https://developer.okta.com/docs/api/oauth2/,
 * https://learn.microsoft.com/en-us/graph/permissions-reference, https://cloud.google.com/iam/docs/keys-list-get (2026-11)
 */
const TAKES: Readonly<Record<DirectoryKind, Readonly<Record<string, string>>>> = {
  okta: {
    "API tokens": "the scope okta.apiTokens.read",
    "keys of service apps": "the scope okta.apps.read",
  },
  entra: {
    "secrets and certificates of applications": "the Graph permission Application.Read.All",
  },
  google: {
    "keys of the service account":
      "`service_account` in accessmap.yaml and a token for iam.googleapis.com with iam.serviceAccountKeys.list",
  },
  scim: {},
};

/** Credentials of one list, with what speaks against each. */
export function directoryRows(
  snapshot: Snapshot,
  system: string,
  credentials: readonly DirectoryCredential[],
): readonly CredentialRow[] {
  const { now } = snapshot;
  const policy = policyOf(snapshot);
  const [unused, old] = [new Set(unusedKeys(credentials, policy, now)), new Set(oldKeys(credentials, policy, now))];
  return credentials
    .map((one): CredentialRow => {
      const { name, kind, application, owners, scopes, createdAt, lastUsedAt, expiresAt } = one;
      return {
        system,
        kind,
        name,
        ...(application !== undefined && { application }),
        ...ownedBy(owners),
        scopes: scopes === null ? "everything" : (scopes ?? "unknown"),
        ...(createdAt !== undefined && { createdAt, age: daysSince(createdAt, now) }),
        ...(lastUsedAt !== undefined && { lastUsedAt, unused: daysSince(lastUsedAt, now) }),
        ...(expiresAt !== undefined && { expiresAt }),
        pushesScim: false,
        findings: [
          ...(unused.has(one) ? [`nobody used it for ${policy.credentials.unused} days`] : []),
          ...(old.has(one) ? [`older than ${policy.credentials.age} days`] : []),
          ...describeEnd(one, now),
          ...(one.isOrphaned === true ? ["its owner can no longer sign in"] : []),
          ...(owners?.length === 0 ? ["nobody is named as owner of its application"] : []),
        ],
      };
    })
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

function placeOf({ application = "", name }: CredentialRow): string {
  return `${application}\n${name}`;
}

function ownedBy(owners: readonly string[] | undefined): Pick<CredentialRow, "owner" | "ownerKind"> {
  if (owners === undefined) return {};
  return owners.length === 0 ? { ownerKind: "nobody" } : { owner: owners.join(", "), ownerKind: "person" };
}

/** The lists of a directory that are not known, with the reason and what would let them be read. */
export function directoryUnchecked(
  { name: system, type }: DirectoryConfig,
  inventory: DirectoryInventory | undefined,
): readonly Unchecked[] {
  return Object.entries(TAKES[type]).flatMap(([what, takes]): readonly Unchecked[] => {
    const list = inventory?.credentials?.lists.get(what);
    if (list?.state === "known") return [];
    // Where not even groups could be read, no further permission is what is missing.
    const broken = inventory?.groups.state === "unknown" ? inventory.groups.why.message : undefined;
    if (broken !== undefined) return [{ system, what, why: broken }];
    const why = list?.why.message;
    const remedy = `${takes} would let them be read`;
    if (why === undefined) return [{ system, what, why: remedy }];
    // A refusal may name the permission itself.
    const isNamed = why.includes(takes.split(" ").at(-1) ?? takes);
    return [{ system, what, why: isNamed ? why : `${why}; ${remedy}` }];
  });
}
