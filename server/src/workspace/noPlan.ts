/** Why there is no plan, in the same words for every surface. */

import type { Failure } from "../core/model/knowledge.ts";
import { brokenFiles } from "../core/sync/desire/requirements.ts";
import type { Workspace } from "./workspaceTypes.ts";

/** `files` have errors or cannot be read, the key is for another organization (`target`), or `live` data is missing. */
export interface Reasons {
  readonly cause: "files" | "target" | "live";
  /** E.g. `while files cannot be read`. */
  readonly what: string;
  /** At least one. */
  readonly each: readonly string[];
}

/** A plan from half of the files would take away what the other half gives. */
export function fileReasons({ unreadable, snapshot }: Pick<Workspace, "unreadable" | "snapshot">): Reasons | undefined {
  const unread = unreadable().map(({ file, message }) => `${file} ${message}`);
  if (unread.length > 0) return { cause: "files", what: "while files cannot be read", each: unread };
  const broken = brokenFiles(snapshot()).map(({ system: file, message }) => `${file}, ${message}`);
  return broken.length > 0 ? { cause: "files", what: "while files have errors", each: broken } : undefined;
}

/** What a plan needs and was not read. A key for another organization makes everything else worthless. */
export function liveReasons(missing: readonly Failure[]): Reasons {
  const wrong = missing.find(({ kind }) => kind === "wrong-target");
  if (wrong) return { cause: "target", what: "for this organization", each: [wrong.message] };
  const each = missing.map(({ system, message }) => `${system}: ${message}`);
  return { cause: "live", what: "without live data", each };
}

/** `effect` is what did not happen. In one line: `No plan without live data: okta: okta cannot be reached`. */
export function describeReasons({ what, each }: Reasons, form: "line" | "lines" = "line", effect = "No plan"): string {
  return form === "line" ? `${effect} ${what}: ${each.join("; ")}` : `${effect} ${what}:\n  ${each.join("\n  ")}`;
}
