/** What effective access is computed from: one organization as a relation of groups, people, roles, teams and permissions. */

import type { Spot } from "../../model/text.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Something a mapping gives to a group. `spot` is where the files say so. */
export type MappedGrant =
  | { readonly kind: "role"; readonly role: string; readonly spot?: Spot }
  | { readonly kind: "team"; readonly team: string; readonly spot?: Spot };

/** A mapped group with what it gives and to whom. Nested, dynamic and derived members are members like all others. */
export interface GroupFacts {
  readonly name: string;
  readonly grants: readonly MappedGrant[];
  /** Active members by the key of `Relation.people`, which has all of them. */
  readonly members: ReadonlySet<string>;
  /** Why there may be more members. */
  readonly membersGap?: string;
  /** Why the group may give more than `grants` say. */
  readonly grantsGap?: string;
  /** Name of the directory that it is in. */
  readonly directory?: string;
  /** How anybody in the directory becomes a member without being asked. */
  readonly door?: Door;
}

export interface Door {
  /** What they do, e.g. `may join "sg-x"`. */
  readonly text: string;
  /** What shuts it, e.g. `make "sg-x" private`. */
  readonly edit: string;
}

export interface RoleFacts {
  readonly id: string;
  readonly name: string;
  /** As the organization lists them; what they include is added by the engine. */
  readonly permissions: readonly string[];
  /** Why the role may permit more. */
  readonly gap?: string;
  /** Names of managed roles whose new permissions flow into this one: what it permits today is in `permissions`. */
  readonly receivesFrom: readonly string[];
}

/** A person or service account, with the roles held in the organization whatever the files say. */
export interface PersonFacts {
  /** Login, lower case; of a service account what it is called. */
  readonly name: string;
  /** Where it is another text than the login. */
  readonly email?: string;
  readonly kind: "person" | "service";
  /** Role ids, sorted, each once. */
  readonly outside: readonly string[];
  /** Why there may be more of them. */
  readonly outsideGap?: string;
}

export interface Relation {
  readonly vocabulary: Vocabulary;
  readonly groups: ReadonlyMap<string, GroupFacts>;
  readonly people: ReadonlyMap<string, PersonFacts>;
  /** Roles by id. A grant of a role that is missing here gives nothing that is known. */
  readonly roles: ReadonlyMap<string, RoleFacts>;
  /** Ids of the roles linked to a team, by handle: its members hold them too. */
  readonly teams: ReadonlyMap<string, readonly string[]>;
  /** Ways that no grant shows. */
  readonly links?: Links;
  /** Why there may be people, or roles held outside the files, that this relation does not have. */
  readonly peopleGap?: string;
  /** Why any group may give more: an entry that gives something to nobody knows whom. */
  readonly strayGap?: string;
}

/** What leads on from what somebody holds. */
export interface Links {
  /** Ids of the roles that a stored connection acts with, by its name. */
  readonly connections: ReadonlyMap<string, readonly string[]>;
  /** Handles of teams that anybody in the organization may join. */
  readonly openTeams: ReadonlySet<string>;
  readonly scopedKeys: readonly ScopedKey[];
  /** What these do not know. */
  readonly gaps: readonly string[];
}

/** A key that permits less than its owner may do. */
export interface ScopedKey {
  /** As people know it, in quotes. */
  readonly name: string;
  /** Key of `Relation.people`. */
  readonly owner: string;
}
