/** Findings as a GitLab code quality report, which merge requests compare by fingerprint. */

import type { Report } from "./report.ts";

const SEVERITY = { error: "critical", warning: "major", info: "info" } as const;

/** Files that cannot be read block; a report without them would look clean. */
export function findingsAsGitlab({ findings, unreadable, prefix }: Report): string {
  const rows = [
    ...unreadable.map(({ file, message }) => ({
      description: `${file} ${message}`,
      check_name: "unreadable",
      fingerprint: `unreadable ${file}`,
      severity: "blocker",
      location: { path: `${prefix}${file}`, lines: { begin: 1 } },
    })),
    ...findings.map(({ message, rule, fingerprint, severity, region, inherited }) => ({
      description: inherited ? `${message} (inherited)` : message,
      check_name: rule,
      fingerprint,
      severity: SEVERITY[severity],
      location: {
        path: `${prefix}${region.file}`,
        lines: { begin: region.start.line + 1, end: region.end.line + 1 },
      },
    })),
  ];
  return JSON.stringify(rows, undefined, 2);
}
