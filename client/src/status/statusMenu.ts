/** What a click on the status bar item offers: each system with how it stands, refresh, sign-in or the way to trust, log, and which organization is meant. */

import { commands, l10n, workspace } from "vscode";
import type { Current } from "../current.ts";
import type { Dialogs } from "../dialogs.ts";
import type { Projects } from "../projects.ts";
import type { DrillSource } from "../sandbox/sample.ts";
import type { SecretStore } from "../signIn/secretStore.ts";
import { keptFor } from "../signIn/signIn.ts";
import { describeSignIn } from "../signIn/signInState.ts";
import { currentOf, nameOf, organizationsIn } from "../targets.ts";
import { describeSystem, needsSignIn } from "./freshness.ts";

/** Click on the status bar item; not in the palette. */
export const STATUS_COMMAND = "accessmap.showStatus";

export interface StatusMenuTools {
  readonly projects: Projects;
  readonly dialogs: Dialogs;
  readonly store: SecretStore;
  readonly drill: DrillSource;
  readonly current: Current;
}

/** Commands are about one organization of several from then on; Sync still names it before it does anything. */
export async function switchOrganization({ projects, dialogs, current }: StatusMenuTools): Promise<void> {
  const organizations = organizationsIn(projects);
  if (organizations.length < 2) {
    const [only] = organizations;
    const names = l10n.t("Commands are about {0}, the only organization of this window.", only?.organization ?? "");
    dialogs.tell("info", only ? names : l10n.t("No accessmap.yaml of this window names an organization."));
    return;
  }
  const each = { label: l10n.t("Ask each time"), description: "", detail: "", folder: "", organization: "" };
  const choice = await dialogs.pick(l10n.t("Commands are about"), [...organizations, each]);
  if (choice)
    await current.set(
      choice.organization === "" ? undefined : { folder: choice.folder, organization: choice.organization },
    );
}

/** Nothing to switch where there is one. */
function switchRow(projects: Projects, current: Current) {
  const organizations = organizationsIn(projects);
  if (organizations.length < 2) return [];
  const chosen = currentOf(organizations, current);
  const description = chosen
    ? l10n.t("Commands are about {0}", nameOf(projects, chosen))
    : l10n.t("Commands ask each time");
  return [
    { label: `$(arrow-swap) ${l10n.t("Switch Organization")}`, description, command: "accessmap.switchOrganization" },
  ];
}

/** Settles when something was chosen and done, or nothing was chosen. */
export async function showStatusMenu({ projects, dialogs, store, drill, current }: StatusMenuTools): Promise<void> {
  // In a drill the stored credentials stay where they are.
  const stored = drill.isOn() ? [] : await store.list();
  const systems = projects.systems().map((system) => ({
    label: `${system.failure ? "$(warning)" : "$(database)"} ${system.name}`,
    description: describeSystem(system, Date.now()),
    ...withDetail(
      keptFor(system, stored).map((kept) => `${kept.use}: ${describeSignIn(kept, system, Date.now()).text}`),
    ),
    command: system.failure && needsSignIn(system) ? "accessmap.signIn" : "accessmap.refresh",
  }));
  const trust = l10n.t("Manage Workspace Trust");
  const live = workspace.isTrusted
    ? [
        action("refresh", l10n.t("Refresh"), l10n.t("Read all systems again"), "accessmap.refresh"),
        action("key", l10n.t("Sign In"), l10n.t("Enter or replace a credential"), "accessmap.signIn"),
      ]
    : [action("shield", trust, l10n.t("Until then nothing is contacted"), "workbench.trust.manage")];
  const actions = [
    ...live,
    action("output", l10n.t("Show Log"), l10n.t("What was asked, and how it went"), "accessmap.showLog"),
  ];
  const choice = await dialogs.pick("accessmap", [...switchRow(projects, current), ...actions, ...systems]);
  if (choice) await commands.executeCommand(choice.command);
}

function action(icon: string, label: string, description: string, command: string) {
  return { label: `$(${icon}) ${label}`, description, command };
}

/** A row without details has no second line. */
function withDetail(parts: readonly string[]): { readonly detail?: string } {
  return parts.length === 0 ? {} : { detail: parts.join("; ") };
}
