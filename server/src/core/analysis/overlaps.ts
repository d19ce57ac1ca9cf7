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
  return memo(mappings, compareAll);
}

function compareAll(mappings: readonly ResolvedMapping[]): readonly Overlap[] {
  const first = new Map<string, Statement>();
  const found: Overlap[] = [];
  for (const resolved of mappings) {
    if (!resolved.inForce) continue;
    for (const [key, statement] of statementsOf(resolved)) {
      const known = first.get(key);
      if (!known) first.set(key, statement);
      else if (known.direct || statement.direct) {
        // What a bundle brings cannot be taken out on its own: within one mapping the plain item is the surplus one.
        const swap = known.resolved === resolved && known.direct && !statement.direct;
        const [earlier, later] = swap ? [statement, known] : [known, statement];
        found.push({ earlier, later, sameTerms: termsOf(earlier.resolved) === termsOf(later.resolved) });
      }
    }
  }
  return found;
}

function statementsOf(resolved: ResolvedMapping): [string, Statement][] {
  const state = (kind: Statement["kind"], name: string, { span, bundle }: GrantedRole | GrantedTeam): Statement => ({
    resolved,
    span,
    name,
    kind,
    direct: bundle === undefined,
  });
  return [
    ...resolved.roles.map((granted): [string, Statement] => {
      const { role, ref } = granted;
      const written = ref.id === undefined ? `name ${ref.name}` : `id ${ref.id}`;
      const key = role.answer === "present" ? `id ${role.item.id}` : written;
      return [`role ${key}`, state("role", ref.name ?? ref.id ?? "", granted)];
    }),
    ...resolved.teams.map((granted): [string, Statement] => [
      `team ${granted.handle}`,
      state("team", granted.handle, granted),
    ]),
  ];
}

function termsOf({ mapping, file }: ResolvedMapping): string {
  return `${mapping.until?.value ?? ""}\n${(mapping.owner ?? file.owner)?.value ?? ""}`;
}
