/** What somebody else did in Datadog to what earlier pushes had given or taken, where files and groups still mean it. */

import { itemsOf } from "../../model/knowledge.ts";
import type { Lock } from "../../model/lock.ts";
import type { Move } from "../../model/moves.ts";
import type { TargetInventory } from "../../model/target.ts";
import type { Spot } from "../../model/text.ts";
import { type Instant, minutesBetween } from "../../model/time.ts";
import { classOfPerson, groupsOf } from "../engine/answers.ts";
import { accountKeyOf } from "../engine/audience.ts";
import type { Engine } from "../engine/engine.ts";
import { engineOfMapped, type MappedParts } from "../engine/fromSnapshot.ts";
import { managedBy } from "../managed.ts";

export interface Undone {
  readonly move: Move;
  /** Name of the role, or handle of the team. */
  readonly what: string;
  /** Handle of the account. */
  readonly person: string;
  /** The line that gives what was taken away; what was taken and is there again stands in no file. */
  readonly spot?: Spot;
  readonly asOf: Instant;
}

/** Replicas answer with what was before for a while, so a read tells of a push only this long after it. */
const LAG_MINUTES = 5;

/** Nothing where groups, files or accounts are not wholly known: then the difference may be theirs. */
export function undoneIn(mapped: MappedParts, moves: readonly Move[], lock: Lock): readonly Undone[] {
  const { organization, target } = mapped;
  const engine = engineOfMapped(mapped, lock);
  if (!target || !engine) return [];
  const { push, name } = organization;
  const managed = managedBy(mapped.mappings, lock, name);
  return moves.flatMap((move): Undone[] => {
    // Through SAML a role comes and goes with logins.
    const path = move.kind === "role" ? push.roles : push.teams;
    if (path !== "scim" && path !== "members") return [];
    const live = lookUp(target, move);
    if (!live || live.isHeld === (move.did === "gave")) return [];
    if (minutesBetween(move.until, live.asOf) < LAG_MINUTES) return [];
    const spot = giverOf(engine, move);
    const { what, person, asOf } = live;
    if (move.did === "gave") return spot ? [{ move, what, person, spot, asOf }] : [];
    const isManaged = move.kind === "role" ? managed.roles.has(move.id) : managed.teams.has(move.id);
    return !spot && isManaged && isWhole(engine) ? [{ move, what, person, asOf }] : [];
  });
}

interface Live {
  readonly isHeld: boolean;
  readonly what: string;
  readonly person: string;
  readonly asOf: Instant;
}

/** How it is now; undefined where that is not known, or the account is gone or switched off. */
function lookUp(target: TargetInventory, { kind, id, account: accountId }: Move): Live | undefined {
  const { accounts, roles, teams, teamMembers } = target;
  if (accounts.state !== "known") return undefined;
  const account = accounts.items.get(accountId);
  if (!account || account.status === "disabled") return undefined;
  const person = account.handle;
  if (kind === "role") {
    const role = itemsOf(roles).get(id);
    return role && { isHeld: account.roleIds.includes(id), what: role.name, person, asOf: accounts.asOf };
  }
  const team = [...itemsOf(teams).values()].find(({ handle }) => handle === id);
  const members = team && teamMembers.get(team.id);
  if (members?.state !== "known" || !members.complete) return undefined;
  return { isHeld: members.items.has(accountId), what: id, person, asOf: members.asOf };
}

/** The line that gives this to the account. */
function giverOf(engine: Engine, { kind, id, account }: Move): Spot | undefined {
  const one = classOfPerson(engine, accountKeyOf({ id: account }));
  for (const { facts } of one ? groupsOf(engine, one) : [])
    for (const grant of facts.grants)
      if (kind === "role" ? grant.kind === "role" && grant.role === id : grant.kind === "team" && grant.team === id)
        return grant.spot;
  return undefined;
}

function isWhole({ relation }: Engine): boolean {
  if (relation.peopleGap !== undefined || relation.strayGap !== undefined) return false;
  return [...relation.groups.values()].every(
    ({ membersGap, grantsGap }) => membersGap === undefined && grantsGap === undefined,
  );
}
