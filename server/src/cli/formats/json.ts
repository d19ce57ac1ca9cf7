/** Findings and claims as JSON for programs. Lines and columns count from 1, columns in UTF-16 code units. */

import { controlsOf } from "../../core/model/controls.ts";
import type { Report, TestReport } from "./report.ts";

/**
 * Version 1. `inherited` is there only where it is true, `asOf` where live data was looked at; `fingerprint` stays when
 * lines move.
 */
export function findingsAsJson({ findings, systems, unreadable, notes, base }: Report): string {
  const rows = findings.map(({ rule, severity, region, message, fixes, related, asOf, inherited, fingerprint }) => ({
    rule,
    severity,
    controls: controlsOf(rule) ?? [],
    ...(inherited ? { inherited } : {}),
    file: region.file,
    line: region.start.line + 1,
    column: region.start.column + 1,
    endLine: region.end.line + 1,
    endColumn: region.end.column + 1,
    message,
    fixes: fixes.map(({ title }) => title),
    related: related.map((item) => ({ file: item.region.file, message: item.message })),
    ...(asOf === undefined ? {} : { asOf }),
    fingerprint,
  }));
  return JSON.stringify(
    { version: 1, ...(base === undefined ? {} : { base }), findings: rows, systems, unreadable, notes },
    undefined,
    2,
  );
}

/** Version 1. `mutations` is empty unless they were asked for. */
export function claimsAsJson({ claims, mutations, gaps }: TestReport): string {
  const results = claims.map(({ verdict, claim, why, place }) => ({
    verdict,
    claim,
    ...(why === undefined ? {} : { why }),
    ...place,
  }));
  const tried = mutations.map(({ organization, tried, survivors }) => ({
    organization,
    tried,
    survivors: survivors.map(({ kind, text, people }) => ({ kind, text, people })),
  }));
  return JSON.stringify({ version: 1, results, mutations: tried, gaps }, undefined, 2);
}
