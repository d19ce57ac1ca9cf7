/** The lists of dangerous permissions name what there is. */

import { expect, test } from "vitest";
import { HAZARDS } from "../../../server/src/core/analysis/judgements/hazards.ts";
import { CATALOGUE } from "../../../server/src/core/model/catalogue.ts";
import { compareSensitivity } from "../../../server/src/core/model/target.ts";

test.each(Object.entries(HAZARDS))("%s: every name is a permission of high sensitivity, once", (_, names) => {
  expect(names.filter((name) => !CATALOGUE.has(name))).toEqual([]);
  expect(names.filter((name) => compareSensitivity(CATALOGUE.get(name)?.sensitivity ?? "low", "high") < 0)).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});
