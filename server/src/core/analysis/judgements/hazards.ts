/** Permissions that do one particular kind of harm, as data, and which of them a role gives. (2026-11) */

import type { Policy } from "../../model/project.ts";
import type { Role, TargetInventory } from "../../model/target.ts";
import { isAdmin, permissionNames, sensitivityOf } from "../effective.ts";
import { audienceSize, type HeldRole, type ResolvedMapping } from "../grants.ts";
import { memoOf } from "../memo.ts";
import { isEverybody, limitFor } from "./privilege.ts";

export type Hazard = "destruction" | "credentials" | "exfiltration" | "execution" | "evidence" | "unmasking";

export const HAZARDS: Readonly<Record<Hazard, readonly string[]>> = {
  /** Deletes data, or drops it before it is kept. */
  destruction: [
    "logs_delete_data",
    "rum_delete_data",
    "logs_modify_indexes",
    "observability_pipelines_delete",
    "data_streams_kafka_delete_topic",
  ],
  /** Shows, makes or uses secrets that others rely on. */
  credentials: [
    "api_keys_read",
    "api_keys_write",
    "connections_resolve",
    "connections_write",
    "synthetics_global_variable_write",
    "org_authorized_apps_write",
    "cloud_auth_config_write",
    "workload_identity_federation_write",
  ],
  /** Sends data to where Datadog's own sign-in no longer guards it. */
  exfiltration: [
    "org_connections_write",
    "logs_write_forwarding_rules",
    "logs_write_archives",
    "rum_write_exports",
    "dashboards_public_share",
    "dashboards_embed_share",
    "embeddable_graphs_share",
    "create_webhooks",
    "status_pages_public_page_publish",
  ],
  /** Runs code on hosts, or acts on other systems in the organization's name. */
  execution: [
    "on_prem_runner_write",
    "on_prem_runner_use",
    "fleet_policies_write",
    "infrastructure_remediation_write",
    "security_monitoring_cws_agent_rules_actions",
    "observability_pipelines_deploy",
    "workflows_run",
    "workflows_write",
    "apps_write",
    "actions_interface_run",
    "agent_builder_run",
    "agent_builder_write",
    "agent_install_write",
    "agent_upgrade_write",
    "synthetics_private_location_write",
    "apm_remote_configuration_write",
    "serverless_aws_instrumentation_write",
    "ndm_device_config_write",
    "orchestration_workload_scaling_write",
    "data_observability_custom_sql_write",
  ],
  /** Silences detection, or the record of who did what. */
  evidence: [
    "audit_logs_write",
    "security_monitoring_filters_write",
    "security_monitoring_rules_write",
    "security_monitoring_suppressions_write",
    "security_monitoring_notification_profiles_write",
    "security_monitoring_cws_agent_rules_write",
    "security_pipelines_write",
  ],
  /** Shows what was masked on purpose, or decides that it no longer is. */
  unmasking: [
    "data_scanner_unmask",
    "data_scanner_write",
    "debugger_capture_variables",
    "live_debugger_redaction_write",
    "dbm_parameterized_queries_read",
    "data_streams_monitoring_capture_messages",
    "observability_pipelines_capture_read",
    "observability_pipelines_capture_write",
  ],
};

/** A role that is given to more people than this is no longer one for those whose work it is. */
export const FEW = 10;

/** Kinds of harm from which on a role is judged as a whole, see priv/catch-all-role. */
const MANY_KINDS = 3;

const NONE: readonly string[] = [];

/**
 * Permissions of a kind that a role gives. None for Datadog's own roles, whose content nobody here chose,
 * and for roles that are as good as Datadog Admin: these are judged as a whole.
 */
export function hazardsOf({ target, role }: HeldRole, hazard: Hazard): readonly string[] {
  return tableOf(target, role.item).get(hazard) ?? NONE;
}

/** All kinds of harm that a role can do, with the permissions that do it. */
export function tableOf(target: TargetInventory, role: Role): ReadonlyMap<Hazard, readonly string[]> {
  return memoOf(target, role, makeTable);
}

function makeTable(target: TargetInventory, role: Role): ReadonlyMap<Hazard, readonly string[]> {
  if (role.managed || isAdmin(target, role)) return new Map();
  const permitted = permissionNames(target, role);
  const kinds = Object.entries(HAZARDS) as [Hazard, readonly string[]][];
  return new Map(
    kinds
      .map(([kind, names]) => [kind, names.filter((name) => permitted.has(name))] as const)
      .filter(([, names]) => names.length > 0),
  );
}

/** The people whom a role reaches, when they are many and neither a limit of the policy nor the group says so already. */
export function crowdOf(
  resolved: ResolvedMapping,
  { target, role }: HeldRole,
  policy: Policy,
): ReturnType<typeof audienceSize> {
  // A policy that limits the sensitivity of these permissions has its own idea of many.
  if (limitFor(policy, "high") !== undefined || isEverybody(resolved)) return undefined;
  const audience = audienceSize(resolved);
  if (!audience || audience.people <= FEW) return undefined;
  const limit = limitFor(policy, sensitivityOf(target, role.item));
  return limit !== undefined && audience.people > limit ? undefined : audience;
}

/** True for a role of so many kinds that it is judged as a whole, which priv/catch-all-role does. */
export function isCatchAll({ target, role }: HeldRole): boolean {
  return tableOf(target, role.item).size >= MANY_KINDS;
}

/** Whether another role of the same organization lacks a kind of harm. */
export function isFreeOf({ target }: HeldRole, hazard: Hazard): (role: Role) => boolean {
  return (role) => !HAZARDS[hazard].some((name) => permissionNames(target, role).has(name));
}
