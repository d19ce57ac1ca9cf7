/** When failed reads are tried again. */

import { expect, test } from "vitest";
import { createRetries } from "../../client/src/server/retries.ts";
import type { Failure } from "../../server/src/core/model/knowledge.ts";
import type { SystemStatus } from "../../server/src/lsp/protocol.ts";
import { okta, prod } from "./support.ts";

const fresh = [
  { ...okta, state: "fresh" },
  { ...prod, state: "fresh" },
] as const satisfies readonly SystemStatus[];

function failing(kind: Failure["kind"], more: Partial<Failure> = { status: 401 }): readonly SystemStatus[] {
  return [fresh[1], { ...okta, state: "failed", failure: { kind, system: "okta", message: "", ...more } }];
}

/** Seconds at which a try was due, when the systems are looked at every five seconds and each try fails at once. */
function triesOf(systems: readonly SystemStatus[], seconds: number): readonly number[] {
  const retries = createRetries();
  const ticks = Array.from({ length: seconds / 5 + 1 }, (_, tick) => tick * 5);
  return ticks.filter((second) => retries.isDue(systems, second * 1000));
}

test("soon at first, then later and later, ten minutes apart at most", () => {
  expect(triesOf(failing("unreachable"), 200)).toEqual([5, 20, 45, 90, 175]);
  const tries = triesOf(failing("throttled"), 7200);
  expect((tries.at(-1) ?? 0) - (tries.at(-2) ?? 0)).toBe(605);
});

test.each(["unreachable", "throttled", "incomplete", "malformed", "denied"] as const)("%s may pass", (kind) => {
  expect(triesOf(failing(kind), 60)).not.toEqual([]);
});

test.each(["not-configured", "refused", "wrong-target", "rejected"] as const)("%s takes a person", (kind) => {
  expect(triesOf(failing(kind), 3600)).toEqual([]);
});

test("a workspace that nobody trusts is not tried again and again", () => {
  expect(triesOf(failing("denied", {}), 3600)).toEqual([]);
});

test("nothing failed, nothing is tried; once it worked, the next failure is tried soon again", () => {
  expect(triesOf(fresh, 3600)).toEqual([]);
  const retries = createRetries();
  for (let second = 0; second <= 300; second += 5) retries.isDue(failing("unreachable"), second * 1000);
  expect(retries.isDue(fresh, 305_000)).toBe(false);
  expect([310, 315].map((second) => retries.isDue(failing("unreachable"), second * 1000))).toEqual([false, true]);
});

test("a read that is under way is waited for", () => {
  const reading = failing("unreachable").map((system): SystemStatus => ({ ...system, state: "reading" }));
  expect(triesOf(reading, 3600)).toEqual([]);
});
