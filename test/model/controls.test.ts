/** The mapping of rules to controls: whole, and about rules and controls that there are. */

import { expect, test } from "vitest";
import data from "../../server/src/core/catalogue/controls.json" with { type: "json" };
import { controlsOf, describeControls, FRAMEWORKS } from "../../server/src/core/model/controls.ts";
import { RULE_PAGES } from "../../server/src/core/model/rulePages.ts";
import { RULES } from "../../server/src/core/rules/index.ts";

const known = new Set(FRAMEWORKS.flatMap(({ controls }) => Object.keys(controls)));
const ids = RULES.map(({ id }) => id);

test.each(ids)("%s is mapped, or said to be about form", (id) => {
  const controls = controlsOf(id);
  expect(controls).toBeDefined();
  const isOutside = data.outside.includes(id);
  expect((controls ?? []).length > 0).toBe(!isOutside);
  for (const control of controls ?? []) expect(known).toContain(control);
  if (!isOutside) expect(RULE_PAGES.get(id)).toContain(`**Controls.** ${describeControls(id)}.`);
});

test("every entry is about a rule that there is", () => {
  const stray = [...Object.keys(data.rules), ...data.outside].filter((pattern) => {
    if (["yaml/*", "schema/*"].includes(pattern)) return false;
    return pattern.endsWith("/*") ? !ids.some((id) => id.startsWith(pattern.slice(0, -1))) : !ids.includes(pattern);
  });
  expect(stray).toEqual([]);
});

test.each([...known])("%s is what some rule gives evidence for", (control) => {
  expect(ids.some((id) => controlsOf(id)?.includes(control))).toBe(true);
});

test("controls are told by framework", () => {
  expect(describeControls("priv/destructive")).toBe(
    "SOC 2 CC6.1, CC6.3; ISO/IEC 27001:2022 A.5.15, A.8.2; NIST SP 800-53 AC-6",
  );
  expect(describeControls("yaml/syntax")).toBe("");
  expect(controlsOf("nothing/like-this")).toBeUndefined();
});
