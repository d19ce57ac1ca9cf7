/** `accessmap credentials`: age, scopes, owner and last use of every key and token that can be read, from fresh reads. */

import { type CredentialReport, credentialReport } from "../core/audit/credentials.ts";
import {
  type CredentialExtras,
  credentialSheet,
  credentialsJson,
  credentialsMarkdown,
  renderCredentials,
} from "../core/audit/renderCredentials.ts";
import { toCsv } from "../store/csv.ts";
import { readForAudit } from "./support/auditRead.ts";
import { type ContentKind, deliver, type Output } from "./support/deliver.ts";
import { EXIT } from "./support/exit.ts";
import { openProject, type ProjectOptions } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface CredentialsOptions extends ProjectOptions, Output {
  readonly format: keyof typeof FORMATS;
}

type Write = (report: CredentialReport, extras: CredentialExtras) => string;

const FORMATS = {
  text: ["text", renderCredentials],
  json: ["json", credentialsJson],
  markdown: ["text", credentialsMarkdown],
  csv: ["table", (report) => toCsv(credentialSheet(report))],
} as const satisfies Readonly<Record<string, readonly [ContentKind, Write]>>;

/** What these find stands beside each credential. */
const TOLD_IN_ROWS: ReadonlySet<string> = new Set(["cred/old-or-unused", "cred/ending"]);

/** Fails when a credential has a finding, or a rule about credentials does. */
export async function credentials(options: CredentialsOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  const snapshot = await readForAudit(workspace, terminal, { cause: "credentials", include: ["credentials"] });
  const report = credentialReport(snapshot);
  const messages = [...workspace.problems().values()]
    .flat()
    .filter(({ rule, inherited }) => rule.startsWith("cred/") && !TOLD_IN_ROWS.has(rule) && !inherited)
    .map(({ message }) => message);
  const [kind, write] = FORMATS[options.format];
  await deliver(write(report, { messages }), kind, options, terminal);
  const fails = messages.length > 0 || report.rows.some(({ findings }) => findings.length > 0);
  if (fails) return EXIT.findings;
  return report.reads.some(({ asOf }) => asOf !== undefined) ? EXIT.clean : EXIT.live;
}
