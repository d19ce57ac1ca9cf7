/**
 * plat/google-rename: a Google group was renamed, and its SAML app may still send nothing for it.
 *
 * Why: in Google's admin console the groups that a SAML app sends are picked by hand. A renamed one has to be picked again;
 * until then its people match no mapping, and where role mapping is on, they lose their roles.
 * Do: open the SAML app in Google's admin console, pick the group again under its new name, then run `accessmap lock`.
 * Not reported: other directories; other ways to push; groups that accessmap.lock does not know.
 */

// https://support.google.com/a/answer/11143403 (2026-09)
import type { Rule } from "../../analysis/rule.ts";

export const googleRename: Rule = {
  id: "plat/google-rename",
  severity: "warning",
  checkMapping({ mapping, organization, directory, group }, { world, report }) {
    if (directory?.type !== "google" || group?.answer !== "present" || !mapping.group) return;
    if (organization?.push.roles !== "saml" && organization?.push.teams !== "saml") return;
    const { id, name } = group.item;
    const pins = world.lock.groups.get(directory.name);
    if (!pins || pins.has(name)) return;
    for (const [oldName, pin] of pins) {
      if (pin.id !== id) continue;
      report({
        span: mapping.group.span,
        message: `"${name}" was called "${oldName}" at its last review; pick it again in Google's SAML app, which goes by name, then run \`accessmap lock\``,
        asOf: group.asOf,
      });
    }
  },
};
