/**
 * What leads on from a role or a team besides its permissions: linked roles and stored connections, which accessmap.yaml
 * declares because no API tells them, and keys with scopes, as Datadog lists them.
 */

import { gapOf, itemsOf } from "../../model/knowledge.ts";
import type { LinkedRoles, OrganizationConfig } from "../../model/project.ts";
import type { Credential, TargetInventory } from "../../model/target.ts";
import { memo, memoOf } from "../memo.ts";
import { rolesByName } from "../resolve.ts";
import { fold, inQuotes } from "../words.ts";
import type { Links, ScopedKey } from "./relation.ts";

export interface LinkedIds {
  /** Ids of the roles linked to each team, by handle. */
  readonly teams: ReadonlyMap<string, readonly string[]>;
  readonly links: Links;
}

/** The same objects while organization and inventory are the same, which is how the engine sees that nothing changed. */
export function linksOf(target: TargetInventory, organization: OrganizationConfig): LinkedIds {
  return memoOf(target, organization, computeLinks);
}

function computeLinks(target: TargetInventory, { linked, name }: OrganizationConfig): LinkedIds {
  const teams = idsOf(target, linked.teams);
  return {
    teams,
    links: {
      connections: idsOf(target, linked.connections),
      openTeams: new Set([...itemsOf(target.teams).values()].filter(isOpen).map(({ handle }) => handle)),
      scopedKeys: scopedKeysOf(target),
      gaps: [
        ...(linked.teams.length === 0
          ? [`roles linked to teams: no API tells them, and none is declared for ${name}`]
          : []),
        ...(linked.connections.length === 0
          ? [`what stored connections may do: no API tells it, and none is declared for ${name}`]
          : []),
        ...keyGap(target),
      ],
    },
  };
}

function isOpen({ open, managed }: { readonly open?: boolean; readonly managed: boolean }): boolean {
  return open === true && !managed;
}

/** A linked role comes by membership, whoever gave it. */
export function linkedTeamGap(teams: LinkedIds["teams"]): string | undefined {
  if (teams.size === 0) return undefined;
  return `who is in linked teams (${fold([...teams.keys()])}) by other ways than mappings is not read`;
}

/** Role names that are not, or not only once, in the organization stand for nothing. */
function idsOf(target: TargetInventory, linked: readonly LinkedRoles[]): ReadonlyMap<string, readonly string[]> {
  const byName = memo(target, rolesByName);
  return new Map(
    linked.map(({ name, roles }) => [
      name,
      roles.flatMap(({ value }) => {
        const [role, ...others] = byName.get(value) ?? [];
        return role && others.length === 0 ? [role.id] : [];
      }),
    ]),
  );
}

function scopedKeysOf({ credentials }: TargetInventory): readonly ScopedKey[] {
  return listed(credentials).flatMap(({ name, ownerId, scopes, last4 }) =>
    scopes && ownerId !== undefined
      ? [{ name: last4 === undefined ? inQuotes(name) : `${inQuotes(name)} (…${last4})`, owner: `account ${ownerId}` }]
      : [],
  );
}

function listed(credentials: TargetInventory["credentials"]): readonly Credential[] {
  return credentials ? [...itemsOf(credentials.applicationKeys).values()] : [];
}

function keyGap({ credentials }: TargetInventory): readonly string[] {
  if (!credentials) return ["application keys: not read"];
  const gap = gapOf(credentials.applicationKeys);
  return gap ? [`application keys: ${gap.message}`] : [];
}
