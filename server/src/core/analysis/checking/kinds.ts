/** Rules by what they look at, so that thousands of pieces are shown to none that would look away. */

import type { Rule } from "../rule.ts";

export interface RuleKinds {
  readonly all: readonly Rule[];
  readonly piece: readonly Rule[];
  readonly group: readonly Rule[];
  readonly bundle: readonly Rule[];
  readonly head: readonly Rule[];
  readonly project: readonly Rule[];
  readonly files: readonly Rule[];
  readonly organization: readonly Rule[];
}

/** The rules by what they have a check function for; a rule may be of several kinds. */
export function sortRules(rules: readonly Rule[]): RuleKinds {
  const all = rules.map(toOneShape);
  const having = (...hooks: readonly (keyof Rule)[]) => all.filter((rule) => hooks.some((hook) => rule[hook]));
  return {
    all,
    piece: having("checkMapping", "checkNames", "checkExpectation", "checkText"),
    group: having("checkGroup"),
    bundle: having("checkBundles", "checkNames"),
    head: having("checkHead"),
    project: having("checkProject", "checkText"),
    files: having("checkFiles"),
    organization: having("checkOrganization"),
  };
}

/** All rules as objects of one shape: asked a million times for what most do not have, an engine answers that at once. */
function toOneShape(rule: Rule): Rule {
  return { ...NO_HOOKS, ...rule };
}

const NO_HOOKS = {
  id: "",
  severity: "info",
  locked: false,
  isReticent: false,
  checkMapping: undefined,
  checkNames: undefined,
  checkExpectation: undefined,
  checkGroup: undefined,
  checkBundles: undefined,
  checkHead: undefined,
  checkText: undefined,
  checkOrganization: undefined,
  checkProject: undefined,
  checkFiles: undefined,
  checkUnused: undefined,
} satisfies { [K in keyof Required<Rule>]: Rule[K] | undefined };
