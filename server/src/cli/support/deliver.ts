/** Hands a result over: to stdout, or to the file that `--output` names, which is written whole or not at all. */

import { lstatSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { createColors } from "picocolors"; // picocolors: see terminal.ts
import { wrap } from "../../core/model/columns.ts";
import { printable, printableJson } from "../../core/model/printable.ts";
import { SHARED_FILE, writeWhole } from "../../store/wholeFile.ts";
import { orUnwritable } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

export interface Output {
  readonly output?: string;
}

/** A file has no colours, whatever the terminal has. */
export function colorsOf({ output }: Output, { color }: Terminal): Terminal["color"] {
  return output === undefined ? color : createColors(false);
}

/**
 * `lines` is for people, and broken to fit their screen, though never for a file or a pipe, where others look for whole lines.
 * `text` stays as it is, `json` is for programs, `commands` for the runner of a workflow, `table` is CSV as `toCsv` makes it.
 */
export type ContentKind = "lines" | "text" | "json" | "commands" | "table";

/** `text` has no line break at its end, but for tables. */
export async function deliver(text: string, kind: ContentKind, { output }: Output, terminal: Terminal): Promise<void> {
  const lines = () => text.split("\n").map(printable).join("\n");
  if (output === undefined) {
    if (kind === "json") terminal.printJson(text);
    else if (kind === "table") terminal.write(text);
    else if (kind === "lines") terminal.print(fitted(text, terminal));
    else if (kind === "commands") terminal.write(`${lines()}\n`);
    else terminal.print(text);
    return;
  }
  const plain = kind === "table" ? text : `${kind === "json" ? printableJson(text) : lines()}\n`;
  await orUnwritable(
    output,
    isStream(output) ? writeFile(output, plain) : writeWhole(resolve(output), plain, SHARED_FILE),
  );
  terminal.note(`Written to ${output}.`);
}

function fitted(text: string, { width }: Terminal): string {
  return text
    .split("\n")
    .map((line) => wrap(line, width))
    .join("\n");
}

/**
 * True for a device or a pipe, which must not be replaced by a file. Links to them count only where the system has them
 * (`/dev/stdout`, and `/dev/fd/63` of a shell's `>(…)`): one in a repository leads wherever somebody wants.
 */
function isStream(path: string): boolean {
  const full = resolve(path);
  if (/^\/dev\/(stdout|stderr|fd\/\d+)$|^\/proc\/self\/fd\/\d+$/.test(full)) return true;
  const found = lstatSync(full, { throwIfNoEntry: false });
  return found !== undefined && (found.isCharacterDevice() || found.isFIFO());
}
