/** The list of rules, in documentation order. */

import type { Rule } from "../analysis/rule.ts";

export const RULES: readonly Rule[] = [];
