/** What a rule is: an id, a default severity, and functions that look at one thing each and report. */

import type { SourceFix } from "../model/finding.ts";
import type { Bundle, Expectation, FileHead, Mapping, Suppression } from "../model/mapping.ts";
import type { Holding, Severity } from "../model/problem.ts";
import type { OrganizationConfig } from "../model/project.ts";
import type { TargetInventory } from "../model/target.ts";
import type { Source, Span, Spot } from "../model/text.ts";
import type { Instant } from "../model/time.ts";
import type { ResolvedMapping } from "./grants.ts";
import type { Names } from "./names.ts";
import type { World } from "./world.ts";

/** One finding as a rule states it; id, severity and source are added by the checker. */
export interface Report {
  readonly span: Span;
  readonly message: string;
  /** What the span counts in, when it is not the source under examination. */
  readonly source?: Source;
  readonly fixes?: readonly SourceFix[];
  readonly related?: readonly (Spot & { readonly message: string })[];
  /** Whose access it is about, where it stands at no grant of theirs: an access review tells it with that. */
  readonly about?: readonly Holding[];
  /** When the live data was read that the finding rests on. */
  readonly asOf?: Instant;
}

export type ReportFunction = (report: Report) => void;

/**
 * A check. Its file's header is its manual page.
 * Must report nothing where its data is unknown: ask `resolve.ts` and `grants.ts`, never an inventory directly.
 * Must be pure, and must look at nothing but its arguments: findings are kept until one of these changes, so a rule that
 * reached beyond them would go stale. That is why `World` holds no mappings.
 */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** Severity cannot be lowered, and findings cannot be suppressed. */
  readonly locked?: boolean;
  /**
   * Its silence proves nothing even where all names, people and roles are known: it rests on usage or history too. Such a
   * rule's suppressions are never called unused.
   */
  readonly isReticent?: boolean;
  /** One mapping, with what its names stand for. */
  readonly checkMapping?: (resolved: ResolvedMapping, context: RuleContext) => void;
  /** The names written at one mapping or bundle. */
  readonly checkNames?: (names: Names, context: RuleContext) => void;
  readonly checkExpectation?: (expectation: Expectation, head: FileHead, context: RuleContext) => void;
  /** All mappings of one group in one organization. */
  readonly checkGroup?: (group: GroupMappings, context: WideContext) => void;
  /** All definitions of one bundle name, in file order; the first one counts. */
  readonly checkBundles?: (bundles: readonly Bundle[], context: WideContext) => void;
  /** The head of a mapping file. */
  readonly checkHead?: (head: FileHead, context: HeadContext) => void;
  /** The text of any of the project's files, whole or in pieces that end with a line. */
  readonly checkText?: (source: Source, context: RuleContext) => void;
  /** Everything that is mapped in one organization. */
  readonly checkOrganization?: (organization: MappedOrganization, context: WideContext) => void;
  /** Where the project's files are, which changes far less often than what they say. The source is the project file. */
  readonly checkFiles?: (files: ProjectFiles, context: RuleContext) => void;
  /** The project file and what is known of its systems. The source is the project file. */
  readonly checkProject?: (context: RuleContext) => void;
  /** Suppressions of one mapping that silenced nothing. Ids of rules that did not run, or could not see all, are not among them. */
  readonly checkUnused?: (unused: readonly UnusedSuppression[], context: RuleContext) => void;
}

export interface UnusedSuppression extends Suppression {
  /** Nothing can suppress the rule: it is locked, by itself or by the policy. */
  readonly isLocked: boolean;
}

export interface ProjectFiles {
  /** Of all files that findings lie in, sorted: mapping files and accessmap.yaml. */
  readonly paths: readonly string[];
  /** False where a file or folder could not be read. */
  readonly isWhole: boolean;
}

/** For rules that look at several places: every report names its source. */
export interface WideContext {
  readonly world: World;
  readonly report: (report: Report & Spot) => void;
}

export interface RuleContext {
  readonly world: World;
  /** What the spans of the thing under examination count in. */
  readonly source: Source;
  readonly report: ReportFunction;
}

export interface HeadContext extends RuleContext {
  /** The file's first mapping. */
  readonly first: Mapping | undefined;
}

/** One group in one organization, with all mappings that name it, in file order. Ended ones are among them. */
export interface GroupMappings {
  readonly organization: OrganizationConfig;
  readonly mappings: readonly ResolvedMapping[];
}

/** One organization with its mappings, in file order. Ended ones are among them. */
export interface MappedOrganization {
  readonly organization: OrganizationConfig;
  readonly target: TargetInventory | undefined;
  readonly mappings: readonly ResolvedMapping[];
  /** Of the files that belong to the organization, in file order. */
  readonly expectations: readonly Expectation[];
}
