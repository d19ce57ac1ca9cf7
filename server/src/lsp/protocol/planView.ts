/** What the plan view asks of the server besides the plan: its lines, its findings, its file, and applies that can be finished or undone. */

import type { PlanOutline } from "../../core/sync/render/planOutline.ts";
import type { ApplyResult, PlanResult } from "../protocol.ts";
import { type LongWork, requestNamed } from "./request.ts";
import type { Target } from "./view.ts";

/** A plan that was shown is named by its fingerprint; the server keeps the last few, applied ones too. */
export interface ShownPlanParams {
  readonly fingerprint: string;
}

/** Client to server: how the text of a plan hangs together, and what the dry run found. */
export const planViewRequest = requestNamed<ShownPlanParams, PlanViewResult>("accessmap/planView");
export interface PlanViewResult {
  readonly outline: PlanOutline;
  readonly notes: readonly PlanViewNote[];
  readonly markdown: string;
  /** When the plan was made, ISO 8601 UTC. */
  readonly createdAt: string;
  /** Why it would not be applied any more, in words: files changed since. */
  readonly outdated?: string;
}
/** A finding on a line of a file. Lines and characters count from 0. */
export interface PlanViewNote {
  readonly uri: string;
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly severity: "error" | "warning" | "info";
  readonly code: string;
  /** URI of the code's manual page, where it has one. */
  readonly page?: string;
  readonly message: string;
}

/** Client to server: writes the plan as a file that `accessmap apply` takes. Answers null. */
export const savePlanRequest = requestNamed<SavePlanParams, null>("accessmap/savePlan");
export interface SavePlanParams extends ShownPlanParams {
  /** Absolute path. */
  readonly path: string;
}

/** Client to server: the applies of an organization that can be finished, closed or undone. */
export const appliesRequest = requestNamed<Target, AppliesResult>("accessmap/applies");
export interface AppliesResult {
  /** Begun and not ended, and nobody is at work on it. */
  readonly interrupted?: {
    /** A sentence: when it began, how far it came. */
    readonly message: string;
    readonly steps: number;
    readonly left: number;
  };
  /** Somebody is applying just now, in words. */
  readonly busy?: string;
  /** When the last apply that can be undone began, ISO 8601 UTC. */
  readonly lastAt?: string;
}

/** Client to server: the plan that the interrupted apply has to finish, to be shown before anybody agrees. Answers a `PlanResult`. */
export const interruptedPlanRequest = requestNamed<Target, PlanResult>("accessmap/interruptedPlan");

/** Client to server: finishes the interrupted apply with the same steps. Answers like `accessmap/apply`, with progress. */
export const resumeRequest = requestNamed<ResumeParams, ApplyResult>("accessmap/resume");
export interface ResumeParams extends Target, LongWork {}

/** Client to server: closes the interrupted apply without writing to Datadog. */
export const abandonRequest = requestNamed<Target, AbandonResult>("accessmap/abandon");
export interface AbandonResult {
  readonly message: string;
}

/** Client to server: the reverse of the last apply as a plan, from fresh reads. Answers and is applied like any plan. */
export const undoRequest = requestNamed<UndoParams, PlanResult>("accessmap/undo");
export interface UndoParams extends Target, LongWork {}
