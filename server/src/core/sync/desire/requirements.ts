/** What must be there before anything can be planned: sound files, the right organization, and live data to compare with. */

import { mappingsOf } from "../../analysis/grants.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import type { Finding } from "../../model/finding.ts";
import type { Failure } from "../../model/knowledge.ts";
import type { OrganizationConfig, Project } from "../../model/project.ts";
import type { Actor, TargetInventory } from "../../model/target.ts";
import { formProblems } from "../../syntax/readMappingFile.ts";
import { causeAt } from "../render/words.ts";

export interface Requirements {
  readonly project: Project;
  readonly organization: OrganizationConfig;
  readonly target: TargetInventory;
  readonly actor: Actor;
}

/** Findings shown when files are broken; the checker shows the rest. */
const MOST_FINDINGS = 10;

/** Everything a plan needs, or all reasons why there can be none. */
export function requirementsOf(
  snapshot: Snapshot,
  name: string,
): Requirements | { readonly missing: readonly Failure[] } {
  const project = snapshot.project?.content;
  if (!project) return missing({ kind: "not-configured", system: name, message: "there is no accessmap.yaml" });
  const broken = brokenFiles(snapshot);
  if (broken.length > 0) return { missing: broken };
  const organization = project.organizations.get(name);
  if (!organization)
    return missing({
      kind: "not-configured",
      system: name,
      message: `accessmap.yaml has no organization "${name}"; it has ${[...project.organizations.keys()].join(", ") || "none"}`,
    });
  const target = snapshot.targets.get(name);
  if (!target) return missing({ kind: "not-configured", system: name, message: `${name} has not been read yet` });
  const { actor } = target;
  if (actor.state === "unknown") return missing(actor.why);
  const wrong = wrongTarget(organization, target, actor.value);
  if (wrong) return missing({ kind: "wrong-target", system: name, message: wrong });
  const unread = [target.accounts, target.roles].flatMap((read) => (read.state === "unknown" ? [read.why] : []));
  if (unread.length > 0) return { missing: distinct(unread) };
  const unseen = unseenDirectories(snapshot, name);
  if (unseen.length > 0) return { missing: unseen };
  return { project, organization, target, actor: actor.value };
}

/** A file that cannot be read as written may hide mappings, and what is hidden would be taken away. */
export function brokenFiles(snapshot: Snapshot): readonly Failure[] {
  return [...(snapshot.project?.problems ?? []), ...snapshot.files.flatMap(formProblems)]
    .filter(({ severity }) => severity === "error")
    .slice(0, MOST_FINDINGS)
    .map((problem) => ({ kind: "malformed", system: problem.source.file, message: describe(snapshot, problem) }));
}

function describe(snapshot: Snapshot, problem: Finding): string {
  const { line } = causeAt(snapshot, "", problem);
  return `line ${line}: ${problem.message}`;
}

/** The key in use must belong to the organization the files mean; a plan for another one is worth nothing. */
export function wrongTarget(
  organization: OrganizationConfig,
  target: TargetInventory,
  actor: Actor,
): string | undefined {
  const expected = organization.id?.value;
  if (expected !== undefined && expected.toLowerCase() !== actor.organizationId.toLowerCase())
    return `the Datadog key belongs to "${actor.organizationName}" (${actor.organizationId}), but organizations.${organization.name}.id is ${expected}`;
  if (target.site !== organization.site.value)
    return `${organization.name} was read from ${target.site}, but accessmap.yaml says ${organization.site.value}`;
  return undefined;
}

/** Failures of the directories, when not one mapped group could be looked up: a plan from that would say nothing. */
function unseenDirectories(snapshot: Snapshot, organization: string): readonly Failure[] {
  const lookups = mappingsOf(snapshot, organization).flatMap(({ group }) => (group ? [group] : []));
  const failures = lookups.flatMap((group) => (group.answer === "unknown" ? [group.why] : []));
  return lookups.length > 0 && failures.length === lookups.length ? distinct(failures) : [];
}

function distinct(failures: readonly Failure[]): readonly Failure[] {
  return [...new Map(failures.map((failure) => [`${failure.system} ${failure.message}`, failure])).values()];
}

function missing(failure: Failure): { readonly missing: readonly Failure[] } {
  return { missing: [failure] };
}
