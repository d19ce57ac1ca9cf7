/**
 * test/failed: an expectation of the files does not hold.
 *
 * Why: somebody wrote down what access must and must not look like; this change, or one in a live system, broke it.
 * Do: follow the path that is shown and take the grant away, or change the expectation together with whoever wrote it.
 * Not reported: what is known neither confirms nor refutes, such as a count over members that could not be read (see
 * `accessmap test`); expectations about permissions that no list has, see ref/unknown-permission.
 */

import { judgeExpectation } from "../../analysis/engine/expectations.ts";
import { engineOfMapped } from "../../analysis/engine/fromSnapshot.ts";
import type { Rule } from "../../analysis/rule.ts";
import { oldest } from "../../analysis/words.ts";

export const failed: Rule = {
  id: "test/failed",
  severity: "error",
  checkOrganization(mapped, { world, report }) {
    if (mapped.expectations.length === 0) return;
    const engine = engineOfMapped(mapped, world.lock);
    if (!engine) return;
    const roles = mapped.target?.roles;
    for (const expectation of mapped.expectations) {
      for (const { verdict, claim, why, span, path } of judgeExpectation(engine, expectation)) {
        if (verdict !== "fails") continue;
        const spot = path?.grant?.spot;
        report({
          source: expectation.source,
          span,
          message: `${claim}: ${why}`,
          related: spot ? [{ ...spot, message: "given here" }] : [],
          ...oldest(roles?.state === "known" ? roles.asOf : undefined),
        });
      }
    }
  },
};
