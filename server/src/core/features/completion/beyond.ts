/** When the names at hand cannot answer: the list is not whole, or its filter leaves out what is being typed. */

import { resolveGroup } from "../../analysis/resolve.ts";
import type { DirectoryInventory } from "../../model/directory.ts";
import { gapOf } from "../../model/knowledge.ts";
import type { Beyond, Candidate, CompletionSpot } from "./candidates.ts";
import { MOST } from "./match.ts";
import { foldName } from "./nameIndex.ts";

/** Fewer letters would ask for half a directory. */
const LEAST = 3;

/** What a directory could still tell of groups, beside those that are offered already. */
export function beyondOf(
  { typed, inventory, location }: CompletionSpot,
  offered: readonly Candidate[],
): Beyond | undefined {
  const beginning = typed.trim();
  if (!inventory || beginning.length < LEAST || !mayHoldMore(inventory, beginning)) return undefined;
  const labels = offered.map(({ label }) => label);
  const isFull = labels.length >= MOST && labels.every((label) => foldName(label).startsWith(foldName(beginning)));
  const ref = { by: "name", text: beginning, span: location.token.span } as const;
  if (isFull || resolveGroup(inventory, ref, inventory.name).answer === "present") return undefined;
  return { directory: inventory.name, beginning };
}

/** `dd-*` lists every name that begins with `dd-`; of any other pattern no beginning is sure to be wholly listed. */
function mayHoldMore({ groups, filter }: DirectoryInventory, beginning: string): boolean {
  if (gapOf(groups)) return true;
  if (filter === undefined) return false;
  const [, plain] = /^([^*?[\]{}()!+@|\\]*)\*$/.exec(filter) ?? [];
  return plain === undefined || !beginning.startsWith(plain);
}
