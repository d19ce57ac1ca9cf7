/** Applies a sealed plan from a workspace: same files as planned, one journal, one writer. Editor and command line share it. */

import { setTimeout as sleep } from "node:timers/promises";
import { type ApplyEvent, type ApplyOutcome, applyPlan, READ_BACK_PATIENCE } from "../core/sync/apply.ts";
import type { SealedPlan } from "../core/sync/plan.ts";
import { hashTexts } from "../store/hash.ts";
import { journalFolderOf, openJournal } from "../store/journalFile.ts";
import type { Workspace } from "./workspace.ts";

export interface ApplyOptions {
  /** Waivers as in `--allow`. */
  readonly waivers: readonly string[];
  readonly signal: AbortSignal;
  readonly onEvent: (event: ApplyEvent) => void;
}

/** What came of it. `journal` is the path of the journal; undefined when nothing was begun. */
export interface Applied {
  readonly outcome: ApplyOutcome;
  readonly journal: string | undefined;
}

/** Why a plan cannot be applied from these files, or undefined. The plan was reviewed for the files as they were. */
export function whyOutdated(workspace: Workspace, { plan }: SealedPlan): string | undefined {
  const now = hashTexts(workspace.texts());
  const files = new Set([...Object.keys(now), ...Object.keys(plan.files)]);
  const moved = [...files].filter((file) => now[file] !== plan.files[file]).sort();
  if (moved.length === 0) return undefined;
  return `${moved.join(", ")} changed since the plan was made; plan again and look at the new one`;
}

/** Performs the plan. Must be asked for by a person, or by `--yes`: nothing here asks again. */
export async function applySealed(
  workspace: Workspace,
  sealed: SealedPlan,
  options: ApplyOptions,
): Promise<Applied | { readonly refused: string }> {
  const outdated = whyOutdated(workspace, sealed);
  if (outdated) return { refused: outdated };
  const { organization } = sealed.plan;
  const writer = workspace.openWriter(organization.name);
  if (!writer) return { refused: `accessmap.yaml has no organization "${organization.name}"` };
  const now = () => new Date().toISOString();
  const journal = await journalFolderOf(workspace.folder)
    .then((folder) =>
      openJournal({ folder, startedAt: now(), organization: organization.name, fingerprint: sealed.fingerprint }),
    )
    .catch((error: NodeJS.ErrnoException) => error);
  if (journal instanceof Error)
    return { refused: `the journal cannot be written (${journal.message}), and nothing is changed without one` };
  try {
    const steps = applyPlan(sealed, {
      writer,
      journal,
      waivers: options.waivers,
      signal: options.signal,
      now,
      wait: (ms) => sleep(ms),
      readBackPatience: READ_BACK_PATIENCE,
    });
    for (;;) {
      const next = await steps.next();
      if (next.done) return { outcome: next.value, journal: journal.path };
      options.onEvent(next.value);
    }
  } finally {
    await journal.close();
  }
}
