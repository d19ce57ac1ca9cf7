/**
 * ref/unknown-bundle: a mapping names a bundle that no file of the project defines.
 *
 * Why: the mapping gives less than it says, and nobody sees what is missing.
 * Do: correct the name (offered when one is close), define the bundle, or remove the item.
 * Not reported: bundles that are defined in any mapping file of the project, whatever its organization.
 */

import { changeTo, hint, remove } from "../../analysis/judgements/fixes.ts";
import type { Rule } from "../../analysis/rule.ts";
import { nearestFew } from "../../syntax/nearest.ts";

export const unknownBundle: Rule = {
  id: "ref/unknown-bundle",
  severity: "error",
  checkMapping({ unknownBundles }, { world, source, report }) {
    for (const { value, span } of unknownBundles) {
      const near = nearestFew(value, world.bundles.keys(), 3);
      report({
        span,
        message: `No file of this project defines a bundle "${value}"${hint(near, 'define it under "bundles"')}`,
        fixes: [...changeTo(source, span, near), ...remove(source, "Remove this bundle", span)],
      });
    }
  },
};
