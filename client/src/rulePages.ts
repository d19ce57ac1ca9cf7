/** Read-only documents that hold the manual pages of rules, which the codes of findings link to. */

import { type Disposable, l10n, workspace } from "vscode";
import { rulePageRequest } from "../../server/src/lsp/protocol.ts";
import type { Server } from "./server/languageClient.ts";

const SCHEME = "accessmap-rule";

/** Pages are at this with the rule's id and `.md` behind it. */
export const RULE_PAGES = `${SCHEME}:/`;

/** A page for `<rule>.md`; a rule that there is not gives a page that says so. */
export function registerRulePages(server: Server): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    async provideTextDocumentContent({ path }) {
      const rule = path.replace(/^\//, "").replace(/\.md$/, "");
      const { markdown } = await server.request(rulePageRequest, { rule });
      return markdown ?? `${l10n.t("There is no rule {0}.", rule)}\n`;
    },
  });
}
