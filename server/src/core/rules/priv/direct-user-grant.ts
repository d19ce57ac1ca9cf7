/**
 * priv/direct-user-grant: people hold sensitive roles in Datadog that no group gives them.
 *
 * Why: what was given by hand is in no file, ends with no group and is seen by no review.
 * Do: map a group to the role, so that a push takes over; or take the role away in Datadog.
 * Not reported: roles below high sensitivity; roles that some mapping gives, if by a former name, since a plan lists who
 * holds those besides; roles that a live SAML mapping gives; as many holders of Datadog Admin Role as `safety.admins` wants, who
 * break the glass; service accounts; accounts that are not active; organizations whose accounts, roles or mappings were
 * not wholly read. A mapping file cannot name a person, so that a grant there always is a group's.
 */

import { ADMIN_ROLE, sensitivityOf } from "../../analysis/effective.ts";
import { memo } from "../../analysis/memo.ts";
import type { MappedOrganization, Rule } from "../../analysis/rule.ts";
import { countOf, fold, oldest } from "../../analysis/words.ts";
import { isComplete, itemsOf } from "../../model/knowledge.ts";
import type { RolePin } from "../../model/lock.ts";
import { indexBy } from "../../model/maps.ts";
import { type Account, compareSensitivity, type Role, type TargetInventory } from "../../model/target.ts";

export const directUserGrant: Rule = {
  id: "priv/direct-user-grant",
  severity: "warning",
  checkOrganization(mapped, { world, report }) {
    const { organization, target } = mapped;
    if (!world.project || !target || mapped.mappings.length === 0) return;
    if (!isComplete(target.accounts) || !isComplete(target.roles) || !isComplete(target.mappings)) return;
    const spare = world.project.content.safety.admins;
    const given = rolesGiven(mapped, target, world.lock.organizations.get(organization.name)?.roles);
    const found = memo(target, sensitiveHoldings)
      .filter(({ role, holders }) => !given.has(role.id) && holders.length > (role.name === ADMIN_ROLE ? spare : 0))
      .sort((a, b) => b.holders.length - a.holders.length);
    if (found.length === 0) return;
    const people = new Set(found.flatMap(({ holders }) => holders));
    const roles = found.map(({ role, holders }) => `"${role.name}" (${holders.length})`);
    const many = people.size === 1 ? "holds" : "hold";
    report({
      source: world.project.tree,
      span: organization.span,
      message: `${countOf(people.size, "person", "people")} in "${organization.name}" ${many} sensitive roles that no group gives: ${fold(roles)}. Map a group to them, or take them away`,
      about: found.flatMap(({ role, holders }) =>
        holders.map(({ id }) => ({ organization: organization.name, account: id, role: role.id })),
      ),
      ...oldest(target.accounts.asOf, target.roles.asOf),
    });
  },
};

/** Ids of roles that a mapping of the files or a live one gives, or would give if it wrote the role's new name. */
function rolesGiven(
  { mappings }: MappedOrganization,
  target: TargetInventory,
  pins: ReadonlyMap<string, RolePin> | undefined,
): ReadonlySet<string> {
  const live = [...itemsOf(target.mappings).values()].flatMap(({ grants }) =>
    "roleId" in grants ? [grants.roleId] : [],
  );
  const renamed = mappings.flatMap(({ roles }) =>
    roles.flatMap(({ role, ref }) => (role.answer === "present" ? [] : (pins?.get(ref.name ?? "")?.id ?? []))),
  );
  return new Set([...live, ...renamed, ...mappings.flatMap(({ held }) => held).map(({ role }) => role.item.id)]);
}

/** Roles of high sensitivity with the active people who hold them. */
function sensitiveHoldings(
  target: TargetInventory,
): readonly { readonly role: Role; readonly holders: readonly Account[] }[] {
  const people = [...itemsOf(target.accounts).values()].filter((one) => one.status === "active" && !one.serviceAccount);
  const pairs = people.flatMap((account) => account.roleIds.map((id) => ({ account, id })));
  return [...indexBy(pairs, ({ id }) => id)].flatMap(([id, holdings]) => {
    const role = itemsOf(target.roles).get(id);
    if (!role || compareSensitivity(sensitivityOf(target, role), "high") < 0) return [];
    return [{ role, holders: holdings.map(({ account }) => account) }];
  });
}
