/** A build empties `dist`, and so waits until no editor run has what is in it installed. */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockSync } from "proper-lockfile";
import { expect, onTestFinished, test } from "vitest";
import { isInUse, lockOf } from "../../server/scripts/inUse.mjs";

test("dist is in use while an editor run is at work, and then no more", () => {
  const root = mkdtempSync(join(tmpdir(), "accessmap-in-use-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "node_modules"));
  expect(isInUse(root)).toBe(false);
  const release = lockSync(root, { lockfilePath: lockOf(root) });
  expect(isInUse(root)).toBe(true);
  release();
  expect(isInUse(root)).toBe(false);
});
