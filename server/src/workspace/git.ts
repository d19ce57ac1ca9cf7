/**
 * Reads a repository's history through the `git` of this machine. The repository may be hostile: git is called without a
 * shell and with fixed commands that run no hook, no filter, no pager and no program that the repository's configuration
 * names, and that fetch nothing. What a commit is called comes from people and is checked before git sees it.
 */

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** A failure in words for people. Thrown by everything in this file, and nothing else is. */
export class GitFailure extends Error {
  override readonly name = "GitFailure";
}

/** A file at a commit, or in its place a link, or a module: a commit of another repository, whose files are not here. */
export interface GitFile {
  readonly kind: "file" | "link" | "module";
  /** Path below the folder that was asked about. */
  readonly path: string;
  readonly object: string;
  /** In bytes; 0 for a module. */
  readonly size: number;
}

export interface Commit {
  readonly commit: string;
  readonly committedAt: string;
}

export interface Git {
  /** The commit of that name, as a hash; undefined when there is none here. */
  findCommit(name: string): Promise<string | undefined>;
  /** The best common ancestor; undefined when there is none here. */
  mergeBase(one: string, other: string): Promise<string | undefined>;
  /**
   * The last commit of the checked-out line until a moment (ISO 8601), and when it was made: merges count as they came in.
   * Rejects where the dates contradict the order, as they may after history was written anew.
   */
  lastCommitAt(moment: string): Promise<Commit | undefined>;
  /** The latest commits of the checked-out line that touch these files below the folder, latest first; merges count as they came in. */
  history(patterns: readonly string[], most: number): Promise<readonly Commit[]>;
  /** True when history was cut off as the repository was cloned. */
  isShallow(): Promise<boolean>;
  /** Files of the folder at a commit; none where it was not there. */
  filesAt(commit: string): Promise<readonly GitFile[]>;
  /** Content by object. What is missing here, as in a partial clone, is left out. */
  contents(objects: readonly Pick<GitFile, "object" | "size">[]): Promise<ReadonlyMap<string, Uint8Array>>;
}

const QUIET = [
  "--no-pager",
  "--no-replace-objects",
  "--no-optional-locks",
  ...[
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
  ].flatMap((setting) => ["-c", setting]),
];

/** Clocks of two machines differ by so much without anything having been rewritten, in milliseconds. */
const SKEW = 5 * 60 * 1000;

/** What a hook or another command of git has set for itself would lead ours elsewhere (`git rev-parse --local-env-vars`). */
const LEADING_ELSEWHERE =
  /^GIT_(DIR|WORK_TREE|IMPLICIT_WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|CONFIG|CONFIG_PARAMETERS|GRAFT_FILE|SHALLOW_FILE|NAMESPACE|EXTERNAL_DIFF|(LITERAL|GLOB|NOGLOB|ICASE)_PATHSPECS|TRACE.*)$/i;

/** No larger answer is read: lists of files and texts of a project are far below. */
const LARGEST_ANSWER = 512 * 1024 * 1024;
const HASH = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** Git in the repository that `folder` lies in. */
export async function openGit(folder: string, environment: NodeJS.ProcessEnv = process.env): Promise<Git> {
  const program = findProgram(environment);
  if (program === undefined) throw new GitFailure("git was not found on this machine");
  const env = {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => !LEADING_ELSEWHERE.test(name))),
    GIT_NO_LAZY_FETCH: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ALLOW_PROTOCOL: "none",
    LC_ALL: "C",
  };
  const ask = (args: readonly string[], input?: string) =>
    call(program, [...QUIET, ...args], { cwd: folder, env, input });
  const textOf = async (...args: readonly string[]) => (await ask(args)).toString("utf8").replace(/\r?\n$/, "");
  const hashOf = async (...args: readonly string[]) => {
    const text = await textOf(...args).catch(ifNone);
    return text !== undefined && HASH.test(text) ? text : undefined;
  };
  const commitOf = async (name: string) => {
    const hash = await hashOf("rev-parse", "--verify", "--quiet", `${name}^{commit}`);
    // A branch without a commit names nothing; one that names a commit whose object is gone is no new repository.
    if (hash === undefined && name === "HEAD" && (await hashOf("rev-parse", "--verify", "--quiet", name)) !== undefined)
      throw new GitFailure("the commit that is checked out cannot be read: the repository is damaged (see `git fsck`)");
    return hash;
  };
  /** Of the checked-out line, latest first; none before the first commit. */
  const commitsOf = async (...args: readonly string[]) => {
    if ((await commitOf("HEAD")) === undefined) return [];
    return (await textOf("rev-list", "--first-parent", "--timestamp", ...args)).split("\n").flatMap(toCommit);
  };
  // Fails with a reason when this is no repository, or one that git will not touch.
  const prefix = await textOf("rev-parse", "--show-prefix");

  return {
    async findCommit(name) {
      return isName(name) ? commitOf(name) : undefined;
    },
    mergeBase: (one, other) => hashOf("merge-base", one, other),
    async lastCommitAt(moment) {
      const line = await commitsOf("HEAD");
      const until = Date.parse(moment);
      const isLater = ({ committedAt }: Commit) => Date.parse(committedAt) > until;
      const at = line.findIndex((one) => !isLater(one));
      const last = line[at];
      const skewed = Date.parse(last?.committedAt ?? "") + SKEW;
      const before = line.slice(at + 1).find((one) => isLater(one) && Date.parse(one.committedAt) > skewed);
      if (last && before)
        throw new GitFailure(
          `commit ${last.commit.slice(0, 12)} is dated before ${before.commit.slice(0, 12)}, which it follows: history was written anew, and does not tell what there was then`,
        );
      return last;
    },
    async history(patterns, most) {
      const paths = patterns.map((pattern) => `:(glob)**/${pattern}`);
      return commitsOf(`--max-count=${most}`, "HEAD", "--", ...paths);
    },
    isShallow: async () => (await textOf("rev-parse", "--is-shallow-repository")) === "true",
    async filesAt(commit) {
      const tree = await hashOf("rev-parse", "--verify", "--quiet", `${commit}:${prefix.replace(/\/$/, "")}`);
      if (tree === undefined) return [];
      const list = await ask(["ls-tree", "-r", "-z", "-l", "--full-tree", tree]);
      return list.toString("utf8").split("\0").flatMap(toFile);
    },
    async contents(objects) {
      const answer = await ask(["cat-file", "--batch"], objects.map(({ object }) => `${object}\n`).join(""));
      return readBatch(answer);
    },
  };
}

/** `<seconds since 1970> <commit>` */
function toCommit(line: string): readonly Commit[] {
  const [seconds = "", commit = ""] = line.split(" ");
  return HASH.test(commit) ? [{ commit, committedAt: new Date(Number(seconds) * 1000).toISOString() }] : [];
}

/**
 * What git takes for a name of one commit, and for nothing else: no option, no range, no path. And no search through messages,
 * in which whoever writes a commit has a say, nor a moment of a reflog, in whose place git takes another where the log is shorter.
 */
function isName(name: string): boolean {
  return /^(?![-^])[^\s\p{Cc}:?*[\\]+$/u.test(name) && !/\.\.|\^\{\/|@\{(?!(?:u|upstream|push)\})/i.test(name);
}

/**
 * `<mode> <type> <object> <size>\t<path>`. The size of an object that is damaged or missing is `BAD`: the file was there all the
 * same.
 */
function toFile(line: string): readonly GitFile[] {
  const [, mode = "", object, size, path] =
    /^(\d+) (?:blob|commit) ([0-9a-f]+) +(\d+|BAD|-)\t([\s\S]+)$/.exec(line) ?? [];
  if (object === undefined || path === undefined) return [];
  return [{ kind: KINDS[mode] ?? "file", path, object, size: Number(size) || 0 }];
}

const KINDS: Readonly<Record<string, GitFile["kind"]>> = { "120000": "link", "160000": "module" };

/** `<object> <type> <size>\n<content>\n`, or `<object> missing\n`. */
function readBatch(answer: Buffer): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf(10, at);
    if (end < 0) break;
    const [object = "", type, size] = answer.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (type === "missing" || size === undefined) continue;
    found.set(object, answer.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}

/** Only whole folders of PATH count: a program that lies in the project must not be taken for git. */
function findProgram({ PATH, Path }: NodeJS.ProcessEnv): string | undefined {
  const name = process.platform === "win32" ? "git.exe" : "git";
  return (PATH ?? Path ?? "")
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

interface Call {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly input?: string | undefined;
}

/** Git answers 1, or 128 with nothing else said, where what was asked for is not there. */
class NotThere extends Error {}

function call(program: string, args: readonly string[], { cwd, env, input }: Call): Promise<Buffer> {
  return new Promise((done, fail) => {
    const options = { cwd, env, encoding: "buffer", maxBuffer: LARGEST_ANSWER, windowsHide: true } as const;
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return done(stdout);
      // Git may warn of other things, such as a link to a branch that is gone.
      const said = stderr
        .toString("utf8")
        .split("\n")
        .filter((line) => !line.startsWith("warning:"))
        .join("\n")
        .trim();
      if (error.code === 1 && said === "") fail(new NotThere());
      else fail(new GitFailure(explain(said, error.message)));
    });
    // Git may end before it has read all.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input ?? "");
  });
}

function ifNone(error: unknown): undefined {
  if (!(error instanceof NotThere)) throw error;
}

function explain(said: string, message: string): string {
  if (/not a git repository/i.test(said)) return "the project lies in no git repository";
  if (/dubious ownership/i.test(said))
    return "git does not trust this repository, which belongs to somebody else; see `git help config` for safe.directory";
  if (/promisor remote/i.test(said))
    return "this clone has no older contents of files; make one without `--filter`, or fetch them with `git fetch --refetch --no-filter`";
  const [line] = said.replace(/^fatal: /, "").split("\n");
  return `git failed: ${line || message}`;
}
