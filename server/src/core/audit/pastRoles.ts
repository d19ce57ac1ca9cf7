/** Which roles a question about the past is about: what they permitted on the day, and what of that nobody knows. */

import { permissionNames } from "../analysis/effective.ts";
import { mappingsOf } from "../analysis/grants.ts";
import { isComplete, itemsOf } from "../model/knowledge.ts";
import type { Role, TargetInventory } from "../model/target.ts";
import type { PastFiles, PastMaterial, PastQuestion } from "./history.ts";

/** Ids of the roles that a question is about, by what they permitted then as far as the lock of the day says it; and what it does not say. */
export function rolesOn(
  { files, now, organization }: PastMaterial,
  question: PastQuestion,
): { readonly ids: ReadonlySet<string>; readonly unknown: readonly string[] } {
  const target = now.targets.get(organization);
  const all = [...itemsOf(target?.roles).values()];
  const unknown: string[] = [];
  if (target && !isComplete(target.roles)) unknown.push("all roles: they were not wholly read today");
  if (question.kind === "role")
    return { ids: new Set(all.filter(({ name }) => name === question.name).map(({ id }) => id)), unknown };
  if (question.kind !== "permission" || !target) return { ids: new Set<string>(), unknown };
  const pins = new Map(
    [...(files?.snapshot.lock.organizations.get(organization)?.roles.values() ?? [])].map((pin) => [pin.id, pin]),
  );
  const unpinned: string[] = [];
  const gone = goneRoles(files, organization).filter((name) => !all.some((role) => role.name === name));
  if (gone.length > 0) unknown.push(`whether these roles, which are gone, permitted it then: ${gone.join(", ")}`);
  const ids = all.flatMap((role) => {
    const pinned = pins.get(role.id)?.permissions;
    const gives = permits(target, pinned ? { ...role, permissions: pinned } : role, question.name);
    if (gives && !pinned) unpinned.push(role.name);
    return gives ? [role.id] : [];
  });
  if (unpinned.length > 0)
    unknown.push(
      `what these roles permitted then: ${unpinned.sort().join(", ")}; taken as today, since the lock of that day does not say`,
    );
  if (all.some(({ id }) => !ids.includes(id) && pins.get(id)?.permissions === undefined))
    unknown.push(
      "whether other roles permitted it then that do not today: the lock of that day does not say it of all",
    );
  return { ids: new Set(ids), unknown };
}

/** Names of roles that the files gave on the day and that are not there today, or not known. */
function goneRoles(files: PastFiles | undefined, organization: string): readonly string[] {
  const given = files ? mappingsOf(files.snapshot, organization).filter(({ inForce }) => inForce) : [];
  const names = given.flatMap(({ roles }) =>
    roles.flatMap(({ ref, role }) => (role.answer === "present" ? [] : [ref.name ?? ref.id ?? ""])),
  );
  return [...new Set(names)].sort();
}

function permits(target: TargetInventory, role: Role, name: string): boolean {
  return permissionNames(target, role).has(name);
}
