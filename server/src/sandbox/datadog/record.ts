/** Writes into the audit trail, as Datadog does on every change of access. */

import { randomUUID } from "node:crypto";
import type { AuditEvent, DatadogRole, DatadogTeam, DatadogUser } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import type { DatadogContext } from "./caller.ts";

export type Asset = AuditEvent["asset"];

/** A user as events name one: by handle. */
export function userAsset({ id, handle }: DatadogUser): Asset {
  return { type: "user", id, name: handle };
}

/** A team as events name one: by handle. */
export function teamAsset({ id, handle }: DatadogTeam): Asset {
  return { type: "team", id, name: handle };
}

/** A role as events name one. */
export function roleAsset({ id, name }: DatadogRole): Asset {
  return { type: "role", id, name };
}

const TITLES: Readonly<Record<string, string>> = {
  user: "User",
  team: "Team",
  role: "Role",
  authn_mapping: "AuthN mapping",
};

/** Adds an event of the caller's, named `Access Management`, which is what access changes are filed under. 2026-09 */
export function recordAccess(
  { company, now }: Setting,
  context: DatadogContext,
  action: AuditEvent["action"],
  asset: Asset,
  message = `${TITLES[asset.type] ?? asset.type} ${asset.name} was ${action}`,
): void {
  const { user } = context.get("caller");
  company.datadog.audit.push({
    id: randomUUID(),
    at: now().toISOString(),
    name: "Access Management",
    action,
    asset,
    actor: { id: user.id, email: user.email },
    message,
  });
}
