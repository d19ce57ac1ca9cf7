/** What rules said of one thing: severities by policy, suppressions honoured. */

import type { Finding } from "../../model/finding.ts";
import type { Suppression } from "../../model/mapping.ts";
import type { Severity } from "../../model/problem.ts";
import type { Policy, RuleOverride } from "../../model/project.ts";
import type { Source, Spot } from "../../model/text.ts";
import { dayOf, parseDay } from "../../model/time.ts";
import { matchesAny, matchesSome } from "../glob.ts";
import type { ResolvedMapping } from "../grants.ts";
import { memoOf } from "../memo.ts";
import type { Report, ReportFunction, Rule } from "../rule.ts";
import type { World } from "../world.ts";
import { policyOf } from "../world.ts";

export interface Used {
  readonly source: Source;
  readonly suppression: Suppression;
}

export interface Verdict {
  readonly findings: readonly Finding[];
  /** Suppressions that silenced something. */
  readonly used: readonly Used[];
}

export const SILENCE: Verdict = { findings: [], used: [] };

/** The mapping that a spot lies in: its `allow` applies to it, and its organization is the finding's. */
export type MappingAt = (spot: Spot) => ResolvedMapping | undefined;

/**
 * Gathers what `rules` say. `prepare` gets what they report with, and gives one rule something to look at; reports mean
 * `source` unless they name another.
 */
export function judge(
  world: World,
  rules: readonly Rule[],
  source: Source,
  mappingAt: MappingAt,
  prepare: (report: ReportFunction) => (rule: Rule) => void,
): Verdict {
  const findings: Finding[] = [];
  const used: Used[] = [];
  const policy = policyOf(world);
  let rule: Rule;
  const look = prepare((report) => {
    const spot = { source: report.source ?? source, span: report.span };
    const resolved = mappingAt(spot);
    const organization = resolved ? resolved.organization?.name : organizationAt(world, spot);
    const severity = severityOf(rule, policy, { file: spot.source.file, organization });
    if (severity === undefined) return;
    const finding = toFinding(rule, severity, source, report);
    const suppression = resolved?.mapping.allow.find((candidate) => suppresses(candidate, rule, policy, world));
    if (suppression) used.push({ source: finding.source, suppression });
    else findings.push(finding);
  });
  for (rule of memoOf(policy, rules, speaking)) look(rule);
  return findings.length === 0 && used.length === 0 ? SILENCE : { findings, used };
}

/** Those of `rules` that the policy lets speak at least somewhere. */
function speaking(policy: Policy, rules: readonly Rule[]): readonly Rule[] {
  return rules.filter((rule) => overridesOf(rule, policy).length > 0 || severityOf(rule, policy) !== undefined);
}

/** Of the same suppressions the same findings stand at the same places. */
export function saysTheSame(one: Verdict, other: Verdict): boolean {
  return (
    one.findings.length === other.findings.length &&
    one.findings.every((finding, index) => finding.span.start === other.findings[index]?.span.start)
  );
}

/** Where a finding is. */
export interface Whereabouts {
  readonly file: string;
  /** Undefined for what belongs to none, such as a bundle. */
  readonly organization: string | undefined;
}

/** Severity of a rule's findings by policy, undefined when they are off; without a place, of those that no override is about. */
export function severityOf(rule: Rule, policy: Policy, where?: Whereabouts): Severity | undefined {
  const override = where && overridesOf(rule, policy).find((candidate) => fits(candidate, where));
  const setting = override?.severity ?? policy.rules.get(rule.id);
  if (setting === undefined || (rule.locked && setting !== "error")) return rule.severity;
  return setting === "off" ? undefined : setting;
}

function overridesOf(rule: Rule, policy: Policy): readonly RuleOverride[] {
  if (policy.overrides.length === 0) return policy.overrides;
  return memoOf(policy, rule, findOverrides);
}

function findOverrides({ overrides }: Policy, { id }: Rule): readonly RuleOverride[] {
  return overrides.filter(({ rules }) => matchesSome(rules, id));
}

function fits({ files, organizations }: RuleOverride, { file, organization }: Whereabouts): boolean {
  return (
    (files.length === 0 || matchesSome(files, file)) &&
    (organizations.length === 0 || (organization !== undefined && organizations.includes(organization)))
  );
}

/** The organization whose entry in accessmap.yaml a spot is. */
function organizationAt({ project }: World, { source, span }: Spot): string | undefined {
  if (!project || source !== project.tree) return undefined;
  for (const { name, span: own } of project.content.organizations.values())
    if (own.start === span.start && own.end === span.end) return name;
  return undefined;
}

/** True where no mapping file can suppress the rule. */
export function isLocked({ id, locked }: Rule, policy: Policy): boolean {
  return locked === true || matchesAny(policy.locked, id);
}

function suppresses(suppression: Suppression, rule: Rule, policy: Policy, world: World): boolean {
  if (suppression.rule.value !== rule.id || isLocked(rule, policy)) return false;
  if (!suppression.until) return true;
  const until = parseDay(suppression.until.value);
  return until !== undefined && until >= dayOf(world.now);
}

function toFinding(rule: Rule, severity: Severity, source: Source, report: Report): Finding {
  return {
    rule: rule.id,
    severity,
    source: report.source ?? source,
    span: report.span,
    message: report.message,
    fixes: report.fixes ?? [],
    related: report.related ?? [],
    ...(report.about && { about: report.about }),
    ...(report.asOf === undefined ? {} : { asOf: report.asOf }),
  };
}
