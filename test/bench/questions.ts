/** What an editor asks while somebody types: hover, completion with many names known, a rename through many files. */

import { completingsIn, lineOf, makeBundleFiles } from "./documents.ts";
import { makeProject } from "./folder.ts";
import { type Limits, repeat, type Samples, summarize } from "./measure.ts";
import { ACCESSMAP } from "./servers.ts";
import { FILE, pause, type Session, withClient } from "./session.ts";

export async function measureHover({ client, document }: Session, limits: Limits): Promise<Samples> {
  const position = { line: lineOf(Math.floor(document.mappings / 2), "group"), character: "  - group: dd".length };
  const times = await repeat(async () => {
    const asked = performance.now();
    const hover = await client.request("textDocument/hover", { textDocument: { uri: client.uri(FILE) }, position });
    const answered = performance.now();
    if (!hover) throw new Error("no hover");
    return [answered - asked];
  }, limits);
  return summarize(times);
}

export interface Completions extends Samples {
  readonly items: number;
}

/** The key and the question leave together, as from an editor: the answer must be about the text with the key. */
export async function measureCompletions(
  { client, document }: Session,
  limits: Limits,
): Promise<ReadonlyMap<string, Completions>> {
  const figures = new Map<string, Completions>();
  for (const { name, begin, key, back, cursor, offers } of completingsIn(document)) {
    let items: readonly { readonly label: string }[] = [];
    client.edit(FILE, begin);
    const once = async () => {
      const pressed = performance.now();
      client.edit(FILE, key);
      const answer = await client.request<{ items: typeof items } | typeof items>("textDocument/completion", {
        textDocument: { uri: client.uri(FILE) },
        position: cursor,
      });
      const answered = performance.now();
      items = "items" in answer ? answer.items : answer;
      if (!items.some(({ label }) => label.startsWith(offers.slice(0, 6)))) throw new Error(`not offered: ${offers}`);
      client.edit(FILE, back);
      // What the way back sets off is nobody's waiting time.
      await client.findings(FILE);
      return [answered - pressed];
    };
    await once();
    figures.set(name, { ...summarize(await repeat(once, limits)), items: items.length });
    client.edit(FILE, {
      range: { start: begin.range.start, end: { ...cursor, character: cursor.character - 1 } },
      text: offers,
    });
    await client.findings(FILE);
  }
  return figures;
}

/** Renames a bundle that every file uses, each time just after a keystroke. Nothing is renamed for good. */
export async function measureRename(files: number, limits: Limits): Promise<Samples> {
  const groups = 10_000;
  const texts = makeBundleFiles(files, 20, groups);
  const [file, text] = Object.entries(texts)[0] as [string, string];
  const folder = await makeProject(texts, { groups, people: 0 }, "committed");
  try {
    return await withClient(ACCESSMAP, folder, undefined, async (client) => {
      client.open(file, text);
      await client.findings(file);
      await pause(500);
      const line = text.split("\n").findIndex((row) => row.includes("bundles: [engineer]"));
      const end = { line: line + 1, character: "    reason: On-call".length };
      const once = async () => {
        client.edit(file, { range: { start: end, end }, text: "x" });
        const asked = performance.now();
        const edit = await client.request<{ documentChanges?: readonly unknown[] }>("textDocument/rename", {
          textDocument: { uri: client.uri(file) },
          position: { line, character: "    bundles: [eng".length },
          newName: "developer",
        });
        const answered = performance.now();
        if (edit?.documentChanges?.length !== files) throw new Error("not every file would be renamed in");
        await client.findings(file);
        return [answered - asked];
      };
      return summarize(await repeat(once, limits));
    });
  } finally {
    folder.remove();
  }
}
