/** Writes into the audit trail, as Datadog does on every change of access. */

import { randomUUID } from "node:crypto";
import type { AuditEvent, DatadogUser } from "../company.ts";
import type { Setting } from "../http/frame.ts";

export type Asset = AuditEvent["asset"];

/** Adds an event named `Access Management`, which is what access changes are filed under. 2026-09 */
export function recordAccess(
  { company, now }: Setting,
  actor: DatadogUser,
  action: AuditEvent["action"],
  asset: Asset,
  message: string,
): void {
  company.datadog.audit.push({
    id: randomUUID(),
    at: now().toISOString(),
    name: "Access Management",
    action,
    asset,
    actor: { id: actor.id, email: actor.email },
    message,
  });
}
