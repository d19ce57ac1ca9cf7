/**
 * sod/policy-pair: the roles of one group, in one mapping or over several, give two permissions that `policy.apart` keeps
 * apart.
 *
 * Why: separation of duties means that whoever does the one cannot hide or approve it with the other.
 * Do: split the roles over two groups, or give a role without one of the permissions.
 * Not reported: pairs that people only reach through several groups, see priv/union-surprise; roles that are as good as Datadog Admin, which hold
 * every pair and are judged by priv/admin-broad-group; roles whose content is not known; mappings that have ended.
 */

import { isAdmin, permissionNames } from "../../analysis/effective.ts";
import type { HeldRole, ResolvedMapping } from "../../analysis/grants.ts";
import { groupName } from "../../analysis/grants.ts";
import type { GroupMappings, Rule } from "../../analysis/rule.ts";
import { oldest } from "../../analysis/words.ts";
import { policyOf } from "../../analysis/world.ts";

export const policyPair: Rule = {
  id: "sod/policy-pair",
  severity: "error",
  checkMapping(resolved, { world, report }) {
    const { apart } = policyOf(world);
    if (apart.length === 0 || !world.project) return;
    const roles = judgedRoles(resolved);
    for (const [one, other] of apart) {
      const through = findPair(roles, one.value, other.value);
      if (!through) continue;
      const [first, second] = through;
      const [name, otherName] = [first.role.item.name, second.role.item.name];
      const path =
        first === second ? `both through "${name}"` : `the one through "${name}", the other through "${otherName}"`;
      report({
        span: first.span.start > second.span.start ? first.span : second.span,
        message: `"${groupName(resolved)}" gets ${one.value} and ${other.value}, ${path}; the policy keeps them apart. Split them over two groups`,
        related: [{ source: world.project.tree, span: one.span, message: "kept apart here" }],
        asOf: second.role.asOf,
      });
    }
  },
  checkGroup({ mappings }, { world, report }) {
    const { apart } = policyOf(world);
    if (apart.length === 0 || mappings.length < 2 || !world.project) return;
    for (const [one, other] of apart) {
      const through = findOverMappings(mappings, one.value, other.value);
      if (!through) continue;
      const [earlier, later] = through;
      const [here, before] = givesIt(later.held, one.value) ? [one.value, other.value] : [other.value, one.value];
      report({
        source: later.resolved.mapping.source,
        span: later.held.span,
        message: `"${groupName(later.resolved)}" gets ${before} and ${here}, the one through "${earlier.held.role.item.name}" of another mapping, the other through "${later.held.role.item.name}"; the policy keeps them apart. Split them over two groups`,
        related: [
          { source: earlier.resolved.mapping.source, span: earlier.held.span, message: `${before} comes from here` },
          { source: world.project.tree, span: one.span, message: "kept apart here" },
        ],
        ...oldest(later.held.role.asOf, earlier.held.role.asOf),
      });
    }
  },
};

/** Roles that the policy can keep apart: an administrator's hold every pair. */
function judgedRoles({ held }: ResolvedMapping): readonly HeldRole[] {
  return held.filter(({ target, role }) => !isAdmin(target, role.item));
}

function givesIt({ target, role }: HeldRole, name: string): boolean {
  return permissionNames(target, role.item).has(name);
}

interface Half {
  readonly resolved: ResolvedMapping;
  readonly held: HeldRole;
}

/** The first two mappings that give one half each, in file order; undefined where a mapping by itself gives both. */
function findOverMappings(
  mappings: GroupMappings["mappings"],
  one: string,
  other: string,
): readonly [Half, Half] | undefined {
  const halves = mappings.map((resolved) => {
    const roles = judgedRoles(resolved);
    const half = (name: string): Half | undefined => {
      const held = roles.find((role) => givesIt(role, name));
      return held && { resolved, held };
    };
    return [half(one), half(other)] as const;
  });
  if (halves.some(([first, second]) => first && second)) return undefined;
  const first = halves.findIndex(([half]) => half !== undefined);
  const second = halves.findIndex(([, half]) => half !== undefined);
  const [ones, others] = [halves[first]?.[0], halves[second]?.[1]];
  if (!ones || !others) return undefined;
  return first < second ? [ones, others] : [others, ones];
}

/** Roles that give the two: one that gives both where there is one, since that alone must change. */
function findPair(roles: readonly HeldRole[], one: string, other: string): readonly [HeldRole, HeldRole] | undefined {
  const both = roles.find((held) => givesIt(held, one) && givesIt(held, other));
  if (both) return [both, both];
  const first = roles.find((held) => givesIt(held, one));
  const second = roles.find((held) => givesIt(held, other));
  return first && second && [first, second];
}
