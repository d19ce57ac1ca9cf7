/** Words for how old live data is and what is wrong with it. Pure. */

import { l10n } from "vscode";
import type { SystemStatus } from "../../../server/src/lsp/protocol.ts";

/** `just now`, `4 min ago`, `3 h ago`, `2 days ago`. */
export function describeAge(asOf: string, now: number): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(asOf)) / 60_000));
  if (minutes < 1) return l10n.t("just now");
  if (minutes < 60) return l10n.t("{0} min ago", minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? l10n.t("{0} h ago", hours) : l10n.t("{0} days ago", Math.floor(hours / 24));
}

/** One sentence about one system, e.g. `45 groups, 17 of them mapped, read 4 min ago`. */
export function describeSystem(system: SystemStatus, now: number): string {
  // A summary of what was never read would say that there is nothing.
  const known =
    system.asOf === undefined
      ? ""
      : [system.summary, l10n.t("read {0}", describeAge(system.asOf, now))].filter(Boolean).join(", ");
  if (system.state === "reading") return known === "" ? l10n.t("being read") : l10n.t("{0}; being read again", known);
  if (system.failure)
    return needsSignIn(system) ? system.failure.message : l10n.t("not checked: {0}", system.failure.message);
  return known === "" ? l10n.t("not read yet") : known;
}

/** What of these systems could not be read, as one message; undefined when everything was. */
export function describeUnread(
  systems: readonly SystemStatus[],
): { readonly text: string; readonly signInHelps: boolean } | undefined {
  const failed = systems.filter(({ failure }) => failure !== undefined);
  const unsigned = failed.filter(needsSignIn);
  const namesOf = (some: readonly SystemStatus[]) => [...new Set(some.map(({ name }) => name))].join(", ");
  if (failed.length === 0) return undefined;
  if (unsigned.length === failed.length) {
    const text =
      unsigned.length === systems.length
        ? l10n.t("Not signed in to {0}. Only the files are checked.", namesOf(failed))
        : l10n.t("Not signed in to {0}.", namesOf(failed));
    return { text, signInHelps: true };
  }
  // One reason stands for all; the status item tells each.
  const [first] = failed.filter((system) => !needsSignIn(system));
  const text = l10n.t("Not checked: {0}. {1}.", namesOf(failed), first?.failure?.message ?? "");
  return { text, signInHelps: false };
}

/** True when there is an origin to bind a credential to. */
export function canSignIn({ origin }: SystemStatus): boolean {
  return origin !== "";
}

/** True when signing in would help, as opposed to a system that answered and refused or could not be reached. */
export function needsSignIn(system: SystemStatus): boolean {
  return canSignIn(system) && system.failure?.kind === "not-configured";
}

/** Milliseconds since the oldest read; undefined while something was never read or nothing is known. */
export function ageOfOldest(systems: readonly SystemStatus[], now: number): number | undefined {
  const times = systems.map((system) => (system.asOf === undefined ? Number.NaN : Date.parse(system.asOf)));
  const age = now - Math.min(...times);
  return Number.isFinite(age) ? age : undefined;
}
