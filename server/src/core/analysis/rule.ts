/** What a rule is: an id, a default severity, and functions that look at mappings, files or the project and report. */

import type { MappingFile } from "../model/mapping.ts";
import type { Fix, Severity } from "../model/problem.ts";
import type { Span } from "../model/text.ts";
import type { Instant } from "../model/time.ts";
import type { Tree } from "../syntax/parse.ts";
import type { ReadFile } from "../syntax/readMappingFile.ts";
import type { ResolvedMapping } from "./grants.ts";
import type { Snapshot } from "./snapshot.ts";

/** One finding as a rule states it; id, severity and file are added by `check.ts`. */
export interface Report {
  readonly span: Span;
  readonly message: string;
  /** File of the span, when it is not the one under examination. */
  readonly file?: string;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly { readonly file: string; readonly span: Span; readonly message: string }[];
  /** When the live data was read that the finding rests on. */
  readonly asOf?: Instant;
}

export type ReportFunction = (report: Report) => void;

/**
 * A check. Its file's header is its manual page.
 * Must report nothing where its data is unknown: ask `resolve.ts` and `grants.ts`, never an inventory directly.
 * Must be pure: the snapshot is all there is, the clock included (`snapshot.now`).
 */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** Severity cannot be lowered, and findings cannot be suppressed. */
  readonly locked?: boolean;
  /** Called once per mapping. */
  readonly checkMapping?: (resolved: ResolvedMapping, context: RuleContext) => void;
  /** Called once per mapping file. */
  readonly checkFile?: (file: ReadFile<MappingFile>, context: RuleContext) => void;
  /** Called once; reports name their file. */
  readonly checkProject?: (context: RuleContext) => void;
}

export interface RuleContext {
  readonly snapshot: Snapshot;
  /** Tree of the file under examination; of the project file in `checkProject`. */
  readonly tree: Tree;
  readonly report: ReportFunction;
}
