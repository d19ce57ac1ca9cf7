/** The live things that a mapping names at a place, in words: found, missing, or not known. */

import { audienceSize, type ResolvedMapping } from "../../analysis/grants.ts";
import { inQuotes, sizeText } from "../../analysis/words.ts";
import type { Lookup } from "../../model/knowledge.ts";
import type { Span } from "../../model/text.ts";

export interface NamedThing {
  readonly kind: "group" | "role" | "team";
  /** Directory or organization. */
  readonly system: string;
  readonly name: string;
  readonly id?: string;
  readonly text: string;
}

/** The group, and the roles and teams at the place, or all of them when it is about the whole mapping. */
export function namedAt(resolved: ResolvedMapping, place: Span): readonly NamedThing[] {
  const { mapping, group, directory, organization, roles, teams } = resolved;
  const touches = ({ span }: { readonly span: Span }) => span.start <= place.end && place.start <= span.end;
  const [touchedRoles, touchedTeams] = [roles.filter(touches), teams.filter(touches)];
  const isAboutGroup = mapping.group !== undefined && touches(mapping.group) && place.end <= mapping.group.span.end;
  const isAboutAll = !isAboutGroup && touchedRoles.length + touchedTeams.length === 0;
  const system = organization?.name ?? "";
  return [
    ...(group && mapping.group
      ? [named("group", directory?.name ?? "", mapping.group.text, group, audienceText(resolved))]
      : []),
    ...(isAboutAll ? roles : touchedRoles).map(({ ref, role }) =>
      named(
        "role",
        system,
        ref.name ?? ref.id ?? "",
        role,
        role.answer === "present" ? permissionsText(role.item) : "",
      ),
    ),
    ...(isAboutAll ? teams : touchedTeams).map(({ handle, team }) => named("team", system, handle, team, "")),
  ];
}

function named(
  kind: NamedThing["kind"],
  system: string,
  name: string,
  lookup: Lookup<{ readonly id: string }>,
  more: string,
): NamedThing {
  const id = lookup.answer === "present" ? lookup.item.id : undefined;
  const state = {
    present: `has id ${id}${more === "" ? "" : `, ${more}`}`,
    absent: `is not in ${system}`,
    ambiguous: `is the name of several in ${system}`,
    unknown: "is not known",
  }[lookup.answer];
  const why = lookup.answer === "unknown" ? `: ${lookup.why.message}` : "";
  return { kind, system, name, text: `${kind} ${inQuotes(name)} ${state}${why}`, ...(id === undefined ? {} : { id }) };
}

function audienceText(resolved: ResolvedMapping): string {
  const audience = audienceSize(resolved);
  return audience ? sizeText(audience) : "members not read";
}

function permissionsText({ permissions }: { readonly permissions: readonly string[] }): string {
  return `${permissions.length} permissions`;
}
