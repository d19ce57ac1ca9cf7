/** Who may read what is written, and the folders made for it. */

import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PRIVATE_FILE, SHARED_FILE, writeWhole } from "../../server/src/store/wholeFile.ts";
import { makeFolder } from "../support/process.ts";

const mask = process.umask();

const CASES = [
  ["a plan or a journal", PRIVATE_FILE, 0o600, 0o700],
  ["what is committed", SHARED_FILE, 0o666 & ~mask, 0o777 & ~mask],
] as const;

test.skipIf(process.platform === "win32").each(CASES)("%s and its folders", async (_, mode, file, folder) => {
  const scratch = makeFolder({});
  const path = join(scratch.path, "new/below/file");
  await writeWhole(path, "text", mode);
  const modes = [path, join(path, ".."), join(path, "../..")].map((each) => statSync(each).mode & 0o777);
  expect(modes).toEqual([file, folder, folder]);
  scratch.remove();
});
