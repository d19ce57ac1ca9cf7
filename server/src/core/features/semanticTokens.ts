/** Kinds of names for colouring: groups, roles, teams and bundles, and permissions by their sensitivity. */

import { findPermission } from "../analysis/effective.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { organizationOf } from "../analysis/world.ts";
import type { Sensitivity, TargetInventory } from "../model/target.ts";
import type { Span, Spanned } from "../model/text.ts";
import { type MentionKind, mentionsOf } from "./support/mentions.ts";

export interface SemanticToken {
  readonly span: Span;
  readonly kind: MentionKind | "permission";
  readonly modifier?: "definition" | Exclude<Sensitivity, "low">;
}

/** In file order, without overlaps; texts over several lines are left out. */
export function semanticTokens(snapshot: Snapshot, file: string): readonly SemanticToken[] {
  const tree = snapshot.files.find((candidate) => candidate.tree.file === file) ?? snapshot.project;
  if (tree?.tree.file !== file) return [];
  const { text } = tree.tree;
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
  return (mentionsOf(snapshot).byFile.get(file) ?? []).map(({ span, kind, isDefinition }) => ({
    span,
    kind,
    ...(isDefinition ? { modifier: "definition" as const } : {}),
  }));
}

function permissionsOf(snapshot: Snapshot, file: string): readonly SemanticToken[] {
  const { project } = snapshot;
  if (project?.tree.file === file) {
    const { classes, apart } = project.content.policy;
    return [...classes.flatMap(({ never }) => never), ...apart.flat()].map((name) => permission(undefined, name));
  }
  const content = snapshot.files.find((candidate) => candidate.tree.file === file)?.content;
  const organization = content && organizationOf(snapshot, content);
  const target = organization && snapshot.targets.get(organization.name);
  return (content?.expectations ?? [])
    .flatMap((expectation) => [
      ...(expectation.permission ? [expectation.permission] : []),
      ...expectation.can,
      ...expectation.cannot,
    ])
    .map((name) => permission(target, name));
}

function permission(target: TargetInventory | undefined, { value, span }: Spanned<string>): SemanticToken {
  const { sensitivity } = findPermission(target, value);
  return { span, kind: "permission", ...(sensitivity === "low" ? {} : { modifier: sensitivity }) };
}
