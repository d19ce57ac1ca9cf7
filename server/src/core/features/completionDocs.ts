/** What a chosen completion means, told only when somebody looks at it: the same words as its hover. */

import type { Snapshot } from "../analysis/snapshot.ts";
import type { CandidateKind } from "./completion/candidates.ts";
import { describeBundle, documentPermission } from "./hover/documents.ts";
import { describeGroup } from "./hover/group.ts";
import { describeRole, describeTeam } from "./hover/target.ts";
import { scopeAt } from "./support/scope.ts";

const TOLD_LATER: ReadonlySet<CandidateKind> = new Set(["group", "role", "team", "bundle", "permission"]);

/** True for kinds that `describeOffered` has more to say of than the list. */
export function isToldLater(kind: CandidateKind): boolean {
  return TOLD_LATER.has(kind);
}

/** What was offered, and where. */
export interface Offered {
  readonly file: string;
  readonly offset: number;
  readonly kind: CandidateKind;
  readonly name: string;
  /** The directory written beside the cursor. */
  readonly directory?: string;
}

/** Markdown; undefined for kinds that the list itself says everything about. */
export function describeOffered(snapshot: Snapshot, offered: Offered): string | undefined {
  const { file, offset, kind, name, directory } = offered;
  const scope = scopeAt(snapshot, file, offset, directory);
  const span = { start: offset, end: offset };
  switch (kind) {
    case "group":
      return describeGroup(snapshot, scope, { by: "name", text: name, span });
    case "role":
      return describeRole(snapshot, scope, { name, span });
    case "team":
      return describeTeam(snapshot, scope, name);
    case "bundle":
      return describeBundle(snapshot, name);
    case "permission":
      return documentPermission(scope.target, name);
    default:
      return undefined;
  }
}
