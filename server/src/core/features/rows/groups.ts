/** Rows of mapped groups, and of what one of them gives to whom. */

import { audienceSize, type ResolvedMapping } from "../../analysis/grants.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { sizeText } from "../../analysis/words.ts";
import { groupPage, rolePage, teamPage } from "../../model/adminPages.ts";
import type { Finding } from "../../model/finding.ts";
import type { Lookup } from "../../model/knowledge.ts";
import { indexBy } from "../../model/maps.ts";
import type { Source, Spot } from "../../model/text.ts";
import { privilegesOfBits } from "../support/privileges.ts";
import type { MappedGroup, Organization } from "./mapped.ts";
import { personRow } from "./people.ts";
import { privilegesOfRole } from "./roles.ts";
import { EMPTY, type Level, levelOf, placeOf, type Row, type Tone, type View } from "./row.ts";
import { worstOf } from "./tones.ts";

/** The mapped groups of an organization by name. */
export function groupsLevel(view: View, organization: Organization, filter: string): Level {
  const found = findingsBySource(view, organization);
  return levelOf(
    organization.groups,
    ({ name }) => name,
    (group) => groupRow(view.snapshot, organization, group, found),
    filter,
  );
}

function groupRow(
  snapshot: Snapshot,
  organization: Organization,
  group: MappedGroup,
  found: ReadonlyMap<Source, readonly Finding[]> = new Map(),
): Row {
  const [first] = group.mappings;
  const own = group.mappings.flatMap(({ mapping }) =>
    (found.get(mapping.source) ?? []).filter(
      ({ span }) => mapping.span.start <= span.start && span.start <= mapping.span.end,
    ),
  );
  const page = first.group?.answer === "present" && first.directory && groupPage(first.directory, first.group.item.id);
  const tone = worstOf(own) ?? toneOf(first.group);
  return {
    key: group.key,
    kind: "group",
    label: group.name,
    detail: detailOf(organization, group),
    tooltip: tooltipOf(group, own),
    name: group.key,
    opens: true,
    place: placeOf(snapshot, groupSpot(first)),
    ...(page ? { page } : {}),
    ...(tone ? { tone } : {}),
    ...(own.length > 0 ? { findings: own.length } : {}),
  };
}

function detailOf({ engine, target }: Organization, { key, mappings: [first, ...others] }: MappedGroup): string {
  const { group } = first;
  if (group?.answer === "absent") return `not in ${first.directory?.name ?? "the directory"}`;
  if (group?.answer === "ambiguous") return `${group.items.length} groups bear this name`;
  if (![first, ...others].some(({ inForce }) => inForce)) return "ended, grants nothing";
  const audience = audienceSize(first);
  const node = engine?.groups.get(key);
  const gives =
    !engine || !target || !node || node.facts.grantsGap !== undefined
      ? "roles not checked"
      : privilegesOfBits(engine, target, node.bits);
  return [audience ? sizeText(audience) : "people not checked", gives].filter(Boolean).join(" · ");
}

function tooltipOf({ name, mappings }: MappedGroup, found: readonly Finding[]): string {
  const [{ directory, group }] = mappings;
  const why = group?.answer === "unknown" ? [`not checked: ${group.why.message}`] : [];
  const places = mappings.length > 1 ? [`${mappings.length} mappings`] : [];
  const where = directory ? [`group in ${directory.name}`] : [];
  return [[name, ...where, ...places, ...why].join(", "), ...found.map(({ message }) => message)].join("\n");
}

/** What a group gives, each where it is written, and who is in it. */
export function groupLevel(view: View, organization: Organization, key: string): Level {
  const { snapshot } = view;
  const group = organization.groups.find((candidate) => candidate.key === key);
  if (!group) return EMPTY;
  const gives = group.mappings.flatMap((resolved, index) => grantRows(snapshot, organization, resolved, index));
  const node = organization.engine?.groups.get(key);
  const [first] = group.mappings;
  if (first.group?.answer === "absent") return { rows: gives, hidden: 0 };
  const audience = audienceSize(first);
  const why = first.members.state === "unknown" ? first.members.why.message : node?.facts.membersGap;
  const people: Row = {
    key: "people",
    kind: "people",
    label: "People",
    detail: audience ? sizeText(audience) : "not checked",
    ...(why === undefined ? {} : { tooltip: `not checked: ${why}`, tone: "unknown" }),
    ...(node && node.facts.members.size > 0 ? { opens: true } : {}),
  };
  return { rows: [...gives, people], hidden: 0 };
}

function grantRows(
  snapshot: Snapshot,
  { config, engine, target }: Organization,
  { mapping, roles, teams, inForce, until }: ResolvedMapping,
  index: number,
): readonly Row[] {
  const ended = inForce ? [] : [`ended ${until ?? ""}`.trim()];
  const at = (span: Spot["span"]) => placeOf(snapshot, { source: mapping.source, span });
  return [
    ...roles.map(({ ref, role, span, bundle }, order): Row => {
      const found = role.answer === "present" ? role.item : undefined;
      const held = found && engine && target ? [privilegesOfRole(engine, target, found.id)] : [];
      const page = found && rolePage(config, found.id);
      const tone = toneOf(role);
      return {
        key: `role ${index} ${order}`,
        kind: "role",
        label: found?.name ?? ref.name ?? ref.id ?? "",
        detail: ["role", ...held, ...stateOf(role, config.name), ...via(bundle), ...ended].filter(Boolean).join(" · "),
        place: at(span),
        ...(page ? { page } : {}),
        ...(tone ? { tone } : {}),
      };
    }),
    ...teams.map(({ handle, team, span, bundle }, order): Row => {
      const page = team.answer === "present" && teamPage(config, team.item.id);
      const tone = toneOf(team);
      return {
        key: `team ${index} ${order}`,
        kind: "team",
        label: handle,
        detail: ["team", ...stateOf(team, config.name), ...via(bundle), ...ended].join(" · "),
        place: at(span),
        ...(page ? { page } : {}),
        ...(tone ? { tone } : {}),
      };
    }),
  ];
}

function via(bundle: { readonly name: { readonly value: string } } | undefined): readonly string[] {
  return bundle ? [`through bundle ${bundle.name.value}`] : [];
}

/** Active members of a mapped group by name; `key` is the group's in the engine. */
export function membersLevel(organization: Organization, key: string, filter: string): Level {
  const { engine } = organization;
  const members = [...(engine?.groups.get(key)?.facts.members ?? [])].flatMap((person) => {
    const facts = engine?.relation.people.get(person);
    return facts ? [{ person, facts }] : [];
  });
  members.sort((one, other) => (one.facts.name < other.facts.name ? -1 : 1));
  return levelOf(
    members,
    ({ facts }) => facts.name,
    ({ person }) => personRow(organization, person),
    filter,
  );
}

/** What keeps a name from being one live thing, in words; empty where nothing does. */
export function stateOf(lookup: Lookup<unknown>, system: string): readonly string[] {
  if (lookup.answer === "absent") return [`not in ${system}`];
  if (lookup.answer === "ambiguous") return [`${lookup.items.length} bear this name`];
  return lookup.answer === "unknown" ? ["not checked"] : [];
}

/** What is missing is an error, as in the file; what could not be read is none. */
export function toneOf(lookup: Lookup<unknown> | undefined): Tone | undefined {
  if (lookup?.answer === "absent" || lookup?.answer === "ambiguous") return "error";
  return lookup?.answer === "unknown" ? "unknown" : undefined;
}

function groupSpot({ mapping }: ResolvedMapping): Spot {
  return { source: mapping.source, span: mapping.group?.span ?? mapping.span };
}

function findingsBySource(view: View, { files }: Organization): ReadonlyMap<Source, readonly Finding[]> {
  return indexBy(
    [...files].flatMap((file) => view.findingsOf(file)),
    ({ source }) => source,
  );
}
