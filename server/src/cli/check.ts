/** `accessmap check`: findings of the whole project, as text or JSON. */

import { join, relative, resolve } from "node:path";
import { BASELINE_FILE, readBaseline, sizeOf } from "../core/analysis/baseline.ts";
import type { Problem, Severity } from "../core/model/problem.ts";
import { lineStarts, type Position, positionAt } from "../core/model/text.ts";
import { dayOf } from "../core/model/time.ts";
import { SHARED_FILE, writeWhole } from "../store/wholeFile.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { EXIT, Exit, orUnwritable } from "./exit.ts";
import { liveGaps, openProject, type ProjectOptions, readLive } from "./project.ts";
import type { Terminal } from "./terminal.ts";

export interface CheckOptions extends ProjectOptions {
  readonly format: "text" | "json";
  readonly failOn: Severity | "never";
  readonly live: boolean;
  readonly requireLive?: boolean;
  /** Records all findings as inherited instead of showing them. */
  readonly writeBaseline?: boolean;
}

interface Finding extends Problem {
  readonly start: Position;
  readonly end: Position;
}

const ORDER: readonly Severity[] = ["info", "warning", "error"];

/** Returns the exit code. `paths` limit what is shown, not what is checked: findings cross files. */
export async function check(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  if (options.live) await readLive(workspace, terminal, "check");
  if (options.writeBaseline) return writeBaseline(workspace, terminal);
  const findings = collect(workspace, paths);
  const gaps = options.live ? liveGaps(workspace) : [];
  if (options.format === "json") terminal.printJson(renderJson(workspace, findings));
  else renderText(workspace, findings, gaps, options, paths.length === 0, terminal);

  const unreadable = workspace.unreadable();
  if (options.format === "json") for (const { file, message } of unreadable) terminal.note(`${file} ${message}`);
  if (unreadable.length > 0) return EXIT.usage;
  if (options.requireLive && (gaps.length > 0 || !options.live)) return EXIT.live;
  const { failOn } = options;
  const fails =
    failOn !== "never" &&
    findings.some((finding) => !finding.inherited && ORDER.indexOf(finding.severity) >= ORDER.indexOf(failOn));
  return fails ? EXIT.findings : EXIT.clean;
}

/** Findings of all files: a baseline of some would call the rest new. */
async function writeBaseline(workspace: Workspace, terminal: Terminal): Promise<number> {
  const { text } = workspace.baseline();
  await orUnwritable(BASELINE_FILE, writeWhole(join(workspace.folder, BASELINE_FILE), text, SHARED_FILE));
  const count = counted(sizeOf(readBaseline(text)), "finding");
  terminal.print(`${BASELINE_FILE} records ${count} as inherited. Review it and commit it.`);
  return EXIT.clean;
}

function collect(workspace: Workspace, paths: readonly string[]): readonly Finding[] {
  const texts = workspace.texts();
  const wanted = paths.map((path) => relative(workspace.folder, resolve(path)).replaceAll("\\", "/"));
  for (const [index, path] of wanted.entries()) {
    if (path !== "" && !texts.has(path) && ![...texts.keys()].some((file) => file.startsWith(`${path}/`))) {
      throw new Exit(
        EXIT.usage,
        `${paths[index]} is no file of this project; mapping files are called *.accessmap.yaml`,
      );
    }
  }
  const isWanted = (file: string) =>
    wanted.length === 0 || wanted.some((path) => path === "" || file === path || file.startsWith(`${path}/`));
  return [...workspace.problems()].flatMap(([file, problems]) => {
    if (!isWanted(file)) return [];
    const starts = lineStarts(texts.get(file) ?? "");
    return problems.map((problem) => ({
      ...problem,
      start: positionAt(starts, problem.place.span.start),
      end: positionAt(starts, problem.place.span.end),
    }));
  });
}

function renderText(
  workspace: Workspace,
  findings: readonly Finding[],
  gaps: readonly string[],
  options: CheckOptions,
  /** False when only some files are shown. */
  isWhole: boolean,
  terminal: Terminal,
): void {
  const { color } = terminal;
  const paint = { error: color.red, warning: color.yellow, info: color.blue };
  let file = "";
  const shown = findings.filter(({ inherited }) => !inherited);
  for (const finding of shown) {
    if (finding.place.file !== file) {
      file = finding.place.file;
      terminal.print(color.bold(file));
    }
    const place = `${finding.start.line + 1}:${finding.start.column + 1}`.padEnd(8);
    terminal.print(
      `  ${place}${paint[finding.severity](finding.severity.padEnd(8))}${finding.message}  ${color.dim(finding.rule)}`,
    );
  }
  if (shown.length > 0) terminal.print("");
  for (const { file: name, message } of workspace.unreadable())
    terminal.print(`${color.red("error")}   ${name} ${message}`);
  for (const gap of gaps) terminal.print(`${color.yellow("note")}    ${gap}`);
  for (const text of workspace.notes()) terminal.print(`${color.yellow("note")}    ${text}`);
  if (!options.live)
    terminal.print(`${color.yellow("note")}    live systems not checked: --no-live${standIns(workspace)}`);
  const inherited = findings.length - shown.length;
  if (inherited > 0)
    terminal.print(`${color.yellow("note")}    ${counted(inherited, "inherited finding")} not shown: ${BASELINE_FILE}`);
  const gone = workspace.baseline().recorded - inherited;
  if (options.live && gaps.length === 0 && isWhole && gone > 0)
    terminal.print(
      `${color.yellow("note")}    ${counted(gone, "inherited finding")} gone; --write-baseline takes ${gone === 1 ? "it" : "them"} out`,
    );
  terminal.print(tally(workspace, shown));
}

/** Says which systems a committed snapshot answered for. */
function standIns(workspace: Workspace): string {
  const answered = workspace.status().systems.filter(({ snapshotAt }) => snapshotAt !== undefined);
  const [first] = answered;
  if (!first?.snapshotAt) return "";
  return `; the snapshot of ${dayOf(first.snapshotAt)} answers for ${answered.map(({ name }) => name).join(", ")}`;
}

function tally(workspace: Workspace, findings: readonly Finding[]): string {
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const { mappings } = workspace.status();
  const checked = `${counted(mappings, "mapping")} in ${counted(workspace.snapshot().files.length, "file")}`;
  if (findings.length === 0) return `No findings in ${checked}.`;
  return `${counted(of("error"), "error")}, ${counted(of("warning"), "warning")}, ${counted(of("info"), "note")} in ${checked}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function renderJson(workspace: Workspace, findings: readonly Finding[]): string {
  const rows = findings.map(({ rule, severity, place, start, end, message, fixes, related, asOf, inherited }) => ({
    rule,
    severity,
    ...(inherited ? { inherited } : {}),
    file: place.file,
    line: start.line + 1,
    column: start.column + 1,
    endLine: end.line + 1,
    endColumn: end.column + 1,
    message,
    fixes: fixes.map((fix) => fix.title),
    related: related.map((item) => ({ file: item.place.file, message: item.message })),
    ...(asOf === undefined ? {} : { asOf }),
  }));
  return JSON.stringify(
    { version: 1, findings: rows, systems: workspace.status().systems, unreadable: workspace.unreadable() },
    undefined,
    2,
  );
}
