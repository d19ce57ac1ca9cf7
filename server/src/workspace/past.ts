/** A project's files as they were at a commit: the same files that would have been found on disk. */

import type { SnapshotParts } from "../core/analysis/snapshot.ts";
import type { Instant } from "../core/model/time.ts";
import { SNAPSHOT_FILE } from "../store/snapshotFile.ts";
import { decode, isProjectFile, isSearchedName, LARGEST_FILE, PROJECT_FILE } from "./discover.ts";
import { FileTable, partsOf } from "./files.ts";
import { type Git, GitFailure, type GitFile } from "./git.ts";

export interface Past {
  readonly commit: string;
  /** Text by path relative to the project's folder. What could not be read is left out. */
  readonly texts: ReadonlyMap<string, string>;
  /** Files of the commit that are damaged, missing in this clone, too large, or no text. */
  readonly unread: readonly string[];
  /** Modules below the project, whose files are not in `texts`. */
  readonly modules: readonly GitFile[];
  /** Text of the committed snapshot. */
  readonly snapshot: string | undefined;
}

/** What a change is compared with when nobody says it: where the main line is, as far as this clone knows. */
const MAIN_LINES = [
  "refs/remotes/upstream/HEAD",
  "refs/remotes/upstream/main",
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
];

/** Branch that a request is to be merged into, as GitHub and GitLab tell their jobs. */
const TARGET_BRANCH = ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"];

/** For a clone without history, by which little can be told. */
const ALL_COMMITS =
  "; this clone has only the latest commits: fetch all of them (`fetch-depth: 0` for actions/checkout, `GIT_DEPTH: 0` for GitLab, else `git fetch --unshallow`)";

/**
 * The commit that the present state grew from: the best common ancestor of `HEAD` and `name`, or of `HEAD` and the main
 * line. Rejects with a `GitFailure`.
 */
export async function findBase(git: Git, name: string | undefined, environment: NodeJS.ProcessEnv): Promise<string> {
  const hint = (await git.isShallow()) ? ALL_COMMITS : "";
  const head = await git.findCommit("HEAD");
  if (head === undefined) throw new GitFailure("there is no commit yet");
  const target = TARGET_BRANCH.map((variable) => environment[variable]).find(Boolean);
  // Another line than the one that the change goes to may have what this one lacks.
  const wanted = name ?? (target === undefined ? undefined : `refs/remotes/origin/${target}`);
  const other = wanted === undefined ? await findMainLine(git) : await git.findCommit(wanted);
  if (other === undefined && wanted === undefined)
    throw new GitFailure(`nothing tells where the main line is; name a commit: \`--changed <commit>\`${hint}`);
  if (other === undefined) throw new GitFailure(`there is no commit "${wanted}" here${hint}`);
  const base = await git.mergeBase(head, other);
  if (base === undefined)
    throw new GitFailure(`HEAD and ${wanted ?? "the main line"} have no commit in common here${hint}`);
  return base;
}

/**
 * Why nothing can be new against `base`, or undefined: files that are those of the very commit that is checked out were
 * compared with themselves. Rejects with a `GitFailure` where a clone of nothing but that commit cannot tell a change from
 * the main line.
 */
export async function whyNothingNew(
  git: Git,
  base: Past,
  texts: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const isSame =
    texts.size === base.texts.size && [...texts].every(([file, text]) => isSameText(text, base.texts.get(file)));
  if (!isSame || (await git.findCommit("HEAD")) !== base.commit) return undefined;
  const what = `the files are those of commit ${base.commit.slice(0, 12)}, which they are compared with`;
  if (await git.isShallow()) throw new GitFailure(`${what}${ALL_COMMITS}`);
  return `${what}, so nothing can be new; where a change is checked out, name the commit that it began from`;
}

/** Git may have turned line breaks into those of the machine. */
export function isSameText(one: string | undefined, other: string | undefined): boolean {
  return one?.replaceAll("\r\n", "\n") === other?.replaceAll("\r\n", "\n");
}

async function findMainLine(git: Git): Promise<string | undefined> {
  for (const name of MAIN_LINES) {
    const found = await git.findCommit(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Reads what the project was at a commit. */
export async function readPast(git: Git, commit: string): Promise<Past> {
  const all = await git.filesAt(commit);
  const isOurs = belongsIn(all);
  const wanted = wantedOf(all, isOurs);
  const contents = await git.contents(wanted.filter(isReadable));
  const texts = new Map(
    wanted.flatMap(({ path, object }): [string, string][] => {
      const bytes = contents.get(object);
      const text = bytes && decode(bytes);
      return text === undefined ? [] : [[path, text]];
    }),
  );
  const unread = wanted.flatMap(({ path }) => (texts.has(path) || path === SNAPSHOT_FILE ? [] : [path]));
  const snapshot = texts.get(SNAPSHOT_FILE);
  texts.delete(SNAPSHOT_FILE);
  const modules = all.filter(({ kind, path }) => kind === "module" && isOurs(`${path}/`));
  return { commit, texts, unread, modules, snapshot };
}

/** Modules that are gone since, or another commit of theirs: which files of the project they had, nobody can tell. */
export async function movedModules(git: Git, { modules }: Past): Promise<readonly string[]> {
  const head = modules.length === 0 ? undefined : await git.findCommit("HEAD");
  const now = head === undefined ? [] : await git.filesAt(head);
  const objects = new Map(now.map(({ path, object }) => [path, object]));
  return modules.flatMap(({ path, object }) => (objects.get(path) === object ? [] : [path]));
}

/** Tells whether a path lies in a folder where the project's files are looked for. */
function belongsIn(all: readonly GitFile[]): (path: string) => boolean {
  const others = all
    .filter(({ path }) => path.endsWith(`/${PROJECT_FILE}`))
    .map(({ path }) => path.slice(0, -PROJECT_FILE.length));
  return (path) =>
    path.split("/").slice(0, -1).every(isSearchedName) && !others.some((folder) => path.startsWith(folder));
}

/** The project's files of those in a commit. */
function wantedOf(all: readonly GitFile[], isOurs = belongsIn(all)): readonly GitFile[] {
  // A link may lead anywhere, and what it leads to is found by itself.
  return all.filter(
    ({ kind, path }) => kind === "file" && (path === SNAPSHOT_FILE || (isProjectFile(path) && isOurs(path))),
  );
}

function isReadable({ size }: GitFile): boolean {
  return size <= LARGEST_FILE;
}

/** What the project said after one of its commits. */
export interface PastState {
  readonly committedAt: Instant;
  readonly parts: Pick<SnapshotParts, "project" | "files" | "lock">;
}

/** Files that say who gets what. */
const SAYING = [PROJECT_FILE, "*.accessmap.yaml", "*.accessmap.yml"];

/**
 * The project after each of its latest commits, latest first; what did not change from one to the next is read once.
 * Rejects with a `GitFailure`, also where something of a commit is missing in this clone.
 */
export async function* pastStates(git: Git, most: number): AsyncGenerator<PastState> {
  const table = new FileTable();
  let before = new Map<string, string>();
  for (const { commit, committedAt } of await git.history(SAYING, most)) {
    const files = wantedOf(await git.filesAt(commit)).filter((file) => file.path !== SNAPSHOT_FILE && isReadable(file));
    const changed = files.filter(({ path, object }) => before.get(path) !== object);
    const contents = await git.contents(changed);
    for (const { path, object } of changed) {
      const bytes = contents.get(object);
      if (!bytes) throw new GitFailure(`commit ${commit.slice(0, 12)} is not here in full`);
      table.setDisk(path, decode(bytes));
    }
    const now = new Map(files.map(({ path, object }) => [path, object]));
    for (const path of before.keys()) if (!now.has(path)) table.setDisk(path, undefined);
    before = now;
    yield { committedAt, parts: partsOf(table) };
  }
}
