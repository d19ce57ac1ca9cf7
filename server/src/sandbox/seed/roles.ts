/** The roles of the organization: Datadog's three, and what Acme built beside them over the years. */

import type { DatadogRole } from "../company.ts";
import { datadogId } from "../ids.ts";
import { SYNC_ROLE } from "./keys.ts";
import { DEFAULTS, MANAGED_ROLES, READ_ONLY_ROLE, STANDARD_ROLE } from "./permissions.ts";

/** Permissions by purpose; roles are sums of these. */
const SETS = {
  logs: ["logs_read_data", "logs_read_index_data", "logs_live_tail"],
  content: ["dashboards_write", "notebooks_write", "saved_views_write", "facets_write"],
  monitoring: ["monitors_write", "monitors_downtime", "slos_write", "slos_corrections", "metric_tags_write"],
  services: [
    "apm_service_catalog_read",
    "apm_service_catalog_write",
    "error_tracking_write",
    "continuous_profiler_read",
  ],
  incidents: ["incident_write", "incident_settings_read", "cases_read", "cases_write"],
  paging: ["on_call_read", "on_call_respond", "on_call_page"],
  tests: [
    "synthetics_read",
    "synthetics_default_settings_read",
    "synthetics_private_location_read",
    "synthetics_write",
  ],
  signals: ["security_monitoring_signals_read", "security_monitoring_rules_read", "security_monitoring_findings_read"],
} as const;

interface RoleSpec {
  readonly name: string;
  readonly sets?: readonly (keyof typeof SETS)[];
  readonly permissions?: readonly string[];
  readonly receivesFrom?: readonly string[];
  /** Holds the defaults alone, not what Datadog Read Only brings. */
  readonly narrow?: boolean;
  /** Days ago. */
  readonly created: number;
}

const ENGINEER = ["logs", "content", "monitoring", "services", "incidents"] as const;

const CUSTOM: readonly RoleSpec[] = [
  { name: "Engineer", sets: ENGINEER, created: 900 },
  {
    name: "SRE",
    sets: [...ENGINEER, "paging"],
    permissions: ["logs_write_pipelines", "logs_write_processors", "apm_retention_filter_write", "host_tags_write"],
    created: 880,
  },
  {
    name: "Platform Admin",
    sets: [...ENGINEER, "paging"],
    permissions: ["user_access_manage", "user_access_invite", "api_keys_read", "api_keys_write", "org_app_keys_write"],
    created: 860,
  },
  {
    name: "Log Admin",
    sets: ["logs"],
    permissions: [
      "logs_modify_indexes",
      "logs_write_exclusion_filters",
      "logs_write_pipelines",
      "logs_write_processors",
      "logs_write_archives",
      "logs_read_archives",
      "logs_delete_data",
    ],
    created: 700,
  },
  {
    name: "Security Analyst",
    sets: ["signals", "logs"],
    permissions: ["security_monitoring_signals_write", "audit_logs_read", "cases_read", "cases_write"],
    created: 690,
  },
  {
    name: "Security Engineer",
    sets: ["signals", "logs"],
    permissions: [
      "security_monitoring_rules_write",
      "security_monitoring_suppressions_write",
      "security_monitoring_signals_write",
      "security_monitoring_filters_read",
      "audit_logs_read",
      "data_scanner_read",
    ],
    created: 640,
  },
  { name: "Billing Viewer", permissions: ["billing_read", "usage_read", "cloud_cost_management_read"], created: 820 },
  { name: "Billing Manager", permissions: ["billing_read", "billing_edit", "usage_read", "usage_edit"], created: 815 },
  {
    name: "Read Only Support",
    permissions: ["logs_read_data", "logs_read_index_data", "synthetics_read", "cases_read"],
    created: 610,
  },
  {
    name: "Incident Commander",
    sets: ["incidents", "paging"],
    permissions: ["status_pages_incident_write"],
    created: 420,
  },
  {
    name: "Data Platform",
    sets: ["logs", "content", "monitoring"],
    permissions: ["dbm_read", "reference_tables_read", "reference_tables_write", "logs_generate_metrics"],
    created: 380,
  },
  { name: "Auditor", permissions: ["audit_logs_read", "org_app_keys_read", "usage_read"], created: 500 },
  { name: "Synthetics Author", sets: ["tests"], permissions: ["synthetics_global_variable_read"], created: 340 },
  { name: "Dashboard Publisher", sets: ["content"], permissions: ["dashboards_public_share"], created: 330 },
  {
    name: "Mobile Insights",
    permissions: ["rum_apps_write", "rum_session_replay_read", "rum_playlist_write"],
    created: 300,
  },
  { name: "Contractor", sets: ["content"], permissions: ["monitors_write"], narrow: true, created: 560 },
  {
    name: "Product Viewer",
    permissions: ["product_analytics_metrics_read", "rum_retention_filters_read"],
    created: 210,
  },
  { ...SYNC_ROLE, created: 120 },
  // Role names are not unique in Datadog. These two were made a year apart by people who did not know of each other.
  { name: "On-Call", sets: ["paging"], created: 400 },
  { name: "On-Call", sets: ["paging", "incidents"], permissions: ["on_call_write"], created: 45 },
  { name: "Legacy Standard", permissions: [], receivesFrom: [STANDARD_ROLE], created: 1200 },
];

/** All roles, by id. `instant` turns an age in days into a moment. */
export function createRoles(instant: (days: number, words: string) => string): Map<string, DatadogRole> {
  const roles = new Map<string, DatadogRole>();
  for (const [name, permissions] of MANAGED_ROLES) {
    const createdAt = instant(1500, name);
    const id = datadogId("role", name);
    roles.set(id, {
      id,
      name,
      managed: true,
      permissions: sorted(permissions),
      receivesFrom: [],
      createdAt,
      modifiedAt: createdAt,
    });
  }
  const baseline = MANAGED_ROLES.get(READ_ONLY_ROLE) ?? [];
  for (const spec of CUSTOM) {
    const id = customRoleId(spec.name, roles);
    const createdAt = instant(spec.created, spec.name);
    const inherited = (spec.receivesFrom ?? []).flatMap((name) => MANAGED_ROLES.get(name) ?? []);
    const sets = (spec.sets ?? []).flatMap((set) => [...SETS[set]]);
    // Narrow roles stand beside Datadog Read Only; the broad ones bring the reading along.
    const reading =
      spec.sets && !spec.narrow ? baseline.filter((name) => name !== "rum_session_replay_read") : DEFAULTS;
    const permissions = sorted([...reading, ...inherited, ...sets, ...(spec.permissions ?? [])]);
    const receivesFrom = [...(spec.receivesFrom ?? [])];
    roles.set(id, { id, name: spec.name, managed: false, permissions, receivesFrom, createdAt, modifiedAt: createdAt });
  }
  return roles;
}

/** The id of the first role with this name, as the seed gives it. */
export function roleId(name: string): string {
  return datadogId("role", name);
}

function customRoleId(name: string, roles: ReadonlyMap<string, DatadogRole>): string {
  const id = roleId(name);
  return roles.has(id) ? datadogId("role", `${name} 2`) : id;
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
