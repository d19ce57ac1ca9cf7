/** Text of `accessmap.lock` to pins, and back. The lock is JSON with sorted keys, so that reviews show what moved. */

import type { Finding } from "../model/finding.ts";
import { isRecord } from "../model/json.ts";
import { EMPTY_LOCK, type GroupPin, type Lock, type OrganizationLock, type Pin, type RolePin } from "../model/lock.ts";
import { parseDay } from "../model/time.ts";
import { formProblem } from "./formProblem.ts";

/** After a merge either side will do: what it lacks is written again, what it records is kept. */
const REMEDY = "restore it from git (in a merge, one side of it) and run `accessmap lock`";

/** Reads the lock; a broken one is reported and counts as absent, which means that nothing is adopted. */
export function readLock(
  file: string,
  text: string | undefined,
): { readonly lock: Lock; readonly problems: readonly Finding[] } {
  if (text === undefined || text.trim() === "") return { lock: EMPTY_LOCK, problems: [] };
  try {
    const raw: unknown = JSON.parse(text);
    if (!isRecord(raw) || raw.version !== 1)
      return broken(file, `accessmap.lock has another version than 1; ${REMEDY}`);
    return { lock: toLock(raw), problems: [] };
  } catch {
    return broken(file, `accessmap.lock is not valid JSON, so nothing counts as adopted; ${REMEDY}`);
  }
}

/** The lock as text, byte for byte the same for the same content. */
export function renderLock(lock: Lock): string {
  const organizations = sorted(lock.organizations, (entry) => ({
    adopted: entry.adopted,
    reviewed: entry.reviewed,
    roles: sorted(entry.roles, ({ id, permissions }) => ({ id, permissions })),
    teams: sorted(entry.teams, (pin) => ({ id: pin.id })),
  }));
  const groups = sorted(lock.groups, (pins) => sorted(pins, ({ id, people }) => ({ id, people })));
  return `${JSON.stringify({ version: 1, organizations, groups }, undefined, 2)}\n`;
}

function toLock(raw: Record<string, unknown>): Lock {
  const organizations = new Map<string, OrganizationLock>();
  for (const [name, entry] of records(raw.organizations)) {
    const reviewed = typeof entry.reviewed === "string" ? parseDay(entry.reviewed) : undefined;
    organizations.set(name, {
      adopted: entry.adopted === true,
      ...(reviewed === undefined ? {} : { reviewed }),
      roles: pins(entry.roles, toRolePin),
      teams: pins(entry.teams, ({ id }) => ({ id })),
    });
  }
  return {
    organizations,
    groups: new Map(records(raw.groups).map(([name, entry]) => [name, pins(entry, toGroupPin)])),
  };
}

type RawPin = Record<string, unknown> & Pin;

function pins<P extends Pin>(raw: unknown, convert: (pin: RawPin) => P): Map<string, P> {
  return new Map(
    records(raw).flatMap(([name, entry]): [string, P][] =>
      typeof entry.id === "string" ? [[name, convert(entry as RawPin)]] : [],
    ),
  );
}

function toRolePin({ id, permissions }: RawPin): RolePin {
  if (!Array.isArray(permissions)) return { id };
  return { id, permissions: permissions.filter((name): name is string => typeof name === "string") };
}

function toGroupPin({ id, people }: RawPin): GroupPin {
  return typeof people === "number" ? { id, people } : { id };
}

function records(raw: unknown): [string, Record<string, unknown>][] {
  if (!isRecord(raw)) return [];
  return Object.entries(raw).filter((item): item is [string, Record<string, unknown>] => isRecord(item[1]));
}

function sorted<T>(map: ReadonlyMap<string, T>, convert: (value: T) => unknown): Record<string, unknown> {
  const keys = [...map.keys()].sort();
  return Object.fromEntries(keys.map((key) => [key, convert(map.get(key) as T)]));
}

function broken(file: string, message: string): { lock: Lock; problems: Finding[] } {
  const spot = { source: { file, text: "" }, span: { start: 0, end: 1 } };
  return { lock: EMPTY_LOCK, problems: [formProblem("yaml/syntax", spot, message)] };
}
