/** A snapshot as the relations of its organizations: the one place where the engine meets mappings, accounts and inventories. */

import { fitted } from "../../model/fitted.ts";
import { gapOf, itemsOf, type Knowledge } from "../../model/knowledge.ts";
import type { Lock } from "../../model/lock.ts";
import { optional } from "../../model/optional.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { Role, TargetInventory } from "../../model/target.ts";
import { groupKeyOf } from "../checking/circles.ts";
import { groupName, mappingsOf, type ResolvedMapping } from "../grants.ts";
import { managedBy } from "../managed.ts";
import { memo, memoOf } from "../memo.ts";
import type { MappedOrganization } from "../rule.ts";
import type { Snapshot } from "../snapshot.ts";
import { countOf, inQuotes } from "../words.ts";
import { accountPeople, audience } from "./audience.ts";
import { doorOf } from "./doors.ts";
import { type Engine, engineFor } from "./engine.ts";
import { linkedTeamGap, linksOf } from "./links.ts";
import type { GroupFacts, MappedGrant, PersonFacts, Relation, RoleFacts } from "./relation.ts";
import { vocabularyOf } from "./vocabulary.ts";

/** Access in an organization once the files are pushed; undefined while nothing is known of the organization. */
export function engineOf(snapshot: Snapshot, organization: OrganizationConfig): Engine | undefined {
  return engineOfMapped(memoOf(snapshot, organization, mappedIn), snapshot.lock);
}

function mappedIn(snapshot: Snapshot, organization: OrganizationConfig): MappedParts {
  const { name } = organization;
  return { organization, target: snapshot.targets.get(name), mappings: mappingsOf(snapshot, name) };
}

/** The same for rules, which are given what is mapped in one organization. */
export function engineOfMapped(mapped: MappedParts, lock: Lock): Engine | undefined {
  if (!mapped.target) return undefined;
  const own = memo(mapped, newSlot);
  own.engine ??= follow(mapped.target, relationOf(mapped, mapped.target, lock));
  return own.engine;
}

/** What accounts hold, whatever is mapped: from here on ways lead the same for every group. */
export function unmappedEngineOf(target: TargetInventory, organization: OrganizationConfig): Engine {
  return memoOf(target, organization, engineWithoutMappings);
}

function engineWithoutMappings(target: TargetInventory, organization: OrganizationConfig): Engine {
  const { teams, links } = linksOf(target, organization);
  const [people, roles] = [memo(target, accountPeople), memo(target, rolesOf)];
  return engineFor({ vocabulary: vocabularyOf(target), groups: new Map(), people, roles, teams, links });
}

/** What of an organization's mappings the engine looks at. */
export type MappedParts = Pick<MappedOrganization, "organization" | "target" | "mappings">;

/** Keeps the last engine of an inventory, so that a keystroke costs its difference. Answers never depend on it. */
function follow(target: TargetInventory, relation: Relation): Engine {
  const last = memo(target, newSlot);
  last.engine = engineFor(relation, last.engine);
  return last.engine;
}

function newSlot(): { engine?: Engine } {
  return {};
}

function relationOf({ organization, mappings }: MappedParts, target: TargetInventory, lock: Lock): Relation {
  const inForce = mappings.filter((resolved) => resolved.inForce && resolved.mapping.group);
  const stray = mappings.find((resolved) => resolved.inForce && resolved.isMisread && !resolved.mapping.group);
  const isAdopted = lock.organizations.get(organization.name)?.adopted === true;
  const takesBack = isAdopted && organization.push.roles !== "off";
  const leaving = takesBack ? managedBy(mappings, lock, organization.name).roles : NOTHING;
  const staying = organization.push.users === "off" && organization.push.roles !== "saml";
  const { teams, links } = linksOf(target, organization);
  const peopleGap = gapText(`accounts of ${organization.name}`, target.accounts) ?? linkedTeamGap(teams);
  return {
    vocabulary: vocabularyOf(target),
    groups: groupsOf(inForce, target),
    people: peopleOf(target, inForce, { roles: leaving, butNotAll: staying }),
    roles: memo(target, rolesOf),
    teams,
    links,
    ...optional("peopleGap", peopleGap),
    ...optional("strayGap", stray && `an entry of ${inQuotes(stray.file.file)} names no group`),
  };
}

const NOTHING: ReadonlySet<string> = new Set();

function rolesOf(target: TargetInventory): ReadonlyMap<string, RoleFacts> {
  return new Map([...itemsOf(target.roles)].map(([id, role]) => [id, toRoleFacts(role)]));
}

function toRoleFacts({ id, name, permissions, receivesFrom, unresolved }: Role): RoleFacts {
  const gap = `role ${inQuotes(name)} has ${countOf(unresolved, "permission")} that no list explains`;
  return { id, name, permissions, receivesFrom, ...(unresolved === 0 ? {} : { gap }) };
}

function groupsOf(mappings: readonly ResolvedMapping[], target: TargetInventory): ReadonlyMap<string, GroupFacts> {
  const groups = new Map<string, GroupFacts>();
  for (const resolved of mappings) {
    const key = groupKeyOf(resolved) ?? "";
    const known = groups.get(key);
    const name = groupName(resolved);
    const { grants, gap } = grantsOf(resolved, name);
    const grantsGap = known?.grantsGap ?? gap;
    if (known) groups.set(key, { ...known, grants: [...known.grants, ...grants], ...optional("grantsGap", grantsGap) });
    else {
      const audience = audienceOf(resolved, target, name);
      groups.set(key, { name, grants, ...audience, ...optional("grantsGap", grantsGap), ...doorOf(resolved) });
    }
  }
  return groups;
}

/** What is absent or ambiguous gives nothing; what could not be looked up or read may give anything. */
function grantsOf({ roles, teams, unknownBundles, isMisread, mapping }: ResolvedMapping, name: string) {
  const grants: MappedGrant[] = [];
  let gap = isMisread ? `a mapping of ${inQuotes(name)} has an error in its form` : undefined;
  for (const { value } of unknownBundles) gap ??= `bundle ${inQuotes(value)} of ${inQuotes(name)} does not exist`;
  for (const { role, ref, span } of roles) {
    if (role.answer === "present")
      grants.push({ kind: "role", role: role.item.id, spot: { source: mapping.source, span } });
    if (role.answer === "unknown")
      gap ??= `role ${inQuotes(ref.name ?? ref.id ?? "")} of ${inQuotes(name)} not checked: ${role.why.message}`;
  }
  for (const { handle, span } of teams)
    grants.push({ kind: "team", team: handle, spot: { source: mapping.source, span } });
  return { grants: fitted(grants), gap };
}

function audienceOf({ members, group }: ResolvedMapping, target: TargetInventory, name: string) {
  if (group?.answer === "absent" || group?.answer === "ambiguous") return { members: NOTHING };
  const { keys, unjudged } = audience(target, members);
  const gap = gapText(`members of ${inQuotes(name)}`, members);
  const doubt =
    unjudged === 0
      ? undefined
      : `the directory does not say whether ${countOf(unjudged, "person", "people")} of ${inQuotes(name)} can sign in`;
  return { members: keys, ...optional("membersGap", gap ?? doubt) };
}

interface Leaving {
  /** Ids of roles that go with the next push where no mapping gives them. */
  readonly roles: ReadonlySet<string>;
  /** A set of roles that would be empty is not written, and whose it is keeps all. */
  readonly butNotAll: boolean;
}

/** No push changes a service account. */
function peopleOf(
  target: TargetInventory,
  mappings: readonly ResolvedMapping[],
  leaving: Leaving,
): ReadonlyMap<string, PersonFacts> {
  const people = new Map(memo(target, accountPeople));
  const left = new Map<string, PersonFacts>();
  for (const [key, facts] of leaving.roles.size > 0 ? people : [])
    if (facts.kind === "person" && facts.outside.some((id) => leaving.roles.has(id)))
      left.set(key, { ...facts, outside: facts.outside.filter((id) => !leaving.roles.has(id)) });
  const keeping = leaving.butNotAll ? withoutRole(target, mappings, left) : NOTHING;
  for (const [key, facts] of left) if (!keeping.has(key)) people.set(key, facts);
  for (const { members } of mappings)
    for (const [key, facts] of audience(target, members).strangers) people.set(key, facts);
  return people;
}

/** Who would hold no role at all: none outside the files, and none from a mapping. */
function withoutRole(
  target: TargetInventory,
  mappings: readonly ResolvedMapping[],
  left: ReadonlyMap<string, PersonFacts>,
): ReadonlySet<string> {
  const bare = new Set([...left].flatMap(([key, { outside }]) => (outside.length === 0 ? [key] : [])));
  for (const { members, roles } of mappings) {
    if (bare.size === 0) break;
    if (!roles.some(({ role }) => role.answer === "present" || role.answer === "unknown")) continue;
    for (const key of audience(target, members).keys) bare.delete(key);
  }
  return bare;
}

/** `roles of prod not known: …`; undefined when they are known completely. */
export function gapText<T>(what: string, knowledge: Knowledge<T>): string | undefined {
  const gap = gapOf(knowledge);
  return gap && `${what} not known${knowledge.state === "known" ? " completely" : ""}: ${gap.message}`;
}
