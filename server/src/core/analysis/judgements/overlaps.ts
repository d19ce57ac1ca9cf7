/** The same pair of group and role, team or bundle stated twice in force: what duplicates and contradictions are made of. */

import type { Span, Spanned } from "../../model/text.ts";
import type { GrantedRole, GrantedTeam, ResolvedMapping } from "../grants.ts";
import { memo } from "../memo.ts";

/** One statement of a pair. */
export interface Statement {
  readonly resolved: ResolvedMapping;
  readonly span: Span;
  /** Role, team or bundle as written. */
  readonly name: string;
  readonly kind: "role" | "team" | "bundle";
  /** An item of the mapping's `bundles`, or of what the mapping gives. */
  readonly item: Item;
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
  if (others.length === 0 && (!only || statesOneOfAKind(only))) return NONE;
  return memo(mappings, compareAll);
}

const NONE: readonly Overlap[] = [];

function statesOneOfAKind({ roles, teams, mapping }: ResolvedMapping): boolean {
  return roles.length < 2 && teams.length < 2 && mapping.bundles.length < 2;
}

function compareAll(mappings: readonly ResolvedMapping[]): readonly Overlap[] {
  const first = new Map<string, Stated>();
  const found: Overlap[] = [];
  for (const resolved of mappings) {
    if (!resolved.inForce) continue;
    for (const item of resolved.roles) compare({ resolved, item }, `role ${identify(item)}`, first, found);
    for (const item of resolved.teams) compare({ resolved, item }, `team ${item.handle}`, first, found);
    for (const item of resolved.mapping.bundles) compare({ resolved, item }, `bundle ${item.value}`, first, found);
  }
  return found;
}

/** Most pairs are stated once, so a statement is made of two only where they meet. */
interface Stated {
  readonly resolved: ResolvedMapping;
  readonly item: Item;
}

type Item = GrantedRole | GrantedTeam | Spanned<string>;

function compare(one: Stated, key: string, first: Map<string, Stated>, found: Overlap[]): void {
  const known = first.get(key);
  if (!known) {
    first.set(key, one);
    return;
  }
  const [isKnownDirect, isDirect] = [isDirectly(known.item), isDirectly(one.item)];
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

function toStatement({ resolved, item }: Stated): Statement {
  return { resolved, span: item.span, item, direct: isDirectly(item), ...called(item) };
}

function called(item: Item): Pick<Statement, "kind" | "name"> {
  if ("ref" in item) return { kind: "role", name: item.ref.name ?? item.ref.id ?? "" };
  if ("handle" in item) return { kind: "team", name: item.handle };
  return { kind: "bundle", name: item.value };
}

function isDirectly(item: Item): boolean {
  return !("bundle" in item) || item.bundle === undefined;
}

function termsOf({ mapping, file }: ResolvedMapping): string {
  return `${mapping.until?.value ?? ""}\n${(mapping.owner ?? file.owner)?.value ?? ""}`;
}
