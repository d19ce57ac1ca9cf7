/** What is known of a sign-in: as whom, with which scopes, how old, until when, and whether it can do too much. Pure. */

import { l10n } from "vscode";
import type { Identity, SystemStatus } from "../../../server/src/lsp/protocol.ts";
import type { KeptCredential } from "./credentials.ts";

export interface SignInState {
  /** One line. */
  readonly text: string;
  /** A credential for reading that can write. */
  readonly isTooBroad: boolean;
  /** Since the vendor made it, where that is known, else since it was entered. Undefined where neither is. */
  readonly days: number | undefined;
}

const DAY_MS = 86_400_000;
/** Scopes named on one line. */
const MOST_SCOPES = 4;

/**
 * `now` is in milliseconds. Age counts from the key's own birth where the vendor tells it, else from the day it was
 * entered here.
 */
export function describeSignIn(kept: KeptCredential, system: SystemStatus, now: number): SignInState {
  const { identity } = system;
  // Only the credential that reads is in use all the time, so whom the system names is its bearer.
  const isReader = kept.use === "read";
  const key = isReader ? keyInUse(kept, identity) : undefined;
  const days = daysSince(key?.createdAt ?? kept.since, now);
  const isTooBroad = isReader && (key?.writes.length ?? 0) > 0;
  const parts = [
    isReader ? howFar(system) : l10n.t("kept"),
    kept.label,
    key?.createdAt === undefined ? l10n.t("since {0}", kept.since) : l10n.t("made {0}", key.createdAt.slice(0, 10)),
    ...(days === undefined || days === 0 ? [] : [days === 1 ? l10n.t("1 day old") : l10n.t("{0} days old", days)]),
    ...scopesOf(key),
    ...(key?.expiresAt === undefined ? [] : [endOf(key.expiresAt, now)]),
    ...(isTooBroad ? [l10n.t("too broad: can also write ({0})", few(key?.writes ?? []))] : []),
  ];
  return { text: parts.join(", "), isTooBroad, days };
}

/** A credential that nothing was read with yet, or that is refused, is kept and no more. */
function howFar({ identity, asOf, failure }: SystemStatus): string {
  if (identity) return l10n.t("signed in as {0}", identity.handle);
  return asOf !== undefined && !failure ? l10n.t("signed in") : l10n.t("kept");
}

function keyInUse({ last4 }: KeptCredential, identity: Identity | undefined): Identity["keys"][number] | undefined {
  return last4 === undefined ? undefined : identity?.keys.find((key) => key.last4 === last4);
}

function scopesOf(key: Identity["keys"][number] | undefined): readonly string[] {
  if (!key || key.scopes === undefined) return [];
  return [key.scopes === null ? l10n.t("no scopes: all that its owner may do") : l10n.t("scopes {0}", few(key.scopes))];
}

function endOf(expiresAt: string, now: number): string {
  const day = expiresAt.slice(0, 10);
  return Date.parse(expiresAt) < now ? l10n.t("ended {0}", day) : l10n.t("ends {0}", day);
}

function few(names: readonly string[]): string {
  const shown = names.slice(0, MOST_SCOPES).join(", ");
  return names.length > MOST_SCOPES ? l10n.t("{0} and {1} more", shown, names.length - MOST_SCOPES) : shown;
}

function daysSince(text: string, now: number): number | undefined {
  const days = Math.floor((now - Date.parse(text)) / DAY_MS);
  return Number.isFinite(days) ? Math.max(0, days) : undefined;
}
