/** What a company gives whom, and whether a plan announced exactly what came of it. */

import type { Change, Plan } from "../../server/src/core/sync/plan.ts";
import type { Company } from "../../server/src/sandbox/company.ts";

/** Roles and teams by handle, of people whose account is on. Nobody holds anything through an account that is off. */
export interface Holdings {
  readonly roles: ReadonlyMap<string, ReadonlySet<string>>;
  readonly teams: ReadonlyMap<string, ReadonlySet<string>>;
}

export function holdingsOf({ datadog }: Company): Holdings {
  const roles = new Map<string, Set<string>>();
  const teams = new Map<string, Set<string>>();
  for (const user of datadog.users.values()) {
    if (user.serviceAccount) continue;
    const names = user.disabled ? [] : user.roleIds.map((id) => datadog.roles.get(id)?.name ?? id);
    roles.set(user.handle, new Set(names));
  }
  for (const team of datadog.teams.values())
    for (const { userId } of team.members) add(teams, datadog.users.get(userId)?.handle ?? userId, team.handle);
  return { roles, teams };
}

/** One line for each person and thing that moved: `+ ana role SRE`. */
export type Moves = ReadonlySet<string>;

export function movesBetween(before: Holdings, after: Holdings, kinds: readonly ("roles" | "teams")[]): Moves {
  const moves = new Set<string>();
  for (const kind of kinds) {
    for (const [handle, name] of pairs(after[kind]))
      if (!before[kind].get(handle)?.has(name)) moves.add(line("+", handle, kind, name));
    for (const [handle, name] of pairs(before[kind]))
      if (!after[kind].get(handle)?.has(name)) moves.add(line("-", handle, kind, name));
  }
  return moves;
}

/** What a plan says will move. `isLater`: what waits for a login instead of what is done at once. */
export function announcedBy({ access, push }: Plan, isLater: boolean): Moves {
  const moves = new Set<string>();
  for (const entry of access)
    for (const { name: handle } of entry.accounts) {
      // What is done to an account itself is done at once.
      if ((push.roles === "saml" && entry.state === undefined) === isLater) {
        for (const { role } of entry.rolesGained) moves.add(line("+", handle, "roles", role));
        for (const { role } of entry.rolesLost) moves.add(line("-", handle, "roles", role));
      }
      if ((push.teams === "saml") === isLater) {
        for (const { team } of entry.teamsGained) moves.add(line("+", handle, "teams", team));
        for (const { team } of entry.teamsLost) moves.add(line("-", handle, "teams", team));
      }
    }
  return moves;
}

/** Moves at a login that mapping changes of a plan are about: a role that comes by one, a role that goes by one. */
export function causedBy(moves: Moves, changes: readonly Change[]): Moves {
  const subjects = new Set<string>();
  for (const change of changes) {
    const added =
      change.action === "create-mapping"
        ? change.mapping
        : change.action === "update-mapping"
          ? change.after
          : undefined;
    const taken =
      change.action === "delete-mapping"
        ? change.mapping
        : change.action === "update-mapping"
          ? change.before
          : undefined;
    if (added) subjects.add(`+ ${added.gives.kind}s ${added.gives.name}`);
    if (taken) subjects.add(`- ${taken.gives.kind}s ${taken.gives.name}`);
  }
  return new Set([...moves].filter((move) => subjects.has(move.replace(/^([+-]) \S+ /, "$1 "))));
}

/** People of moves that are in one set and not in the other. */
export function difference(announced: Moves, seen: Moves): readonly string[] {
  return [
    ...[...announced].filter((move) => !seen.has(move)).map((move) => `announced, not seen: ${move}`),
    ...[...seen].filter((move) => !announced.has(move)).map((move) => `seen, not announced: ${move}`),
  ];
}

/** Who has less, at some moment between, than both before and after. */
export function dips(before: Holdings, between: readonly Holdings[], after: Holdings): readonly string[] {
  const found = new Set<string>();
  for (const kind of ["roles", "teams"] as const)
    for (const [handle, name] of pairs(before[kind])) {
      if (!after[kind].get(handle)?.has(name)) continue;
      if (between.some((moment) => !moment[kind].get(handle)?.has(name)))
        found.add(`${handle} is without ${name} for a moment`);
    }
  return [...found];
}

/** What stands empty at some moment between, and neither before nor after. */
export function emptied(before: Holdings, between: readonly Holdings[], after: Holdings): readonly string[] {
  return (["roles", "teams"] as const).flatMap((kind) => {
    const heldIn = (moment: Holdings) => new Set(pairs(moment[kind]).map(([, name]) => name));
    const [first, last] = [heldIn(before), heldIn(after)];
    const lasting = [...first].filter((name) => last.has(name));
    const gone = new Set(between.map(heldIn).flatMap((held) => lasting.filter((name) => !held.has(name))));
    return [...gone].map((name) => `nobody has ${name} for a moment`);
  });
}

function pairs(holdings: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly [string, string])[] {
  return [...holdings].flatMap(([handle, names]) => [...names].map((name) => [handle, name] as const));
}

function line(sign: "+" | "-", handle: string, kind: string, name: string): string {
  return `${sign} ${handle} ${kind} ${name}`;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.add(value);
  else map.set(key, new Set([value]));
}
