/** The same pair of group and role (or team) stated twice in force: what duplicates and contradictions are made of. */

import type { Span } from "../model/text.ts";
import type { GrantedRole, GrantedTeam, ResolvedMapping } from "./grants.ts";
import { memo } from "./snapshot.ts";

/** One statement of a pair. */
export interface Statement {
  readonly resolved: ResolvedMapping;
  readonly span: Span;
  /** Role or team as written. */
  readonly name: string;
  readonly kind: "role" | "team";
  /** Written at the mapping itself, not brought by a bundle. */
  readonly direct: boolean;
}

export interface Overlap {
  readonly earlier: Statement;
  readonly later: Statement;
  /** Both end on the same day and have the same owner. */
  readonly sameTerms: boolean;
}

/** Overlaps among the mappings of one group, which come in file order. Two bundles that share a role are no overlap. */
export function findOverlaps(mappings: readonly ResolvedMapping[]): readonly Overlap[] {
  const [only, ...others] = mappings;
  // Most groups have one mapping, which states one of a kind.
  if (others.length === 0 && (!only || (only.roles.length < 2 && only.teams.length < 2))) return NONE;
  return memo(mappings, compareAll);
}

const NONE: readonly Overlap[] = [];

function compareAll(mappings: readonly ResolvedMapping[]): readonly Overlap[] {
  const first = new Map<string, Stated>();
  const found: Overlap[] = [];
  for (const resolved of mappings) {
    if (!resolved.inForce) continue;
    for (const granted of resolved.roles) compare({ resolved, granted }, `role ${identify(granted)}`, first, found);
    for (const granted of resolved.teams) compare({ resolved, granted }, `team ${granted.handle}`, first, found);
  }
  return found;
}

/** Most pairs are stated once, so a statement is made of two only where they meet. */
interface Stated {
  readonly resolved: ResolvedMapping;
  readonly granted: GrantedRole | GrantedTeam;
}

function compare(one: Stated, key: string, first: Map<string, Stated>, found: Overlap[]): void {
  const known = first.get(key);
  if (!known) {
    first.set(key, one);
    return;
  }
  const [isKnownDirect, isDirect] = [known.granted.bundle === undefined, one.granted.bundle === undefined];
  if (!isKnownDirect && !isDirect) return;
  // What a bundle brings cannot be taken out on its own: within one mapping the plain item is the surplus one.
  const swap = known.resolved === one.resolved && isKnownDirect && !isDirect;
  const [earlier, later] = swap ? [one, known] : [known, one];
  const sameTerms = termsOf(earlier.resolved) === termsOf(later.resolved);
  found.push({ earlier: toStatement(earlier), later: toStatement(later), sameTerms });
}

/** One text for each role, by its name or its id. */
function identify({ role, ref }: GrantedRole): string {
  if (role.answer === "present") return `id ${role.item.id}`;
  return ref.id === undefined ? `name ${ref.name}` : `id ${ref.id}`;
}

function toStatement({ resolved, granted }: Stated): Statement {
  const { span, bundle } = granted;
  const isRole = "ref" in granted;
  const name = isRole ? (granted.ref.name ?? granted.ref.id ?? "") : granted.handle;
  return { resolved, span, name, kind: isRole ? "role" : "team", direct: bundle === undefined };
}

function termsOf({ mapping, file }: ResolvedMapping): string {
  return `${mapping.until?.value ?? ""}\n${(mapping.owner ?? file.owner)?.value ?? ""}`;
}
