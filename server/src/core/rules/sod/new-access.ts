/**
 * sod/new-access: a change gives people a sensitive permission that they do not have before it.
 *
 * Why: this is the part of a change that somebody else has to agree to, and a reviewer of one line does not see whom it
 * reaches, nor that a role at another end of the repository brings it.
 * Do: look at who gains what. Let whoever approves the change say so in `allow:`, with the reason and an end, or make the
 * rule an error in `policy.rules` where nothing of the kind may come in without that.
 * Not reported: anything outside `accessmap check --changed`, where nothing is there to compare with; permissions below high
 * sensitivity; what people gain because groups or roles changed, since both sides are judged by the same live data;
 * organizations of which nothing was read.
 */

import { changesBetween, type Shift } from "../../analysis/engine/changes.ts";
import { engineOfMapped } from "../../analysis/engine/fromSnapshot.ts";
import type { MappedOrganization, Rule } from "../../analysis/rule.ts";
import { fold, inQuotes, oldest } from "../../analysis/words.ts";
import type { World } from "../../analysis/world.ts";
import { compareSensitivity, worstFirst } from "../../model/target.ts";
import { bySpot, type Spot } from "../../model/text.ts";

export const newAccess: Rule = {
  id: "sod/new-access",
  severity: "info",
  checkOrganization(mapped, { world, report }) {
    const { target } = mapped;
    for (const alike of bySpot(gainsIn(mapped, world))) {
      const [first] = alike;
      if (!first) continue;
      const permissions = alike.map(({ shift }) => shift.permission).sort(worstFirst);
      const who = fold([...new Set(alike.map((gain) => gain.who))].sort());
      const what = fold([...new Set(permissions.map(({ name }) => name))]);
      report({
        ...first.spot,
        message: `This change gives ${who} what nothing gave them before: ${what}. Whoever approves it agrees to that`,
        ...oldest(target?.roles.state === "known" ? target.roles.asOf : undefined),
      });
    }
  },
};

interface Gain {
  readonly who: string;
  readonly shift: Shift;
  readonly spot: Spot;
}

/** Of people, and of groups whose members are not wholly known. */
function gainsIn(mapped: MappedOrganization, { base, lock }: World): readonly Gain[] {
  const { organization, target } = mapped;
  if (!base) return [];
  const before = engineOfMapped({ organization, target, mappings: base.get(organization.name) ?? [] }, lock);
  const after = engineOfMapped(mapped, lock);
  if (!before || !after) return [];
  const { people, groups } = changesBetween(before, after);
  const unseen = groups.filter(({ membersGap }) => membersGap !== undefined);
  return [
    ...people.flatMap(({ person, gains }) => gains.flatMap((shift) => toGain(person.name, shift))),
    ...unseen.flatMap(({ name, gains }) => gains.flatMap((shift) => toGain(`the members of ${inQuotes(name)}`, shift))),
  ];
}

function toGain(who: string, shift: Shift): readonly Gain[] {
  const spot = shift.path.grant?.spot;
  return spot && compareSensitivity(shift.permission.sensitivity, "high") >= 0 ? [{ who, shift, spot }] : [];
}
