/** Opens the project a command is about, and turns its live state into notes. */

import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { OrganizationConfig } from "../../core/model/project.ts";
import { nearest } from "../../core/syntax/nearest.ts";
import { MISNAMED, PROJECT_FILE } from "../../workspace/discover.ts";
import { environmentTransport } from "../../workspace/environmentTransport.ts";
import { liveGaps } from "../../workspace/live/statuses.ts";
import { chooseStorage } from "../../workspace/storage.ts";
import { openWorkspace, type Workspace } from "../../workspace/workspace.ts";
import { readOrEnd } from "./cancel.ts";
import { EXIT, Exit } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

/** Options every project verb has. */
export interface ProjectOptions {
  readonly project?: string;
  readonly verbose?: boolean;
  /** False when a command looks at files alone: then nothing that was read before counts either. */
  readonly live?: boolean;
}

/** The folder of `--project`, else the nearest one upward that holds accessmap.yaml. */
export function projectFolder({ project }: Pick<ProjectOptions, "project">): string {
  return project === undefined ? findUpward(process.cwd()) : checkFolder(resolve(project));
}

/** The workspace of `--project`, else of the nearest folder upward that holds accessmap.yaml. */
export async function openProject(options: ProjectOptions, terminal: Terminal): Promise<Workspace> {
  const folder = projectFolder(options);
  let workspace: Workspace | undefined;
  const transport = environmentTransport(process.env, () => workspace?.connections() ?? []);
  const log = options.verbose ? (line: string) => terminal.note(terminal.color.dim(line)) : undefined;
  const storage = options.live === false ? undefined : chooseStorage(process.env);
  const warn = (line: string) => terminal.note(`Note: ${line}`);
  workspace = await openWorkspace({ folder, transport, storage, warn, ...(log ? { log } : {}) });
  return workspace;
}

/** Reads all live systems with a progress line. Ctrl+C cancels the read. */
export async function readLive(workspace: Workspace, terminal: Terminal, cause: string): Promise<void> {
  await readOrEnd(terminal, (signal, onProgress) => workspace.refresh(cause, signal, onProgress).then(() => workspace));
}

/**
 * What an answer about some organizations ends with, after a note on each of their systems that could not be read: what is
 * known is told all the same, and nobody takes it for all there is.
 */
export function codeOfAnswer(
  workspace: Workspace,
  organizations: readonly OrganizationConfig[],
  terminal: Terminal,
): number {
  const gaps = liveGaps(workspace, organizations);
  for (const gap of gaps) terminal.note(gap);
  return gaps.length === 0 ? EXIT.clean : EXIT.live;
}

/** Reads all live systems, or says what is missing and ends: `effect` is what did not happen and why. */
export async function readWhole(
  workspace: Workspace,
  terminal: Terminal,
  cause: string,
  effect: string,
): Promise<void> {
  await readLive(workspace, terminal, cause);
  const gaps = liveGaps(workspace);
  if (gaps.length === 0) return;
  for (const gap of gaps) terminal.note(gap);
  throw new Exit(EXIT.live, effect);
}

/** The organization a command names, or all of them. */
export function chooseOrganizations(workspace: Workspace, name: string | undefined): readonly OrganizationConfig[] {
  const all = [...(workspace.snapshot().project?.content.organizations.values() ?? [])];
  return name === undefined && all.length > 1 ? all : [chooseOrganization(workspace, name)];
}

/** The organization a command names, or the only one. */
export function chooseOrganization(workspace: Workspace, name: string | undefined): OrganizationConfig {
  const project = workspace.snapshot().project;
  if (!project) throw new Exit(EXIT.usage, `There is no ${PROJECT_FILE} in ${workspace.folder}`);
  const { organizations } = project.content;
  const names = [...organizations.keys()];
  if (name === undefined) {
    const [only] = organizations.values();
    if (only && organizations.size === 1) return only;
    if (organizations.size === 0)
      throw new Exit(EXIT.usage, `${PROJECT_FILE} names no organization that can be used; run \`accessmap check\``);
    throw new Exit(
      EXIT.usage,
      `This project has ${names.length} organizations; name one with --organization: ${names.join(", ")}`,
    );
  }
  const found = organizations.get(name);
  if (found) return found;
  const near = nearest(name, names);
  throw new Exit(
    EXIT.usage,
    `There is no organization "${name}" in ${PROJECT_FILE}${near ? `; did you mean "${near}"?` : `; it has: ${names.join(", ")}`}`,
  );
}

function isProject(folder: string): boolean {
  if (existsSync(join(folder, PROJECT_FILE))) return true;
  if (!existsSync(join(folder, MISNAMED))) return false;
  throw new Exit(EXIT.usage, `${join(folder, MISNAMED)} is not read: the project file is ${PROJECT_FILE}; rename it`);
}

function checkFolder(folder: string): string {
  if (!existsSync(folder)) throw new Exit(EXIT.usage, `The folder ${folder} does not exist`);
  const path = statSync(folder).isDirectory() ? folder : dirname(folder);
  if (isProject(path)) return path;
  throw new Exit(EXIT.usage, `There is no ${PROJECT_FILE} in ${path}`);
}

function findUpward(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (isProject(folder)) return folder;
    if (dirname(folder) === folder)
      throw new Exit(
        EXIT.usage,
        `There is no ${PROJECT_FILE} in ${from} or above; go to your project, or name it with --project`,
      );
  }
}
