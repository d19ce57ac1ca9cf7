/** Rules by what they look at, so that thousands of pieces are shown to none that would look away. */

import type { Rule } from "../rule.ts";

export interface RuleKinds {
  readonly all: readonly Rule[];
  readonly piece: readonly Rule[];
  readonly group: readonly Rule[];
  readonly bundle: readonly Rule[];
  readonly head: readonly Rule[];
  readonly project: readonly Rule[];
  readonly organization: readonly Rule[];
}

export function sortRules(all: readonly Rule[]): RuleKinds {
  const having = (...hooks: readonly (keyof Rule)[]) => all.filter((rule) => hooks.some((hook) => rule[hook]));
  return {
    all,
    piece: having("checkMapping", "checkNames", "checkExpectation", "checkText"),
    group: having("checkGroup"),
    bundle: having("checkBundles", "checkNames"),
    head: having("checkHead"),
    project: having("checkProject", "checkText"),
    organization: having("checkOrganization"),
  };
}
