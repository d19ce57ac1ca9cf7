/** Kinds of names for colouring: groups, roles, teams and bundles, and permissions by their sensitivity. */

import { findPermission } from "../analysis/effective.ts";
import { startsIn } from "../analysis/places.ts";
import { fileIn, type Snapshot, textIn } from "../analysis/snapshot.ts";
import { organizationOf } from "../analysis/world.ts";
import { shift } from "../model/finding.ts";
import type { Sensitivity, TargetInventory } from "../model/target.ts";
import type { Span, Spanned } from "../model/text.ts";
import { allExpectations } from "../syntax/readMappingFile.ts";
import { type MentionKind, mentionsOf, placeIn } from "./support/mentions.ts";

export interface SemanticToken {
  readonly span: Span;
  readonly kind: MentionKind | "permission";
  readonly modifier?: "definition" | Exclude<Sensitivity, "low">;
}

/** In file order, without overlaps; texts over several lines are left out. */
export function semanticTokens(snapshot: Snapshot, file: string): readonly SemanticToken[] {
  const text = textIn(snapshot, file);
  if (text === undefined) return [];
  const tokens = [...namesOf(snapshot, file), ...permissionsOf(snapshot, file)].sort(
    (one, other) => one.span.start - other.span.start,
  );
  let end = 0;
  return tokens.filter(({ span }) => {
    if (span.start < end || span.end === span.start || text.slice(span.start, span.end).includes("\n")) return false;
    end = span.end;
    return true;
  });
}

function namesOf(snapshot: Snapshot, file: string): readonly SemanticToken[] {
  return (mentionsOf(snapshot).byFile.get(file) ?? []).map((mention) => ({
    span: placeIn(snapshot, mention).span,
    kind: mention.kind,
    ...(mention.isDefinition ? { modifier: "definition" as const } : {}),
  }));
}

function permissionsOf(snapshot: Snapshot, file: string): readonly SemanticToken[] {
  const { project } = snapshot;
  if (project?.tree.file === file) {
    const { classes, apart } = project.content.policy;
    return [...classes.flatMap(({ never }) => never), ...apart.flat()].map((name) => permission(undefined, name));
  }
  const read = fileIn(snapshot, file);
  const organization = read && organizationOf(snapshot, read.head);
  const target = organization && snapshot.targets.get(organization.name);
  const startOf = startsIn(snapshot);
  return (read ? allExpectations(read) : []).flatMap(({ source, permission: named, can, cannot }) =>
    [...(named ? [named] : []), ...can, ...cannot].map(({ value, span }) =>
      permission(target, { value, span: shift(span, startOf(source)) }),
    ),
  );
}

function permission(target: TargetInventory | undefined, { value, span }: Spanned<string>): SemanticToken {
  const { sensitivity } = findPermission(target, value);
  return { span, kind: "permission", ...(sensitivity === "low" ? {} : { modifier: sensitivity }) };
}
