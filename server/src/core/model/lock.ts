/** `accessmap.lock` after reading: stable ids of what the files name, and what this repository manages. */

export interface Pin {
  readonly id: string;
}

export interface OrganizationLock {
  /** Until somebody adopted the organization, apply only adds. */
  readonly adopted: boolean;
  /** Managed roles by name and teams by handle, as last reviewed. */
  readonly roles: ReadonlyMap<string, Pin>;
  readonly teams: ReadonlyMap<string, Pin>;
}

export interface Lock {
  readonly organizations: ReadonlyMap<string, OrganizationLock>;
  /** Group pins: directory, then group name. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, Pin>>;
}

export const EMPTY_LOCK: Lock = { organizations: new Map(), groups: new Map() };
