/** `accessmap.snapshot.json`: what a project's systems held at one moment, without people, for those who have no credentials. */

import type { LivePermission } from "../core/model/catalogue.ts";
import type { DirectoryKind, GroupKind } from "../core/model/directory.ts";
import { isRecord } from "../core/model/json.ts";
import type { Instant } from "../core/model/time.ts";
import { readOwn, UnusableFile } from "./ordinaryFile.ts";
import { SHARED_FILE, writeWhole } from "./wholeFile.ts";

/** The file's content; `schemas/snapshot.schema.json` describes every key. Nothing in it names or stands for a person. */
export interface SnapshotFile {
  readonly version: 1;
  readonly project: string;
  readonly takenAt: Instant;
  readonly directories: Readonly<Record<string, SnapshotDirectory>>;
  readonly organizations: Readonly<Record<string, SnapshotOrganization>>;
}

export interface SnapshotDirectory {
  /** Which system this is, so that a changed accessmap.yaml is not answered with another system's data. */
  readonly system: string;
  readonly type: DirectoryKind;
  readonly complete: boolean;
  readonly filter?: string;
  readonly groups: readonly SnapshotGroup[];
  /** Names and ids that were looked up one by one, with the ids of what was found. */
  readonly lookups: Readonly<Record<string, readonly string[]>>;
}

/** `active`, `outsiders`, `disabled` and `unjudged` are there for groups whose members were read. */
export interface SnapshotGroup {
  readonly id: string;
  readonly name: string;
  readonly kind: GroupKind;
  readonly active?: number;
  readonly outsiders?: number;
  readonly disabled?: number;
  readonly unjudged?: number;
}

export interface SnapshotOrganization {
  readonly system: string;
  readonly site: string;
  /** Collections that were read completely. */
  readonly complete: readonly SnapshotCollection[];
  readonly roles: readonly SnapshotRole[];
  readonly teams: readonly SnapshotTeam[];
  readonly permissions: readonly LivePermission[];
  readonly switches: { readonly roleMapping?: boolean; readonly teamSource?: string };
}

export const SNAPSHOT_COLLECTIONS = ["permissions", "roles", "teams"] as const;
export type SnapshotCollection = (typeof SNAPSHOT_COLLECTIONS)[number];

export interface SnapshotRole {
  readonly id: string;
  readonly name: string;
  readonly managed: boolean;
  readonly permissions: readonly string[];
  readonly unresolved: number;
  readonly receivesFrom: readonly string[];
  /** Active accounts that hold it. */
  readonly holders?: number;
}

export interface SnapshotTeam {
  readonly id: string;
  readonly handle: string;
  readonly managed: boolean;
}

export const SNAPSHOT_FILE = "accessmap.snapshot.json";

/** Byte for byte the same for the same content. */
export function renderSnapshot(snapshot: SnapshotFile): string {
  return `${JSON.stringify(snapshot, undefined, 2)}\n`;
}

/** Replaces the file. Rejects with the system's error. */
export function saveSnapshot(path: string, snapshot: SnapshotFile): Promise<void> {
  return writeWhole(path, renderSnapshot(snapshot), SHARED_FILE);
}

/** The snapshot at `path`, why it cannot be used, or undefined when there is none. */
export async function loadSnapshot(path: string): Promise<SnapshotFile | { readonly error: string } | undefined> {
  try {
    return parseSnapshot((await readOwn(path)).toString("utf8"));
  } catch (error) {
    if (error instanceof UnusableFile) return { error: error.why };
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? undefined : { error: `cannot be read (${code ?? "unknown error"})` };
  }
}

/** The snapshot in a text, or why it is none. It comes from a repository, so every value is checked. */
function parseSnapshot(text: string): SnapshotFile | { readonly error: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { error: "is not valid JSON; take it anew with `accessmap snapshot`" };
  }
  if (!isRecord(raw) || raw.version !== 1)
    return { error: "has another version than 1; take it anew with `accessmap snapshot`" };
  return isSnapshot(raw) ? raw : { error: "is not what `accessmap snapshot` writes; take it anew" };
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isFlag: Check = (value) => typeof value === "boolean";
const isCount: Check = (value) => Number.isInteger(value) && Number(value) >= 0;
const isInstant: Check = (value) => typeof value === "string" && !Number.isNaN(Date.parse(value));
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const recordOf =
  (check: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every(check);
const shape = (checks: Readonly<Record<string, Check>>): Check => {
  const keys = Object.entries(checks);
  return (value) => isRecord(value) && keys.every(([key, check]) => check(value[key]));
};

const isDirectory = shape({
  system: isText,
  type: oneOf("okta", "entra", "google", "scim"),
  complete: isFlag,
  filter: maybe(isText),
  groups: listOf(
    shape({
      id: isText,
      name: isText,
      kind: oneOf("static", "dynamic", "app", "everyone"),
      active: maybe(isCount),
      outsiders: maybe(isCount),
      disabled: maybe(isCount),
      unjudged: maybe(isCount),
    }),
  ),
  lookups: recordOf(listOf(isText)),
});

const isOrganization = shape({
  system: isText,
  site: isText,
  complete: listOf(oneOf(...SNAPSHOT_COLLECTIONS)),
  roles: listOf(
    shape({
      id: isText,
      name: isText,
      managed: isFlag,
      permissions: listOf(isText),
      unresolved: isCount,
      receivesFrom: listOf(isText),
      holders: maybe(isCount),
    }),
  ),
  teams: listOf(shape({ id: isText, handle: isText, managed: isFlag })),
  permissions: listOf(
    shape({
      name: isText,
      displayName: isText,
      group: isText,
      type: oneOf("read", "write", "other"),
      restricted: isFlag,
      aliases: listOf(isText),
    }),
  ),
  switches: shape({ roleMapping: maybe(isFlag), teamSource: maybe(isText) }),
});

const isWhole = shape({
  project: isText,
  takenAt: isInstant,
  directories: recordOf(isDirectory),
  organizations: recordOf(isOrganization),
});

function isSnapshot(value: unknown): value is SnapshotFile {
  return isWhole(value);
}
