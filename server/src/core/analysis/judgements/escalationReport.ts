/** Escalations as findings: the way in words, the fewest edits that end it, and the edit of the files where there is one. */

import type { SourceFix } from "../../model/finding.ts";
import { indexBy } from "../../model/maps.ts";
import type { Source, Spot } from "../../model/text.ts";
import { has } from "../engine/bits.ts";
import type { Engine, GroupNode } from "../engine/engine.ts";
import { hasWayFrom, isOpenlyAdministrator, ownCutFor, ownEscalationOf } from "../engine/escalation.ts";
import { type Turn, turnOf } from "../engine/escalationSteps.ts";
import { engineOfMapped, unmappedEngineOf } from "../engine/fromSnapshot.ts";
import type { HeldRole, ResolvedMapping } from "../grants.ts";
import { memo } from "../memo.ts";
import type { MappedOrganization, Report } from "../rule.ts";
import { inQuotes, oldest } from "../words.ts";
import type { World } from "../world.ts";
import { policyOf } from "../world.ts";
import { remove } from "./fixes.ts";
import { tooManyAdmins } from "./privilege.ts";

/**
 * One report for each group that comes to an administrator's power by a way of this kind and not openly. Groups that are
 * too large for an administrator's role are left to priv/admin-broad-group.
 */
export function hiddenWays(mapped: MappedOrganization, world: World, turn: Turn): readonly (Report & Spot)[] {
  const engine = engineOfMapped(mapped, world.lock);
  if (!engine) return [];
  const roles = mapped.target?.roles;
  const age = oldest(roles?.state === "known" ? roles.asOf : undefined);
  return [...engine.groups.values()].flatMap((group) => {
    const way = isOpenlyAdministrator(engine, group) ? undefined : ownEscalationOf(engine, group);
    const spot = way?.[0]?.edit?.grant?.spot;
    if (!way || !spot || turnOf(way) !== turn) return [];
    const there = memo(mapped, bySource).get(spot.source) ?? [];
    if (isBroad(there, spot, world)) return [];
    const cut = ownCutFor(engine, [group]);
    const remedy = cut?.map(({ edit }) => edit?.text).join(", and ");
    const steps = way.slice(1).map(({ text }) => text);
    const message = `${inQuotes(group.facts.name)} leads to an administrator's power: ${steps.join("; ")}${remedy ? `. To end it, ${remedy}` : ""}`;
    return [{ ...spot, message, fixes: fixesAt(there, spot), ...age }];
  });
}

/** What a group's people do with a connection, as far as its own grants tell. */
export interface ThroughConnection {
  /** Names of groups. */
  readonly groups: readonly string[];
  /** Names of the roles by which they may use it. */
  readonly through: readonly string[];
  /** Permissions of theirs that start an action. */
  readonly starting: readonly string[];
  /** The fewest edits that end it for all. */
  readonly remedy: string | undefined;
}

/** Groups that come to an administrator's power by a connection first, and may start an action that uses it. */
export function groupsThrough(mapped: MappedOrganization, world: World, connection: string): ThroughConnection {
  const engine = engineOfMapped(mapped, world.lock);
  const ways = [...(engine?.groups.values() ?? [])].flatMap((group) => {
    const way = engine && !isOpenlyAdministrator(engine, group) ? ownEscalationOf(engine, group) : undefined;
    const isThis = way && turnOf(way) === "connection" && way.some(({ to }) => to === `connection ${connection}`);
    const starting = engine && isThis ? startingIn(engine, group) : [];
    return isThis && starting.length > 0 ? [{ group, way, starting }] : [];
  });
  const roles = ways.flatMap(({ way }) => {
    const id = way.find(({ to }) => to.startsWith("permission "))?.from.slice("role ".length) ?? "";
    return engine?.relation.roles.get(id)?.name ?? [];
  });
  const cut =
    engine &&
    ownCutFor(
      engine,
      ways.map(({ group }) => group),
    );
  return {
    groups: ways.map(({ group }) => group.facts.name),
    through: [...new Set(roles)],
    starting: [...new Set(ways.flatMap(({ starting }) => starting))],
    remedy: cut?.map(({ edit }) => edit?.text).join(", and "),
  };
}

/** Permissions by which a person runs or builds what performs actions. (2026-09) */
const STARTING = [
  "workflows_run",
  "workflows_write",
  "apps_run",
  "apps_write",
  "actions_interface_run",
  "agent_builder_run",
  "agent_builder_write",
];

function startingIn({ relation: { vocabulary } }: Engine, { bits }: GroupNode): readonly string[] {
  return STARTING.filter((name) => {
    const index = vocabulary.indexes.get(name);
    return index !== undefined && has(bits, index);
  });
}

/** True when the ways that make a role an administrator's are known one by one, so that `hiddenWays` tells them. */
export function hasKnownWay(
  { target }: HeldRole,
  { organization }: ResolvedMapping,
  names: readonly string[],
): boolean {
  if (!organization) return false;
  const engine = unmappedEngineOf(target, organization);
  return names.every((name) => WAYS.has(name)) && names.some((name) => hasWayFrom(engine, name));
}

/** Permissions that lead on only where there is somebody to act as. */
const WAYS: ReadonlySet<string> = new Set(["service_account_write", "org_app_keys_write"]);

function isBroad(mappings: readonly ResolvedMapping[], { span }: Spot, world: World): boolean {
  return mappings.some((resolved) =>
    resolved.held.some(
      (held) => held.span.start === span.start && tooManyAdmins(resolved, held, policyOf(world)) !== undefined,
    ),
  );
}

/** What a bundle brings cannot be taken out at the mapping. */
function fixesAt(mappings: readonly ResolvedMapping[], { source, span }: Spot): readonly SourceFix[] {
  if (mappings.some(({ mapping }) => mapping.roles.some((ref) => ref.span.start === span.start)))
    return remove(source, "Remove this role", span);
  return mappings.some(({ mapping }) => mapping.teams.some((ref) => ref.span.start === span.start))
    ? remove(source, "Remove this team", span)
    : [];
}

/** Mappings by what their spans count in: of thousands, a way begins in one. */
function bySource({ mappings }: MappedOrganization): ReadonlyMap<Source, readonly ResolvedMapping[]> {
  return indexBy(mappings, ({ mapping }) => mapping.source);
}
