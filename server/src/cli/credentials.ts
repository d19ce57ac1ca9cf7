/** `accessmap credentials`: age, scopes, owner and last use of every key and token that can be read, from fresh reads. */

import { credentialReport } from "../core/audit/credentials.ts";
import {
  credentialSheet,
  credentialsJson,
  credentialsMarkdown,
  renderCredentials,
} from "../core/audit/renderCredentials.ts";
import { readForAudit } from "./audit.ts";
import { toCsv } from "./csv.ts";
import { EXIT } from "./exit.ts";
import { openProject, type ProjectOptions } from "./project.ts";
import type { Terminal } from "./terminal.ts";

export interface CredentialsOptions extends ProjectOptions {
  readonly format: "text" | "json" | "markdown" | "csv";
}

/** Fails when a credential has a finding, or a rule about credentials does. */
export async function credentials(options: CredentialsOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  const snapshot = await readForAudit(workspace, terminal, { cause: "credentials", include: ["credentials"] });
  const report = credentialReport(snapshot);
  const messages = [...workspace.problems().values()]
    .flat()
    .filter(({ rule, inherited }) => rule.startsWith("cred/") && rule !== "cred/old-or-unused" && !inherited)
    .map(({ message }) => message);
  if (options.format === "json") terminal.printJson(credentialsJson(report, { messages }));
  else if (options.format === "csv") terminal.write(toCsv(credentialSheet(report)));
  else if (options.format === "markdown") terminal.print(credentialsMarkdown(report, { messages }).trimEnd());
  else terminal.print(renderCredentials(report, { messages }));
  const fails = messages.length > 0 || report.rows.some(({ findings }) => findings.length > 0);
  if (fails) return EXIT.findings;
  return report.reads.some(({ asOf }) => asOf !== undefined) ? EXIT.clean : EXIT.live;
}
