/**
 * plat/two-writers: somebody else changed in Datadog what a push of these files had set.
 *
 * Why: either the files no longer say what people mean, or another tool or person fights them; the next push undoes it.
 * Do: `accessmap drift` tells who did it and when, where the audit trail can be read. Then take it into the files, or let
 * the next push set it right.
 * Not reported: what no push from this folder has set, since its journals lie where it ran; what groups or files explain;
 * roles and teams pushed through SAML, which come and go with logins; accounts that are gone or switched off; reads of the
 * first minutes after a push; where groups, files or accounts are not wholly known, what came back.
 */

import { type Undone, undoneIn } from "../../analysis/judgements/undone.ts";
import type { Rule } from "../../analysis/rule.ts";
import { fold, inQuotes } from "../../analysis/words.ts";
import { indexBy } from "../../model/maps.ts";
import { bySpot } from "../../model/text.ts";
import { dayOf } from "../../model/time.ts";

export const twoWriters: Rule = {
  id: "plat/two-writers",
  severity: "warning",
  checkOrganization(mapped, { world, report }) {
    const { organization } = mapped;
    const moves = world.moves.get(organization.name);
    if (!moves || !world.project) return;
    const here = { source: world.project.tree, span: organization.span };
    const things = indexBy(undoneIn(mapped, moves, world.lock), ({ move }) => `${move.kind} ${move.id}`);
    for (const alike of [...things.values()].flatMap(bySpot)) {
      const [first] = alike;
      if (first) report({ ...(first.spot ?? here), message: describe(first, alike), asOf: first.asOf });
    }
  },
};

function describe({ move, what }: Undone, alike: readonly Undone[]): string {
  const name = move.kind === "team" ? `team ${inQuotes(what)}` : inQuotes(what);
  const people = fold([...new Set(alike.map(({ person }) => person))].sort());
  const push = `the push of ${dayOf(move.at)}`;
  if (move.did === "gave")
    return `Outside these files, ${name} was taken from ${people} after ${push} gave it; the next push gives it again. \`accessmap drift\` tells more`;
  return `Outside these files, ${name} was given to ${people} after ${push} took it; the next push takes it again. \`accessmap drift\` tells more`;
}
