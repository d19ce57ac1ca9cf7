/**
 * priv/service-account-in-human-group: a group with a sensitive role holds people and service accounts.
 *
 * Why: a review asks whether people still do the work; a program in between is waved through, and nobody knows who
 * answers for it. A person among programs gets rights that were made for machines.
 * Do: give the two groups of their own.
 * Not reported: roles below high sensitivity; accounts whose login does not say that it is a program's, by a word such
 * as svc, bot or automation; groups whose members, and roles whose content, is not known; mappings that have ended.
 */

import { groupName } from "../../analysis/grants.ts";
import { kindsOf } from "../../analysis/judgements/bots.ts";
import { mostSensitive } from "../../analysis/judgements/privilege.ts";
import type { Rule } from "../../analysis/rule.ts";
import { countOf, fold, oldest } from "../../analysis/words.ts";

export const serviceAccountInHumanGroup: Rule = {
  id: "priv/service-account-in-human-group",
  severity: "warning",
  checkMapping(resolved, { report }) {
    const { mapping, members } = resolved;
    if (members.state === "unknown" || !mapping.group) return;
    const { people, programs } = kindsOf(members);
    if (people.length === 0 || programs.length === 0) return;
    const top = mostSensitive(resolved, "high");
    if (!top) return;
    const [few, rest] =
      programs.length <= people.length
        ? [programs, `${countOf(people.length, "person", "people")}`]
        : [people, `${programs.length} service accounts`];
    const look =
      few === programs
        ? few.length === 1
          ? "looks like a service account"
          : "look like service accounts"
        : few.length === 1
          ? "is a person"
          : "are people";
    report({
      span: mapping.group.span,
      message: `${fold(few.map(({ login }) => login))} ${look} among ${rest} in "${groupName(resolved)}", which gets "${top.held.role.item.name}"; give people and programs groups of their own`,
      ...oldest(members.asOf, top.held.role.asOf),
    });
  },
};
