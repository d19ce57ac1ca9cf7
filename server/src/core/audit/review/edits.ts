/** One decision on a grant that the mapping itself names, as one edit of it; or why a person has to do it. */

import type { ResolvedMapping } from "../../analysis/grants.ts";
import type { SourceEdit } from "../../model/finding.ts";
import { insertEntry, removeItem, replaceScalar } from "../../syntax/edit.ts";
import type { Decision } from "./decisions.ts";
import type { GivenItem } from "./grant.ts";

export type DecidedEdit =
  | { readonly edit: SourceEdit; readonly removesEntry: boolean }
  | { readonly byHand: string }
  | undefined;

/** Takes the role or team out; with the last thing that the mapping gives, the mapping. */
export function revokeEdit({ mapping, roles, teams }: ResolvedMapping, { span }: GivenItem): DecidedEdit {
  const removesEntry = roles.length + teams.length === 1 && mapping.bundles.length + mapping.hoop.length === 0;
  const edit = removeItem(mapping.source, removesEntry ? mapping.span : span);
  return edit && { edit, removesEntry };
}

/** Order of keys in a mapping, as the formatter keeps it. */
export const KEY_ORDER = ["group", "bundles", "roles", "teams", "hoop", "reason", "owner", "until"];

/** The day that a change names as the new end of the mapping, as it is written. */
export function newEnd({ change }: Pick<Decision, "change">): string | undefined {
  return /^until\s+(.*)$/i.exec(change)?.[1];
}

/** Another role or team in its place, or another end of the mapping. `whyNot` tells why there is no such name. */
export function changeEdit(
  { mapping }: ResolvedMapping,
  { span, isPinned }: GivenItem,
  decision: Decision,
  whyNot: (name: string) => string | undefined,
): DecidedEdit {
  const end = newEnd(decision);
  if (end !== undefined) {
    const edit = mapping.until
      ? replaceScalar(mapping.source, mapping.until.span, end)
      : insertEntry(mapping.source, mapping.span, "until", end, KEY_ORDER);
    return edit && { edit, removesEntry: false };
  }
  if (isPinned) return { byHand: "it is pinned by its id" };
  const name = decision.change.replace(/^team\s+/i, "");
  const why = whyNot(name);
  if (why !== undefined) return { byHand: why };
  return { edit: replaceScalar(mapping.source, span, name), removesEntry: false };
}
