/** Plans of fixtures, and their short form: one line per change, held-back thing, refusal and warning. */

import { expect } from "vitest";
import type { Snapshot } from "../../../server/src/core/analysis/snapshot.ts";
import { makePlan } from "../../../server/src/core/sync/makePlan.ts";
import type { Plan } from "../../../server/src/core/sync/plan.ts";
import { describeChange } from "../../../server/src/core/sync/render/describeChange.ts";
import { expectText } from "../../support/expectText.ts";
import { parseFixture } from "../../support/fixture.ts";

export function planOf(text: string, organization = "prod"): Plan {
  return planFor(parseFixture(text).snapshot, organization);
}

export function planFor(snapshot: Snapshot, organization = "prod"): Plan {
  const made = makePlan(snapshot, organization, { fileHashes: { "accessmap.yaml": "0" } });
  if ("missing" in made) throw new Error(made.missing.map(({ message }) => message).join("; "));
  return made.plan;
}

/** Compares the short form, in which `@acme.com` is left out. */
export function checkPlan(text: string, expected: string): void {
  expectText(shortForm(planOf(text)), expected);
}

export function shortForm(plan: Plan): string {
  const lines = [
    ...plan.changes.map(describeChange),
    ...plan.heldBack.map(({ what, why }) => `held: ${what}: ${why}`),
    ...plan.refusals.map(({ message, waiver }) => `refused: ${message} [${waiver ?? "never lifted"}]`),
    ...plan.warnings.filter((text) => !isOrdinary(text)).map((text) => `warning: ${text}`),
  ];
  return lines.join("\n").replaceAll("@acme.com", "");
}

/** Messages of a plan that cannot be made. */
export function checkMissing(text: string, expected: readonly string[], organization = "prod"): void {
  const made = makePlan(parseFixture(text).snapshot, organization, { fileHashes: {} });
  expect(
    "missing" in made ? made.missing.map(({ kind, message }) => `${kind}: ${message}`) : made.plan.changes,
  ).toEqual(expected);
}

/** Fixtures are small: they name no organization id and have few administrators. */
function isOrdinary(warning: string): boolean {
  return warning.includes(".id is not set") || warning.includes("can administer the organization");
}
