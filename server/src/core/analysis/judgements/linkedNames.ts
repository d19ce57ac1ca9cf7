/** Names under `linked` of the organizations that stand for nothing there: alike for roles and teams. */

import type { Lookup } from "../../model/knowledge.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { TargetInventory } from "../../model/target.ts";
import type { Spanned } from "../../model/text.ts";
import { nearestFew } from "../../syntax/nearest.ts";
import { memo } from "../memo.ts";
import type { RuleContext } from "../rule.ts";
import { changeTo, hint } from "./fixes.ts";

export interface LinkedKind {
  /** What the names are called in a sentence. */
  readonly noun: "role" | "team";
  readonly names: (linked: OrganizationConfig["linked"]) => readonly Spanned<string>[];
  readonly find: (target: TargetInventory | undefined, name: Spanned<string>, organization: string) => Lookup<unknown>;
  /** All names that exist. */
  readonly known: (target: TargetInventory) => ReadonlyMap<string, unknown>;
}

/** Reports each name that the organization certainly does not have, with the names close to it. */
export function reportAbsentLinked({ world, source, report }: RuleContext, kind: LinkedKind): void {
  for (const { name: organization, linked } of world.project?.content.organizations.values() ?? []) {
    const target = world.targets.get(organization);
    for (const name of kind.names(linked)) {
      const found = kind.find(target, name, organization);
      if (found.answer !== "absent" || !target) continue;
      const near = nearestFew(name.value, memo(target, kind.known), 3);
      report({
        span: name.span,
        message: `"${organization}" has no ${kind.noun} "${name.value}"${hint(near, "correct it")}`,
        fixes: changeTo(source, name.span, near),
        asOf: found.asOf,
      });
    }
  }
}
