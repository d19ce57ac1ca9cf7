/** Reminds of credentials that are old: one quiet notification, at most once a week, never in the middle of a first look. */

import { type Disposable, l10n, type Memento, workspace } from "vscode";
import type { SystemStatus } from "../../../server/src/lsp/protocol.ts";
import type { Dialogs } from "../dialogs.ts";
import type { Projects } from "../projects.ts";
import type { KeptCredential } from "./credentials.ts";
import type { SecretStore } from "./secretStore.ts";
import { keptFor } from "./signIn.ts";
import { describeSignIn } from "./signInState.ts";

/** When the last reminder was shown, milliseconds. */
const REMINDED = "rotation.reminded";
const WEEK_MS = 7 * 86_400_000;
/** What somebody opens a window for comes first. */
const PATIENCE_MS = 60_000;
/** Windows stay open for weeks. */
const AGAIN_MS = 86_400_000;

export interface OldCredential {
  readonly kept: KeptCredential;
  readonly days: number;
}

/** Credentials of these systems that are older than `limit` days, the oldest first. 0 is no limit. */
export function oldCredentials(
  systems: readonly SystemStatus[],
  stored: readonly KeptCredential[],
  limit: number,
  now: number,
): readonly OldCredential[] {
  if (limit <= 0) return [];
  return systems
    .flatMap((system) =>
      keptFor(system, stored).map((kept) => ({ kept, days: describeSignIn(kept, system, now).days ?? 0 })),
    )
    .filter(({ days }) => days > limit)
    .sort((one, other) => other.days - one.days);
}

export interface ReminderOptions {
  readonly memory: Memento;
  readonly store: SecretStore;
  readonly projects: Projects;
  readonly dialogs: Dialogs;
  /** A sandbox stands in for the real systems: what is kept for these is not in use. */
  readonly isDrill: () => boolean;
}

/** Looks some time after the start and then every day. Silent in a drill and in a workspace that is not trusted. */
export function remindOfRotation({ memory, store, projects, dialogs, isDrill }: ReminderOptions): Disposable {
  async function remind(): Promise<void> {
    const now = Date.now();
    if (isDrill() || !workspace.isTrusted || now - memory.get(REMINDED, 0) < WEEK_MS) return;
    const limit = workspace.getConfiguration("accessmap").get("credentials.remindAfterDays", 90);
    const [oldest, ...others] = oldCredentials(projects.systems(), await store.list(), limit, now);
    if (!oldest) return;
    await memory.update(REMINDED, now);
    const { connection, use } = oldest.kept;
    const more = others.length === 0 ? "" : ` ${moreText(others.length)}`;
    const what = use === "write" ? l10n.t("that syncs {0}", connection) : l10n.t("that reads {0}", connection);
    dialogs.tell(
      "info",
      `${l10n.t("The credential {0} is {1} days old. Make a new one, sign in with it, and delete the old one.", what, oldest.days)}${more}`,
      { [l10n.t("Sign In")]: "accessmap.signIn" },
    );
  }
  /** A keychain that is locked is no reason to say anything; the next day is another try. */
  const look = () => void remind().catch(() => {});
  const timers = [setTimeout(look, PATIENCE_MS), setInterval(look, AGAIN_MS)];
  return { dispose: () => timers.forEach(clearTimeout) };
}

function moreText(others: number): string {
  return others === 1 ? l10n.t("1 more is old, too.") : l10n.t("{0} more are old, too.", others);
}
