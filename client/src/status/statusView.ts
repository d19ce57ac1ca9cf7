/** What the status bar item says about a window's systems. Pure. */

import { l10n } from "vscode";
import type { SystemStatus } from "../../../server/src/lsp/protocol.ts";
import { describeAge, describeSystem, needsSignIn } from "./freshness.ts";

export interface StatusView {
  readonly text: string;
  readonly isWarning: boolean;
  /** One for each system, for the tooltip. */
  readonly rows: readonly { readonly name: string; readonly text: string }[];
}

/** The circumstances under which systems are shown. */
export interface Moment {
  readonly trusted: boolean;
  /** A sandbox stands in for the real systems. */
  readonly drill: boolean;
  readonly now: number;
  /** What the organizations are called, or the one of them that commands are about; empty without any. */
  readonly organizations: string;
}

/** Undefined where there is nothing to say. A missing sign-in is offered, not warned about. */
export function viewStatus(systems: readonly SystemStatus[], moment: Moment): StatusView | undefined {
  if (systems.length === 0) return undefined;
  const failed = systems.filter((system) => system.failure && system.state !== "reading");
  return {
    text: textFor(systems, failed, moment),
    isWarning: moment.trusted && failed.some((system) => !needsSignIn(system)),
    rows: systems.map((system) => ({
      name: `${system.name} (${system.vendor})`,
      text: describeSystem(system, moment.now),
    })),
  };
}

function textFor(systems: readonly SystemStatus[], failed: readonly SystemStatus[], moment: Moment): string {
  const organizations = moment.organizations || "accessmap";
  if (!moment.trusted) return `$(shield) ${l10n.t("accessmap: not trusted, files only")}`;
  if (systems.some((system) => system.state === "reading"))
    return `$(sync~spin) ${l10n.t("{0}: reading", organizations)}`;
  if (failed.length > 0 && failed.every(needsSignIn))
    return `$(key) ${l10n.t("accessmap: sign in to {0}", namesOf(failed))}`;
  if (failed.length > 0) return `$(warning) ${l10n.t("accessmap: {0} not checked", namesOf(failed))}`;
  const oldest = systems.flatMap((system) => system.asOf ?? []).sort()[0];
  const age = oldest === undefined ? l10n.t("not read yet") : l10n.t("read {0}", describeAge(oldest, moment.now));
  return `$(organization) ${organizations}: ${moment.drill ? l10n.t("sandbox, {0}", age) : age}`;
}

function namesOf(systems: readonly SystemStatus[]): string {
  return [...new Set(systems.map(({ name }) => name))].join(", ");
}
