/** Google Workspace: the key of a service account that acts for the administrator named in accessmap.yaml. */

import { parseServiceAccount } from "../../../server/src/http/environmentGrants.ts";
import { Advice } from "../advice.ts";
import { refuseServiceAccount } from "./keys.ts";
import { type AskSecret, askKey, askWay, type Question } from "./question.ts";

const WAYS = {
  file: {
    label: "Key file",
    detail: "Choose the service account's JSON file; it is read once and not needed afterwards",
  },
  text: { label: "Pasted key", detail: "Paste the content of that file" },
};

/** The administrator is taken from the file that is being read now, and stays the key's whatever the file says later. */
export const askGoogle: AskSecret = async (question) => {
  const { name, admin } = question.system;
  if (admin === undefined)
    throw new Advice(
      `accessmap.yaml does not say as which administrator ${name} is read. Add \`admin\` to it, then sign in.`,
    );
  const way = await askWay(question, WAYS);
  const text = way && (await (way === "file" ? chooseFile(question) : paste(question)));
  if (!text) return undefined;
  const key = parseServiceAccount(text);
  if (!key) throw new Advice(`No sign-in to ${name}: ${refuseServiceAccount(text)}.`);
  return { kind: "grant", grant: { kind: "google-key", admin, ...key } };
};

function chooseFile({ system, dialogs }: Question): Promise<string | undefined> {
  return dialogs.chooseText(`Key of the service account for ${system.name}`, { "Key files": ["json"] });
}

function paste(question: Question): Promise<string | undefined> {
  return askKey(question, "Content of the service account's key file (JSON)", "", refuseServiceAccount);
}
