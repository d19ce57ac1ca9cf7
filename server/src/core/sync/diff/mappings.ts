/** AuthN mappings: what the files come to against what stands in Datadog, in as few requests as it takes. */

import { resolveTeam } from "../../analysis/resolve.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { compareText } from "../../model/order.ts";
import type { AuthnMapping } from "../../model/target.ts";
import { isContent } from "../apply/mappings.ts";
import { NOT_ADOPTED } from "../causes.ts";
import type { Desired, WantedMapping } from "../desire/desired.ts";
import { readingGap } from "../desire/gaps.ts";
import { holdThing } from "../holding.ts";
import type { Cause, DeleteMapping, HeldBack, MappingChange, MappingContent } from "../plan.ts";
import { describeMapping } from "../render/describeChange.ts";

export interface MappingDiff {
  readonly changes: readonly MappingChange[];
  readonly heldBack: readonly HeldBack[];
}

/** For the parts of an organization whose push path is `saml`. */
export function diffMappings(desired: Desired): MappingDiff {
  const { target, snapshot, organization } = desired;
  const kinds = (["role", "team"] as const).filter((kind) => pathOf(desired, kind) === "saml");
  if (kinds.length === 0) return { changes: [], heldBack: [] };
  const obstacle =
    organization.attribute === undefined
      ? `organizations.${organization.name}.attribute is not set, and nothing else says which SAML attribute mappings look at`
      : readingGap("AuthN mappings", target.mappings, snapshot);
  if (obstacle) return { changes: [], heldBack: [holdThing("AuthN mappings", obstacle)] };
  const wanted = distinct(desired.mappings);
  const live = [...itemsOf(target.mappings).values()];
  const held: HeldBack[] = kinds.includes("team") ? missingTeams(desired) : [];
  const missing = wanted.filter(({ content }) => !live.some((mapping) => isContent(mapping, content)));
  const creates = missing.filter(({ content, gap, because }) => {
    if (gap !== undefined) held.push(holdThing(`mapping ${describeMapping(content)}`, gap, because));
    return gap === undefined;
  });
  const deletes = leftovers(desired, kinds, wanted).flatMap((leftover) => {
    const why = reasonToKeep(desired, leftover.mapping.gives);
    if (why === undefined) return [leftover];
    held.push(holdThing(`mapping ${describeMapping(leftover.mapping)} stays`, why));
    return [];
  });
  return { changes: pairUp(creates, deletes), heldBack: held };
}

function pathOf({ organization: { push } }: Desired, kind: "role" | "team") {
  return kind === "role" ? push.roles : push.teams;
}

/**
 * Mappings of our attribute that give what this project manages and that no file asks for, and copies of those that one
 * does: Datadog is not known to refuse a second one of the same kind. (2026-09) Mappings of other attributes are left
 * alone, because nothing here can tell whom they reach.
 */
function leftovers(
  desired: Desired,
  kinds: readonly ("role" | "team")[],
  wanted: readonly WantedMapping[],
): readonly DeleteMapping[] {
  const seen = new Set<string>();
  return [...itemsOf(desired.target.mappings).values()]
    .sort((a, b) => compareText(a.id, b.id))
    .flatMap((mapping): DeleteMapping[] => {
      const content = ownContent(desired, mapping);
      if (!content || !kinds.includes(content.gives.kind)) return [];
      const isCopy = seen.has(keyOfContent(content));
      seen.add(keyOfContent(content));
      const isWanted = wanted.some((item) => isContent(mapping, item.content));
      if (isWanted && !isCopy) return [];
      const text = isWanted ? "it is there twice" : "no mapping file asks for it";
      return [{ action: "delete-mapping", id: mapping.id, mapping: content, because: { text } }];
    });
}

/** A live mapping in the words of a plan, when it has our attribute and gives a role or team that we manage. */
export function ownContent(desired: Desired, { key, value, grants }: AuthnMapping): MappingContent | undefined {
  const { target, managed, organization } = desired;
  if (key !== organization.attribute?.value) return undefined;
  if ("roleId" in grants) {
    const { roleId: id } = grants;
    const name = itemsOf(target.roles).get(id)?.name ?? id;
    return managed.roles.has(id) ? { key, value, gives: { kind: "role", id, name } } : undefined;
  }
  const team = itemsOf(target.teams).get(grants.teamId);
  if (!team || !managed.teams.has(team.handle)) return undefined;
  return { key, value, gives: { kind: "team", id: team.id, name: team.handle } };
}

function reasonToKeep({ adopted, gaps }: Desired, { kind, id, name }: MappingContent["gives"]): string | undefined {
  if (!adopted) return NOT_ADOPTED;
  return gaps.all ?? (kind === "role" ? gaps.roles.get(id) : gaps.teams.get(name));
}

/** A mapping that goes and one that comes, alike in group or in what they give, are one request instead of three. */
function pairUp(creates: readonly WantedMapping[], deletes: readonly DeleteMapping[]): readonly MappingChange[] {
  const open = new Set(deletes);
  const partnerOf = (content: MappingContent) =>
    [...open].find(({ mapping }) => mapping.value === content.value && mapping.gives.kind === content.gives.kind) ??
    [...open].find(({ mapping }) => mapping.gives.id === content.gives.id);
  const written = creates.map(({ content, because }): MappingChange => {
    const partner = partnerOf(content);
    if (!partner) return { action: "create-mapping", mapping: content, because };
    open.delete(partner);
    return { action: "update-mapping", id: partner.id, before: partner.mapping, after: content, because };
  });
  return [...written, ...open];
}

function missingTeams({ target, organization, givers }: Desired): HeldBack[] {
  const asked = new Map<string, Cause>();
  for (const [key, [giver]] of givers) {
    const handle = /^team (\S+) $/.exec(key)?.[1];
    if (handle !== undefined && giver) asked.set(handle, giver.because);
  }
  return [...asked].flatMap(([handle, because]) => {
    const found = resolveTeam(target, handle, organization.name);
    const why =
      found.answer === "absent"
        ? "there is no such team, and a mapping needs one; create it in Datadog"
        : found.answer === "unknown"
          ? `it could not be looked up: ${found.why.message}`
          : found.answer === "ambiguous"
            ? `${organization.name} has several teams with this handle`
            : undefined;
    return why === undefined ? [] : [holdThing(`team ${handle}`, why, because)];
  });
}

/** The first mapping that asks stays; one that may be created wins over one that may not. */
function distinct(wanted: readonly WantedMapping[]): readonly WantedMapping[] {
  const byKey = new Map<string, WantedMapping>();
  for (const item of wanted) {
    const known = byKey.get(keyOfContent(item.content));
    if (!known || (known.gap !== undefined && item.gap === undefined)) byKey.set(keyOfContent(item.content), item);
  }
  return [...byKey.values()];
}

/** The same text for mappings that say the same. */
export function keyOfContent({ key, value, gives }: MappingContent): string {
  return JSON.stringify([key, value, gives.kind, gives.id]);
}
