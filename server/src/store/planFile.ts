/** Sealed plans on disk. A plan is loaded only when its fingerprint is that of its content. */

import type { Plan, SealedPlan } from "../core/sync/plan.ts";
import { canonicalText } from "../core/sync/render/canonical.ts";
import { planFromJson, planToJson } from "../core/sync/render/planJson.ts";
import { hashText } from "./hash.ts";
import { readNamed, UnusableFile } from "./ordinaryFile.ts";
import { writeWhole } from "./wholeFile.ts";

/** Binds a plan to the hash over its canonical text. */
export function seal(plan: Plan): SealedPlan {
  return { plan, fingerprint: hashText(canonicalText(plan)) };
}

/** The plan as a file holds it. The fingerprint leaves out times and words, which must not be edited either. */
export function planText(sealed: SealedPlan): string {
  return planToJson(sealed, digestOf(sealed));
}

/** Rejects with the system's error. */
export function savePlan(path: string, sealed: SealedPlan): Promise<void> {
  return writeWhole(path, planText(sealed));
}

/** Covers every word of a plan. */
export function digestOf({ plan }: SealedPlan): string {
  return hashText(JSON.stringify(plan));
}

/** The plan, or why there is none: unreadable, damaged, or changed after it was sealed. */
export async function loadPlan(path: string): Promise<SealedPlan | { readonly error: string }> {
  let text: string;
  try {
    text = (await readNamed(path)).toString("utf8");
  } catch (error) {
    if (error instanceof UnusableFile) return { error: error.message };
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    return { error: code === "ENOENT" ? `${path} does not exist` : `${path} cannot be read (${code})` };
  }
  const read = planFromJson(text);
  if ("error" in read) return { error: `${path}: ${read.error}` };
  const { digest, ...sealed } = read;
  if (seal(sealed.plan).fingerprint !== sealed.fingerprint || digestOf(sealed) !== digest)
    return { error: `${path}: the plan was changed after it was made; make a new one` };
  return sealed;
}
