/** What rules say of one piece of a mapping file by itself: its text, its mappings, names and expectations. */

import type { FileHead } from "../../model/mapping.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { Spot } from "../../model/text.ts";
import type { Piece } from "../../syntax/readPiece.ts";
import { type ResolvedMapping, resolvePiece } from "../grants.ts";
import { namesOfMapping } from "../names.ts";
import type { Rule, RuleContext } from "../rule.ts";
import { organizationOf, type World } from "../world.ts";
import { judge, type MappingAt, type Verdict } from "./verdict.ts";

export interface CheckedPiece {
  /** Of the piece's file. */
  readonly organization: OrganizationConfig | undefined;
  readonly resolved: readonly ResolvedMapping[];
  readonly verdict: Verdict;
}

/**
 * Resolves the mappings of a piece and asks every rule that looks at single pieces. `rules` are those of the kind `piece`.
 */
export function checkPiece(world: World, head: FileHead, piece: Piece, rules: readonly Rule[]): CheckedPiece {
  const { source } = piece;
  const resolved = resolvePiece(world, head, piece);
  const names = resolved.map((one) => namesOfMapping(world, one));
  const find: MappingAt = ({ span }) => mappingAt(resolved, span);
  const verdict = judge(world, rules, source, find, (report) => {
    const context: RuleContext = { world, source, report };
    return (rule) => {
      if (rule.checkMapping) for (const one of resolved) rule.checkMapping(one, context);
      if (rule.checkNames) for (const one of names) rule.checkNames(one, context);
      if (rule.checkExpectation) for (const one of piece.expectations) rule.checkExpectation(one, head, context);
      rule.checkText?.(source, context);
    };
  });
  return { organization: organizationOf(world, head), resolved, verdict };
}

/** The mapping of a piece that a span lies in, found by bisection: a piece may be a whole file. */
export function mappingAt(mappings: readonly ResolvedMapping[], span: Spot["span"]): ResolvedMapping | undefined {
  let low = 0;
  let high = mappings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((mappings[middle]?.mapping.span.start ?? 0) <= span.start) low = middle + 1;
    else high = middle;
  }
  const resolved = mappings[low - 1];
  return resolved && span.end <= resolved.mapping.span.end ? resolved : undefined;
}
