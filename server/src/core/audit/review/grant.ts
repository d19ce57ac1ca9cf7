/** One thing that a mapping gives, and the hash of all that a reviewer is told of it: when that is another one, so is the question. */

import type { GrantedRole, GrantedTeam, ResolvedMapping } from "../../analysis/grants.ts";
import { type Failure, gapOf } from "../../model/knowledge.ts";
import type { Role } from "../../model/target.ts";
import type { Span } from "../../model/text.ts";
import type { Hash } from "./rows.ts";

export interface GivenItem {
  readonly kind: "role" | "team";
  /** As people know it. */
  readonly name: string;
  /** As written. */
  readonly written: string;
  /** In the mapping: the item, or the bundle's name that brings it. */
  readonly span: Span;
  readonly bundle?: string;
  /** Written as `{ name, id }` or by id alone. */
  readonly isPinned: boolean;
  readonly role?: Role;
}

/** Roles first, then teams, as the mapping resolves them; one grant each. */
export function grantsIn({ roles, teams }: ResolvedMapping): readonly GivenItem[] {
  return [...roles.map(roleGrant), ...teams.map(teamGrant)];
}

function roleGrant({ ref, role, span, bundle }: GrantedRole): GivenItem {
  const written = ref.name ?? ref.id ?? "";
  const found = role.answer === "present" ? role.item : undefined;
  return {
    kind: "role",
    name: found?.name ?? written,
    written,
    span,
    ...(bundle && { bundle: bundle.name.value }),
    isPinned: ref.id !== undefined,
    ...(found && { role: found }),
  };
}

function teamGrant({ handle, span, bundle }: GrantedTeam): GivenItem {
  const from = bundle && { bundle: bundle.name.value };
  return { kind: "team", name: handle, written: handle, span, ...from, isPinned: false };
}

/** Where the lines stand, and who is in the group today, may change without a new question. */
export function fingerprintOf(
  { mapping, file, organization, directory }: ResolvedMapping,
  { kind, written, bundle }: GivenItem,
  hash: Hash,
): string {
  const told = [
    organization?.name,
    directory?.name,
    mapping.group?.by,
    mapping.group?.text,
    kind,
    written,
    bundle,
    mapping.reason?.value,
    mapping.until?.value,
    mapping.owner?.value ?? file.owner?.value,
  ];
  return hash(JSON.stringify(told.map((part) => part ?? null))).slice(0, 16);
}

/** The directory was read wholly and has no such group. */
export function isGone({ group }: ResolvedMapping): boolean {
  return group?.answer === "absent";
}

/** Why not all who are in the group are known. In one that is gone nobody is. */
export function membersGap(resolved: ResolvedMapping): Failure | undefined {
  return isGone(resolved) ? undefined : gapOf(resolved.members);
}
