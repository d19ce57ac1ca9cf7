/**
 * Files that a repository may have put in place of ours. A link to a device never ends, and a link to a file of the
 * user's would be read, or written to, for somebody else: only ordinary files are opened, and never more is read than
 * there was when they were.
 */

import { constants, type FileHandle, lstat, open } from "node:fs/promises";

/** A journal of a push for 10,000 people has 20 MB. */
const LARGEST = 256 * 1024 * 1024;

/** Windows has neither flag. Without the second a pipe would be waited for; to an ordinary file it means nothing. */
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** A file that cannot be used as it is, in words for people. */
export class UnusableFile extends Error {
  override readonly name = "UnusableFile";
  /** The message without the path. */
  readonly why: string;

  constructor(path: string, why: string) {
    super(`${path} ${why}`);
    this.why = why;
  }
}

/** Opens a file of ours with the flags of `open(2)`, never through a link. Rejects with `UnusableFile` or the system's error. */
export async function openOwn(path: string, flags: number = O_RDONLY, mode?: number): Promise<FileHandle> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSymbolicLink()) throw new UnusableFile(path, "is a link; remove it");
  return openOrdinary(path, flags | O_NOFOLLOW, mode);
}

/** Bytes of a file of ours. Rejects with `UnusableFile` or the system's error. */
export async function readOwn(path: string): Promise<Buffer> {
  return readAll(path, await openOwn(path), LARGEST);
}

/** At most `most` bytes of a file that somebody has named, which may be a link. Rejects as `readOwn`. */
export async function readNamed(path: string, most = LARGEST): Promise<Buffer> {
  return readAll(path, await openOrdinary(path, O_RDONLY), most);
}

async function openOrdinary(path: string, flags: number, mode?: number): Promise<FileHandle> {
  const file = await open(path, flags | O_NONBLOCK, mode);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new UnusableFile(path, "is no ordinary file and was not read");
}

async function readAll(path: string, file: FileHandle, most: number): Promise<Buffer> {
  try {
    const { size } = await file.stat();
    if (size > most) throw new UnusableFile(path, `is larger than ${most / 1024 / 1024} MB and was not read`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
