/** What rules said of one thing: severities by policy, suppressions honoured. */

import type { Finding } from "../../model/finding.ts";
import type { Mapping, Suppression } from "../../model/mapping.ts";
import type { Severity } from "../../model/problem.ts";
import type { Policy } from "../../model/project.ts";
import type { Source, Spot } from "../../model/text.ts";
import { dayOf, parseDay } from "../../model/time.ts";
import { matchesAny } from "../glob.ts";
import { policyOf } from "../privilege.ts";
import type { Report, ReportFunction, Rule } from "../rule.ts";
import type { World } from "../world.ts";

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

/** The mapping that a spot lies in, whose `allow` applies to it. */
export type MappingAt = (spot: Spot) => Mapping | undefined;

/**
 * Gathers what `rules` say. `run` gives one rule something to look at; its reports mean `source` unless they name another.
 */
export function judge(
  world: World,
  rules: readonly Rule[],
  source: Source,
  mappingAt: MappingAt,
  run: (rule: Rule, report: ReportFunction) => void,
): Verdict {
  const findings: Finding[] = [];
  const used: Used[] = [];
  const policy = policyOf(world);
  for (const rule of rules) {
    const severity = severityOf(rule, policy);
    if (severity === undefined) continue;
    run(rule, (report) => {
      const finding = toFinding(rule, severity, source, report);
      const allow = mappingAt(finding)?.allow ?? [];
      const suppression = allow.find((candidate) => suppresses(candidate, rule, policy, world));
      if (suppression) used.push({ source: finding.source, suppression });
      else findings.push(finding);
    });
  }
  return findings.length === 0 && used.length === 0 ? SILENCE : { findings, used };
}

function severityOf(rule: Rule, policy: Policy): Severity | undefined {
  const setting = policy.rules.get(rule.id);
  if (setting === undefined || (rule.locked && setting !== "error")) return rule.severity;
  return setting === "off" ? undefined : setting;
}

function suppresses(suppression: Suppression, rule: Rule, policy: Policy, world: World): boolean {
  if (suppression.rule.value !== rule.id || rule.locked || matchesAny(policy.locked, rule.id)) return false;
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
    ...(report.asOf === undefined ? {} : { asOf: report.asOf }),
  };
}
