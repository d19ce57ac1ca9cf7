/** What the view says before its rows when something keeps it from knowing more, and what a click on that does. Pure. */

import { l10n } from "vscode";
import type { SystemStatus, ViewRow } from "../../../server/src/lsp/protocol.ts";
import { describeAge, needsSignIn } from "../status/freshness.ts";
import type { NoteCommand } from "./rowItem.ts";

export interface Notice extends NoteCommand {
  readonly key: string;
  readonly label: string;
}

/** Nothing when nothing keeps it. An untrusted workspace is the only notice, since nothing else is known of it. */
export function noticesFor(systems: readonly SystemStatus[], isTrusted: boolean): readonly Notice[] {
  if (!isTrusted)
    return [
      {
        key: "trust",
        icon: "shield",
        label: l10n.t("Not trusted: only files are checked"),
        command: "workbench.trust.manage",
      },
    ];
  const unsigned = [...new Set(systems.filter(needsSignIn).map(({ name }) => name))];
  if (unsigned.length === 0) return [];
  const label = l10n.t("Sign in to {0} to see people and permissions", unsigned.join(", "));
  return [{ key: "signIn", icon: "key", label, command: "accessmap.signIn" }];
}

/** An organization's row with how old its data is: `datadoghq.eu · read 4 min ago`. */
export function withFreshness(row: ViewRow, systems: readonly SystemStatus[], now: number): ViewRow {
  const system = systems.find(({ kind, name }) => kind === "organization" && name === (row.name ?? row.label));
  if (!system) return row;
  return { ...row, detail: [row.detail, freshness(system, now)].filter(Boolean).join(" · ") };
}

function freshness(system: SystemStatus, now: number): string {
  if (system.state === "reading") return l10n.t("reading");
  if (system.failure) return needsSignIn(system) ? l10n.t("not signed in") : l10n.t("not checked");
  return system.asOf === undefined ? l10n.t("not read yet") : l10n.t("read {0}", describeAge(system.asOf, now));
}
