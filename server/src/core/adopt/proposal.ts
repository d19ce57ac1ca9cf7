/** What mapping files should say besides what they say already, and what cannot be said in them. Sources of all kinds end here. */

import { indexBy } from "../model/maps.ts";
import { compareText } from "../model/order.ts";

/** A group as a mapping would write it: by name, or by the directory's id where no name is known. */
export interface GroupName {
  /** Name in accessmap.yaml; empty where the project has none that could be meant. */
  readonly directory: string;
  readonly by: "name" | "id";
  readonly text: string;
}

/** A role by name, by id or by both. `isPinned`: the name alone would not say which role is meant. */
export interface RoleName {
  readonly name?: string;
  readonly id?: string;
  readonly isPinned?: true;
}

/** What one group should hold. `comments` say how that is known, and are written above a new entry. */
export interface ProposedMapping {
  readonly group: GroupName;
  readonly roles: readonly RoleName[];
  readonly teams: readonly string[];
  readonly reason?: string;
  readonly owner?: string;
  readonly until?: string;
  readonly comments: readonly string[];
}

/** Something that is live and that no mapping explains, or that could not be read; for people. */
export interface Note {
  /** One sentence, without a full stop at its end. */
  readonly text: string;
  /** An entry that would explain a part of it, as lines of YAML: proposed, not written. */
  readonly proposal?: readonly string[];
}

export interface Proposal {
  readonly organization: string;
  /** One a group, in the order of their names. */
  readonly mappings: readonly ProposedMapping[];
  readonly notes: readonly Note[];
}

/** A single grant and how it is known; `comment` is left out where the source says so itself. */
export interface Evidence {
  readonly group: GroupName;
  readonly grants: { readonly role: RoleName } | { readonly team: string };
  readonly comment?: string;
}

/** Grants by group, sorted, each once. */
export function gather(evidence: readonly Evidence[]): readonly ProposedMapping[] {
  return [...indexBy(evidence, ({ group }) => keyOf(group))]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, grants]) => ({
      group: (grants[0] as Evidence).group,
      roles: uniqueRoles(grants.flatMap(({ grants: given }) => ("role" in given ? [given.role] : []))),
      teams: [...new Set(grants.flatMap(({ grants: given }) => ("team" in given ? [given.team] : [])))].sort(),
      comments: [...new Set(grants.flatMap(({ comment }) => (comment === undefined ? [] : [comment])))],
    }));
}

/** Same key, same group. */
export function keyOf({ directory, by, text }: GroupName): string {
  return `${text}\n${by}\n${directory}`;
}

function uniqueRoles(roles: readonly RoleName[]): readonly RoleName[] {
  const unique = new Map(roles.map((role) => [role.id ?? `\n${role.name}`, role]));
  return [...unique.values()].sort((a, b) => compareText(label(a), label(b)));
}

function label({ name, id }: RoleName): string {
  return name ?? id ?? "";
}
