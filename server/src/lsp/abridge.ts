/** A wall of findings for an editor: of each rule the first ones, and how many there are besides. */

import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { Finding } from "../core/model/finding.ts";
import { indexBy } from "../core/model/maps.ts";

/** Findings of one rule that are told of one file. All are sent again with each keystroke, and nobody reads thousands. */
const MOST_OF_A_RULE = 500;

/** All findings of a file where they are few; else the first ones of each rule, and one that counts the others. */
export function abridge(findings: readonly Finding[], toDiagnostic: (finding: Finding) => Diagnostic): Diagnostic[] {
  if (findings.length <= MOST_OF_A_RULE) return findings.map(toDiagnostic);
  return [...indexBy(findings, ({ rule }) => rule)].flatMap(([rule, all]) => {
    const told = all.slice(0, MOST_OF_A_RULE).map(toDiagnostic);
    const next = all[MOST_OF_A_RULE];
    if (!next) return told;
    const count = all.length - MOST_OF_A_RULE;
    const message = `From here on ${count} more of ${rule} in this file, which are not shown; "accessmap check" lists all`;
    const { relatedInformation: _, ...rest } = toDiagnostic(next);
    return [...told, { ...rest, message, severity: DiagnosticSeverity.Information }];
  });
}
