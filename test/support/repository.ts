/** Repositories for tests: a folder with commits, made by the git of this machine and no configuration of its own. */

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cleanEnvironment, makeFolder } from "./process.ts";

export type Files = Readonly<Record<string, string>>;

export interface Repository {
  readonly path: string;
  git(...args: string[]): string;
  /** Makes the folder hold exactly these files, and commits them if there is a message. */
  put(files: Files, message?: string): void;
  remove(): void;
}

export function makeRepository(files: Files): Repository {
  const folder = makeFolder({});
  const env = { GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@acme.com", ...args], {
      cwd: folder.path,
      env: cleanEnvironment(env),
      encoding: "utf8",
      stdio: "pipe",
    });
  const put = (now: Files, message?: string) => {
    for (const file of git("ls-files", "-co", "-z").split("\0").filter(Boolean))
      rmSync(join(folder.path, file), { force: true });
    for (const [file, text] of Object.entries(now)) {
      mkdirSync(dirname(join(folder.path, file)), { recursive: true });
      writeFileSync(join(folder.path, file), text);
    }
    if (message === undefined) return;
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", message);
  };
  git("init", "-q", "-b", "main");
  put(files, "Begin");
  return { path: folder.path, git, put, remove: folder.remove };
}
