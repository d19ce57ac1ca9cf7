/** Google Workspace: the key of a service account that acts for the administrator named in accessmap.yaml. */

import { l10n } from "vscode";
import { parseServiceAccount } from "../../../../server/src/http/environmentGrants.ts";
import { Advice } from "../../advice.ts";
import { refuseServiceAccount } from "./keys.ts";
import { type AskSecret, askKey, askWay, type Question } from "./question.ts";

const ways = () => ({
  file: {
    label: l10n.t("Key file"),
    detail: l10n.t("Choose the service account's JSON file; it is read once and not needed afterwards"),
  },
  text: { label: l10n.t("Pasted key"), detail: l10n.t("Paste the content of that file") },
});

/** The administrator is taken from the file that is being read now, and stays the key's whatever the file says later. */
export const askGoogle: AskSecret = async (question) => {
  const { name, admin } = question.system;
  if (admin === undefined)
    throw new Advice(
      l10n.t("accessmap.yaml does not say as which administrator {0} is read. Add `admin` to it, then sign in.", name),
    );
  const way = await askWay(question, ways());
  const text = way && (await (way === "file" ? chooseFile(question) : paste(question)));
  if (!text) return undefined;
  const key = parseServiceAccount(text);
  if (!key) throw new Advice(l10n.t("No sign-in to {0}: {1}.", name, refuseServiceAccount(text) ?? ""));
  return { kind: "grant", grant: { kind: "google-key", admin, ...key } };
};

function chooseFile({ system, dialogs }: Question): Promise<string | undefined> {
  return dialogs.chooseText(l10n.t("Key of the service account for {0}", system.name), {
    [l10n.t("Key files")]: ["json"],
  });
}

function paste(question: Question): Promise<string | undefined> {
  return askKey(question, l10n.t("Content of the service account's key file (JSON)"), "", refuseServiceAccount);
}
