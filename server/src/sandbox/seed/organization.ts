/** Settings of the organization as `GET /api/v2/org_configs` lists them. */

import type { OrgConfig } from "../company.ts";

const CONFIGS: readonly OrgConfig[] = [
  {
    name: "teams_provisioning_sources",
    description: "Where team memberships may come from.",
    valueType: "enum",
    value: "saml_and_manually",
  },
  {
    name: "teams_manage_membership",
    description: "Who may change team memberships.",
    valueType: "enum",
    value: "members",
  },
  { name: "teams_edit_details", description: "Who may edit team details.", valueType: "enum", value: "members" },
  { name: "custom_roles", description: "Allows custom roles.", valueType: "bool", value: true },
  { name: "admin_only_invites", description: "Only administrators invite.", valueType: "bool", value: true },
  {
    name: "domain_allowlist",
    description: "Domains that reports may be sent to.",
    valueType: "email_domain_list",
    value: ["acme.com"],
  },
  { name: "30d_invite_expiration", description: "Invitations live 30 days.", valueType: "bool", value: false },
  { name: "monitor_timezone", description: "Time zone of monitors.", valueType: "enum", value: "UTC" },
];

/** By name, and each its own copy: a company may be changed. */
export function createConfigs(): Map<string, OrgConfig> {
  return new Map(CONFIGS.map((config) => [config.name, { ...config }]));
}
