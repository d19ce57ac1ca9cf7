/** Which controls of which framework a rule gives evidence for. The mapping itself is data: `catalogue/controls.json`. */

import data from "../catalogue/controls.json" with { type: "json" };

export interface Framework {
  readonly name: string;
  readonly source: string;
  /** What a control asks, in our words, by its id. */
  readonly controls: Readonly<Record<string, string>>;
}

export const FRAMEWORKS: readonly Framework[] = data.frameworks as unknown as readonly Framework[];

/** By rule, or by group of rules (`priv/*`). */
const BY_RULE: Readonly<Record<string, readonly string[]>> = data.rules;

/** Rules about form alone. */
const OUTSIDE: ReadonlySet<string> = new Set(data.outside);

/** Ids of controls, in the order of the frameworks; none for rules about the form of files. Undefined for unheard-of ones. */
export function controlsOf(rule: string): readonly string[] | undefined {
  const group = rule.replace(/\/.*/s, "/*");
  if (OUTSIDE.has(rule) || OUTSIDE.has(group)) return [];
  return BY_RULE[rule] ?? BY_RULE[group];
}

/** `SOC 2 CC6.1, CC6.3; NIST SP 800-53 AC-6`; empty for rules about form. */
export function describeControls(rule: string): string {
  const ids = controlsOf(rule) ?? [];
  return FRAMEWORKS.flatMap(({ name, controls }) => {
    const own = ids.filter((id) => id in controls);
    return own.length === 0 ? [] : [`${name} ${own.join(", ")}`];
  }).join("; ");
}
