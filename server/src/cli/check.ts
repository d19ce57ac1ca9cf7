/** `accessmap check`: findings of the whole project, in the format that their reader wants. */

import { join } from "node:path";
import { createColors } from "picocolors"; // picocolors: see terminal.ts
import { BASELINE_FILE, readBaseline, sizeOf } from "../core/analysis/baseline.ts";
import { countOf } from "../core/analysis/words.ts";
import { SHARED_FILE, writeWhole } from "../store/wholeFile.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { compareWith } from "./changed.ts";
import { findingsAsGithub } from "./formats/github.ts";
import { findingsAsGitlab } from "./formats/gitlab.ts";
import { findingsAsJson } from "./formats/json.ts";
import { findingsAsJunit } from "./formats/junit.ts";
import { findingsAsMarkdown } from "./formats/markdown.ts";
import type { Report } from "./formats/report.ts";
import { findingsAsSarif } from "./formats/sarif.ts";
import { findingsAsText } from "./formats/text.ts";
import { type CollectOptions, chooser, report } from "./support/collect.ts";
import { type ContentKind, colorsOf, deliver, type Output } from "./support/deliver.ts";
import { EXIT, orUnwritable } from "./support/exit.ts";
import type { CHECK_FORMATS } from "./support/options.ts";
import { openProject, type ProjectOptions, readLive } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface CheckOptions extends ProjectOptions, CollectOptions, Output {
  readonly format: Format;
  /** The same in other formats, into files. */
  readonly also?: readonly { readonly format: Format; readonly file: string }[];
  readonly live: boolean;
  readonly requireLive?: boolean;
  /** Records all findings as inherited instead of showing them. */
  readonly writeBaseline?: boolean;
  /** Leaves out what the commit of this name has too; `true` stands for where the change left the main line. */
  readonly changed?: string | true;
}

type Format = (typeof CHECK_FORMATS)[number];
type Write = (report: Report, color: Terminal["color"]) => string;

const FORMATS = {
  text: ["lines", findingsAsText],
  json: ["json", findingsAsJson],
  sarif: ["json", findingsAsSarif],
  junit: ["text", findingsAsJunit],
  github: ["commands", findingsAsGithub],
  gitlab: ["json", findingsAsGitlab],
  markdown: ["text", findingsAsMarkdown],
} as const satisfies Readonly<Record<Format, readonly [ContentKind, Write]>>;

/** Returns the exit code. `paths` limit what is shown, not what is checked: findings cross files. */
export async function check(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<number> {
  const { format } = options;
  const formats = [format, ...(options.also ?? []).map((also) => also.format)];
  const workspace = await openProject(options, terminal);
  // A path or a commit that is not there is said before anything is read.
  const isWanted = chooser(workspace, paths);
  const comparison = options.changed === undefined ? undefined : await compareWith(workspace, options.changed);
  if (options.live) await readLive(workspace, terminal, "check");
  if (options.writeBaseline) return writeBaseline(workspace, terminal);
  const found = await report(workspace, options, {
    isWanted,
    isAll: paths.length === 0,
    withPages: formats.includes("sarif"),
    comparison,
  });
  const [kind, write] = FORMATS[format];
  await deliver(write(found, colorsOf(options, terminal)), kind, options, terminal);
  for (const { format, file } of options.also ?? []) {
    const [kind, write] = FORMATS[format];
    await deliver(write(found, createColors(false)), kind, { output: file }, terminal);
  }

  const { unreadable, gaps } = found;
  if (format === "json") for (const { file, message } of unreadable) terminal.note(`${file} ${message}`);
  if (unreadable.length > 0) return EXIT.usage;
  if (options.requireLive && gaps.length > 0) return EXIT.live;
  return found.findings.some(({ fails }) => fails) ? EXIT.findings : EXIT.clean;
}

/** Findings of all files: a baseline of some would call the rest new. */
async function writeBaseline(workspace: Workspace, terminal: Terminal): Promise<number> {
  const { text } = workspace.baseline();
  await orUnwritable(BASELINE_FILE, writeWhole(join(workspace.folder, BASELINE_FILE), text, SHARED_FILE));
  const count = countOf(sizeOf(readBaseline(text)), "finding");
  terminal.print(`${BASELINE_FILE} records ${count} as inherited. Review it and commit it.`);
  return EXIT.clean;
}
