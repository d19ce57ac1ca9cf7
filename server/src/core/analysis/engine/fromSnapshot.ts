/** A snapshot as the worlds of its organizations: the one place where the engine meets mappings, accounts and inventories. */

import type { Principal } from "../../model/directory.ts";
import { gapOf, itemsOf, type Knowledge } from "../../model/knowledge.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { Account, Role, TargetInventory } from "../../model/target.ts";
import { accountsOf } from "../accounts.ts";
import { mappingsOf, type ResolvedMapping } from "../grants.ts";
import { managedOf } from "../managed.ts";
import { memo, type Snapshot } from "../snapshot.ts";
import { peopleOf as countOf, inQuotes } from "../words.ts";
import { type Engine, engineFor } from "./engine.ts";
import { vocabularyOf } from "./vocabulary.ts";
import type { Grant, GroupFacts, PersonFacts, RoleFacts, World } from "./world.ts";

/** Access in an organization once the files are pushed; undefined while nothing is known of the organization. */
export function engineOf(snapshot: Snapshot, organization: OrganizationConfig): Engine | undefined {
  const target = snapshot.targets.get(organization.name);
  if (!target) return undefined;
  const known = memo(snapshot, newEngines);
  const engine = known.get(organization.name) ?? follow(target, worldOf(snapshot, organization, target));
  known.set(organization.name, engine);
  return engine;
}

/** The key of the group that a mapping names: the same group written by name and by id is one. */
export function groupKeyOf({ group, directory, mapping }: ResolvedMapping): string {
  const where = directory?.name ?? mapping.group?.directory?.value ?? "";
  if (group?.answer === "present") return `${where}\nid ${group.item.id}`;
  return `${where}\n${mapping.group?.by} ${mapping.group?.text}`;
}

/** The key of a person: the account where there is exactly one, else the login. */
export function personKeyOf(target: TargetInventory, principal: Principal): string {
  const [account, ...others] = accountsOf(target, principal);
  return account && others.length === 0 ? accountKeyOf(account) : `login ${principal.login || principal.email}`;
}

export function accountKeyOf({ id }: Pick<Account, "id">): string {
  return `account ${id}`;
}

function newEngines(): Map<string, Engine> {
  return new Map();
}

/** Keeps the last engine of an inventory, so that a keystroke costs its difference. Answers never depend on it. */
function follow(target: TargetInventory, world: World): Engine {
  const last = memo(target, newLast);
  last.engine = engineFor(world, last.engine);
  return last.engine;
}

function newLast(): { engine?: Engine } {
  return {};
}

function worldOf(snapshot: Snapshot, organization: OrganizationConfig, target: TargetInventory): World {
  const mappings = mappingsOf(snapshot, organization.name).filter(({ inForce, mapping }) => inForce && mapping.group);
  const peopleGap = gapText(`accounts of ${organization.name}`, target.accounts);
  return {
    vocabulary: vocabularyOf(target),
    groups: groupsOf(mappings, target),
    people: peopleOf(snapshot, organization, target, mappings),
    roles: memo(target, rolesOf),
    teams: NO_TEAMS,
    ...(peopleGap === undefined ? {} : { peopleGap }),
  };
}

// Roles linked to teams are a preview without a published read (2026-09).
const NO_TEAMS: World["teams"] = new Map();

function rolesOf(target: TargetInventory): ReadonlyMap<string, RoleFacts> {
  return new Map([...itemsOf(target.roles)].map(([id, role]) => [id, toRoleFacts(role)]));
}

function toRoleFacts({ id, name, permissions, receivesFrom, unresolved }: Role): RoleFacts {
  const gap = `role ${inQuotes(name)} has ${unresolved} ${unresolved === 1 ? "permission" : "permissions"} that no list explains`;
  return { id, name, permissions, receivesFrom, ...(unresolved === 0 ? {} : { gap }) };
}

function groupsOf(mappings: readonly ResolvedMapping[], target: TargetInventory): ReadonlyMap<string, GroupFacts> {
  const groups = new Map<string, GroupFacts>();
  for (const resolved of mappings) {
    const key = groupKeyOf(resolved);
    const known = groups.get(key);
    const name = resolved.group?.answer === "present" ? resolved.group.item.name : (resolved.mapping.group?.text ?? "");
    const { grants, gap } = grantsOf(resolved, name);
    const grantsGap = known?.grantsGap ?? gap;
    if (known) groups.set(key, { ...known, grants: [...known.grants, ...grants], ...optional("grantsGap", grantsGap) });
    else groups.set(key, { name, grants, ...audienceOf(resolved, target, name), ...optional("grantsGap", grantsGap) });
  }
  return groups;
}

/** What is absent or ambiguous gives nothing; what could not be looked up may give anything. */
function grantsOf({ roles, teams, mapping }: ResolvedMapping, name: string) {
  const grants: Grant[] = [];
  let gap: string | undefined;
  for (const { role, ref, span } of roles) {
    if (role.answer === "present")
      grants.push({ kind: "role", role: role.item.id, place: { file: mapping.file, span } });
    if (role.answer === "unknown")
      gap ??= `role ${inQuotes(ref.name ?? ref.id ?? "")} of ${inQuotes(name)} not checked: ${role.why.message}`;
  }
  for (const { handle, span } of teams)
    grants.push({ kind: "team", team: handle, place: { file: mapping.file, span } });
  return { grants, gap };
}

function audienceOf({ members, group }: ResolvedMapping, target: TargetInventory, name: string) {
  if (group?.answer === "absent" || group?.answer === "ambiguous") return { members: NOBODY };
  const { keys, unjudged } = audience(target, members);
  const gap = gapText(`members of ${inQuotes(name)}`, members);
  const doubt =
    unjudged === 0
      ? undefined
      : `the directory does not say whether ${countOf({ people: unjudged, exact: true })} of ${inQuotes(name)} can sign in`;
  return { members: keys, ...optional("membersGap", gap ?? doubt) };
}

const NOBODY: ReadonlySet<string> = new Set();

interface Audience {
  readonly keys: ReadonlySet<string>;
  /** Members who have not exactly one enabled account. */
  readonly strangers: ReadonlyMap<string, PersonFacts>;
  /** Members whose state the directory does not tell. */
  readonly unjudged: number;
}

/** The same read gives the very same set, which is how the engine sees that nobody moved. */
function audience(target: TargetInventory, members: Knowledge<Principal>): Audience {
  const known = memo(target, newAudiences);
  const found = known.get(members) ?? makeAudience(target, [...itemsOf(members).values()]);
  known.set(members, found);
  return found;
}

function makeAudience(target: TargetInventory, everybody: readonly Principal[]): Audience {
  const enabled = memo(target, accountPeople);
  const keys = new Set<string>();
  const strangers = new Map<string, PersonFacts>();
  for (const principal of everybody) {
    const key = personKeyOf(target, principal);
    // No push ever changes a service account.
    if (principal.state !== "active" || enabled.get(key)?.kind === "service") continue;
    keys.add(key);
    if (!enabled.has(key)) strangers.set(key, stranger(target, principal));
  }
  return { keys, strangers, unjudged: everybody.filter(({ state }) => state === "unknown").length };
}

function newAudiences(): WeakMap<Knowledge<Principal>, Audience> {
  return new WeakMap();
}

function peopleOf(
  snapshot: Snapshot,
  { name }: OrganizationConfig,
  target: TargetInventory,
  mappings: readonly ResolvedMapping[],
): ReadonlyMap<string, PersonFacts> {
  const people = new Map(memo(target, accountPeople));
  const isAdopted = snapshot.lock.organizations.get(name)?.adopted === true;
  const leaving = isAdopted ? managedOf(snapshot, name).roles : undefined;
  if (leaving)
    for (const [key, facts] of people)
      if (facts.outside.some((id) => leaving.has(id)) && facts.kind === "person")
        people.set(key, { ...facts, outside: facts.outside.filter((id) => !leaving.has(id)) });
  for (const { members } of mappings)
    for (const [key, facts] of audience(target, members).strangers) people.set(key, facts);
  return people;
}

/** Disabled accounts can do nothing, unless a mapping gives their person something: then they come back with the members. */
function accountPeople(target: TargetInventory): ReadonlyMap<string, PersonFacts> {
  const accounts = [...itemsOf(target.accounts).values()];
  return new Map(
    accounts.flatMap((account): [string, PersonFacts][] => {
      if (account.status === "disabled") return [];
      const { handle, serviceAccount, roleIds } = account;
      const kind = serviceAccount ? "service" : "person";
      return [[accountKeyOf(account), { name: handle, kind, outside: [...new Set(roleIds)].sort() }]];
    }),
  );
}

/** Somebody without exactly one enabled account: holds what mappings give, and what several accounts hold is not theirs for sure. */
function stranger(target: TargetInventory, principal: Principal): PersonFacts {
  const name = principal.login || principal.email;
  const several = accountsOf(target, principal).length > 1;
  return {
    name,
    kind: "person",
    outside: [],
    ...optional("outsideGap", several ? `${name} has several accounts` : undefined),
  };
}

function gapText<T>(what: string, knowledge: Knowledge<T>): string | undefined {
  const gap = gapOf(knowledge);
  return gap && `${what} not known${knowledge.state === "known" ? " completely" : ""}: ${gap.message}`;
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: string });
}
