/** Keys in texts made to hurt: how long each keeps the person who types waiting. */

import { messageOf } from "../../server/src/core/model/thrown.ts";
import { HOSTILE } from "../support/hostile.ts";
import type { Edit } from "./documents.ts";
import { makeProject } from "./folder.ts";
import type { LspClient } from "./lspClient.ts";
import { type Limits, repeat, summarize } from "./measure.ts";
import { ACCESSMAP } from "./servers.ts";
import { FILE, withClient } from "./session.ts";
import type { Row } from "./table.ts";

/** Each text gets a process of its own: what one leaves behind is not charged to the next. */
export async function measureHostile(
  limits: Limits,
  { only, nodeOptions }: { readonly only?: string; readonly nodeOptions?: readonly string[] } = {},
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const texts = Object.entries(HOSTILE).filter(([name]) => only === undefined || name === only);
  if (texts.length === 0) throw new Error(`no such text: ${only}; there are ${Object.keys(HOSTILE).join("; ")}`);
  for (const [name, text] of texts) {
    const folder = await makeProject({ [FILE]: text }, { groups: 100, people: 0 }, "committed");
    try {
      rows.push(await withClient(ACCESSMAP, folder, nodeOptions, (client) => measureText(client, name, text, limits)));
    } catch (error) {
      rows.push({ name, ours: messageOf(error) });
    } finally {
      folder.remove();
    }
  }
  return rows;
}

async function measureText(client: LspClient, name: string, text: string, limits: Limits): Promise<Row> {
  client.open(FILE, text);
  await client.findings(FILE);
  const before = text.slice(0, Math.floor(text.length / 2)).split(/\r\n|\r|\n/);
  const [line, character] = [before.length - 1, before.at(-1)?.length ?? 0];
  const at = (from: number, to: number) => ({ start: { line, character: from }, end: { line, character: to } });
  const press = async (edit: Edit) => {
    const pressed = performance.now();
    client.edit(FILE, edit);
    return (await client.findings(FILE)).at - pressed;
  };
  const times = await repeat(
    async () => [
      await press({ range: at(character, character), text: "x" }),
      await press({ range: at(character, character + 1), text: "" }),
    ],
    limits,
  );
  return { name, ours: summarize(times), note: `${Math.round(client.memory().peak)} MB at most` };
}
