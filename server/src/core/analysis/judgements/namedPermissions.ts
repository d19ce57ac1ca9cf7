/** The permissions that a project names outside of roles: in its policy, and in what its files expect. */

import type { Expectation, FileHead } from "../../model/mapping.ts";
import type { TargetInventory } from "../../model/target.ts";
import type { Spanned } from "../../model/text.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { organizationOf, type World } from "../world.ts";

/** A name as written, with what is known of each organization that it is meant for. */
export interface NamedPermission extends Spanned<string> {
  readonly targets: readonly (TargetInventory | undefined)[];
}

/** The checks of a rule that looks at each name. */
export function checksOfNamed(
  examine: (name: NamedPermission, context: RuleContext) => void,
): Required<Pick<Rule, "checkExpectation" | "checkProject">> {
  return {
    checkExpectation(expectation, head, context) {
      for (const name of permissionsOfExpectation(expectation, head, context.world)) examine(name, context);
    },
    checkProject(context) {
      for (const name of permissionsOfPolicy(context.world)) examine(name, context);
    },
  };
}

/** The policy holds in every organization. */
function permissionsOfPolicy({ project, targets }: World): readonly NamedPermission[] {
  if (!project) return [];
  const { organizations, policy } = project.content;
  const all = [...organizations.keys()].map((name) => targets.get(name));
  const names = [...policy.classes.flatMap(({ never }) => never), ...policy.apart.flat()];
  return names.map((name) => ({ ...name, targets: all }));
}

function permissionsOfExpectation(
  { permission, can, cannot }: Expectation,
  head: FileHead,
  world: World,
): readonly NamedPermission[] {
  const organization = organizationOf(world, head);
  const target = organization && world.targets.get(organization.name);
  return [...(permission ? [permission] : []), ...can, ...cannot].map((name) => ({ ...name, targets: [target] }));
}
