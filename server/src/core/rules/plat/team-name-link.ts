/**
 * plat/team-name-link: a push would make a second team beside one that is called the same.
 *
 * Why: Datadog links a SCIM group to the team whose handle is the group's name in lower case with underscores. A team of
 * the same name under another handle is not linked, so there would be two, and each holds half of the people.
 * Do: write the handle of the team that is there; the fix does. When the new one is meant, rename the old one first.
 * Not reported: other ways to push; teams that could not be read completely.
 */

// https://docs.datadoghq.com/account_management/scim/okta/ (2026-09)
import { changeTo } from "../../analysis/judgements/fixes.ts";
import { memo } from "../../analysis/memo.ts";
import { teamsByDerivedHandle } from "../../analysis/resolve.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";

export const teamNameLink: Rule = {
  id: "plat/team-name-link",
  severity: "warning",
  checkNames({ teams }, { source, report }) {
    for (const { ref, found, otherCase, renamedTo, organization, target } of teams) {
      if (found.answer !== "absent" || organization.push.teams !== "scim") continue;
      if ((otherCase ?? renamedTo) !== undefined) continue;
      const namesakes = memo(target, teamsByDerivedHandle).get(ref.value) ?? [];
      if (namesakes.length === 0) continue;
      const handles = namesakes.map(({ handle }) => handle);
      report({
        span: ref.span,
        message: `"${organization.name}" has a team called "${namesakes[0]?.name}" with the handle ${fold(handles.map(inQuotes))}, and a push would create a second one; write that handle`,
        fixes: changeTo(source, ref.span, handles),
        asOf: found.asOf,
      });
    }
  },
};
