/**
 * cred/secret-in-file: a file holds text that looks like a credential.
 *
 * Why: what is committed stays in history, and everybody who can read the repository can use it.
 * Do: revoke the credential, then remove it here. The editor keeps credentials in its secret storage, the command line
 * reads them from the environment.
 * Not reported: identifiers that are no secrets, such as group, role and organization ids; hexadecimal text that no word
 * like "key" or "token" introduces, such as commit hashes. The finding never repeats the text.
 */

import { findSecrets } from "../../analysis/judgements/secrets.ts";
import type { Rule } from "../../analysis/rule.ts";

export const secretInFile: Rule = {
  id: "cred/secret-in-file",
  severity: "error",
  locked: true,
  checkText(source, { report }) {
    for (const { kind, span } of findSecrets(source.text)) {
      report({
        span,
        message: `This looks like ${kind}; revoke it, then remove it here, since history keeps it`,
        fixes: [{ title: "Take the secret out", edits: [{ source, span, text: "REMOVED" }] }],
      });
    }
  },
};
