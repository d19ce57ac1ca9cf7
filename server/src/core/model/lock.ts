/** `accessmap.lock` after reading: stable ids of what the files name, what this repository manages, and what was reviewed. */

import type { Day } from "./time.ts";

export interface Pin {
  readonly id: string;
}

export interface RolePin extends Pin {
  /** Names the role held at its last review, sorted; absent when its content was not wholly known then. */
  readonly permissions?: readonly string[];
}

export interface GroupPin extends Pin {
  /** Active people at the last review. Who they were is nobody's business here. */
  readonly people?: number;
}

export interface OrganizationLock {
  /** Until somebody adopted the organization, apply only adds. */
  readonly adopted: boolean;
  /** When somebody last looked at what changed. */
  readonly reviewed?: Day;
  /** Managed roles by name and teams by handle, as last reviewed. */
  readonly roles: ReadonlyMap<string, RolePin>;
  readonly teams: ReadonlyMap<string, Pin>;
}

export interface Lock {
  readonly organizations: ReadonlyMap<string, OrganizationLock>;
  /** Group pins: directory, then group name. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, GroupPin>>;
}

export const EMPTY_LOCK: Lock = { organizations: new Map(), groups: new Map() };
