/** What people hold in Datadog today: last quarter's decisions by group, then everything that has drifted since. */

/** Roles and teams that a group's members were given by hand over time. */
export interface Given {
  readonly group: string;
  readonly roles?: readonly string[];
  readonly teams?: readonly string[];
}

export const GIVEN: readonly Given[] = [
  { group: "dd-admins", roles: ["Datadog Admin Role"] },
  // During the platform migration everybody got this "for two weeks".
  { group: "dd-engineering", roles: ["Engineer", "Platform Admin"], teams: ["engineering"] },
  { group: "dd-platform", teams: ["platform"] },
  { group: "dd-platform-leads", roles: ["Platform Admin"] },
  { group: "dd-sre", roles: ["SRE"], teams: ["sre"] },
  { group: "dd-sre-leads", roles: ["SRE"] },
  { group: "dd-oncall-primary", roles: ["SRE"], teams: ["oncall-primary"] },
  { group: "dd-incident-commanders", roles: ["Incident Commander"] },
  { group: "dd-log-admins", roles: ["Log Admin"] },
  { group: "dd-release", roles: ["Synthetics Author"] },
  { group: "dd-cutover", roles: ["Dashboard Publisher"] },
  { group: "dd-network", teams: ["network"] },
  { group: "dd-it", roles: ["Datadog Read Only Role"], teams: ["it-operations"] },
  { group: "dd-payments", teams: ["payments"] },
  { group: "dd-payments-oncall", teams: ["payments"] },
  { group: "dd-checkout", teams: ["checkout"] },
  { group: "dd-mobile", roles: ["Mobile Insights"], teams: ["mobile"] },
  { group: "dd-web", teams: ["web"] },
  { group: "dd-identity", roles: ["Synthetics Author"], teams: ["identity"] },
  { group: "dd-quality", roles: ["Synthetics Author", "Datadog Read Only Role"] },
  { group: "dd-search", teams: ["search"] },
  { group: "dd-data-platform", roles: ["Data Platform"], teams: ["data-platform"] },
  { group: "dd-data-science", teams: ["data-science"] },
  { group: "dd-ml", teams: ["data-science"] },
  { group: "dd-dashboards", roles: ["Dashboard Publisher"] },
  { group: "dd-security", roles: ["Security Engineer"], teams: ["security"] },
  { group: "dd-security-analysts", roles: ["Security Analyst"] },
  { group: "dd-secops-oncall", teams: ["secops"] },
  { group: "dd-auditors", roles: ["Auditor"] },
  { group: "dd-finance", roles: ["Billing Viewer"] },
  { group: "dd-finance-leads", roles: ["Billing Manager"] },
  { group: "dd-support", roles: ["Read Only Support"], teams: ["support"] },
  { group: "dd-support-leads", teams: ["support-escalations"] },
  { group: "dd-support-readonly", roles: ["Datadog Read Only Role"] },
  { group: "dd-product-readonly", roles: ["Datadog Read Only Role", "Product Viewer"] },
  { group: "dd-execs-readonly", roles: ["Datadog Read Only Role"] },
  { group: "contractor-emea", roles: ["Engineer"], teams: ["engineering"] },
  { group: "contractor-apac", roles: ["Contractor"] },
  { group: "contractor-readonly", roles: ["Product Viewer"] },
];

/** Roles of single people beyond what their groups gave them. */
export const EXTRA_ROLES: readonly { readonly login: string; readonly roles: readonly string[] }[] = [
  // Came from site reliability; one is still on call there and keeps the role through that, one moved on for good.
  { login: "goran.pell@acme.com", roles: ["SRE"] },
  { login: "ivo.marsh@acme.com", roles: ["SRE", "Log Admin"] },
  { login: "jonas.weld@acme.com", roles: ["Log Admin", "Datadog Standard Role"] },
  { login: "lea.torrent@acme.com", roles: ["Billing Viewer"] },
  { login: "hanne.lindholt@acme.com", roles: ["Mobile Insights", "On-Call"] },
  // Left the company, with an old role that no file mentions.
  { login: "mats.ekdal@acme.com", roles: ["Legacy Standard"] },
  { login: "nadia.frost@acme.com", roles: ["Legacy Standard"] },
];

/** Team places of single people beyond their groups. */
export const EXTRA_TEAMS: readonly { readonly login: string; readonly teams: readonly string[] }[] = [
  { login: "ivo.marsh@acme.com", teams: ["sre", "payments"] },
  { login: "jonas.weld@acme.com", teams: ["checkout", "web"] },
  { login: "hanne.lindholt@acme.com", teams: ["payments", "mobile"] },
  { login: "lea.torrent@acme.com", teams: ["web"] },
];

/** Departments whose newest colleagues have an account but not yet what their groups should give. */
export const NEWCOMERS = ["Platform", "Data", "Web", "Mobile", "Payments"] as const;

/** Departments whose newest but one has no Datadog account at all. */
export const WITHOUT_ACCOUNT = ["Web", "Design", "Support", "Contractors APAC"] as const;

/** How many members a team lost to a careless clean-up. */
export const MISSING_FROM_TEAM = { mobile: 4, security: 3 } as const;

export interface TeamSpec {
  readonly handle: string;
  readonly name: string;
  readonly description: string;
  /** Set on teams that SCIM owns. */
  readonly externalId?: string;
}

/** The prefix that this project writes; `identity` belongs to Okta's own push. */
const OURS = "accessmap:acme-access:";

export const TEAMS: readonly TeamSpec[] = [
  ours("engineering", "engineering", "Everybody who builds or runs software"),
  ours("platform", "platform", "Clusters, networks, pipelines"),
  ours("sre", "sre", "Reliability of production"),
  ours("network", "network", "Edge and backbone"),
  ours("it-operations", "it-operations", "Laptops, offices, accounts"),
  ours("payments", "payments", "Card and bank payments"),
  ours("checkout", "checkout", "Basket and checkout"),
  ours("mobile", "mobile", "iOS and Android"),
  ours("web", "web", "Web front end"),
  ours("data-platform", "data-platform", "Warehouses and pipelines"),
  ours("data-science", "data-science", "Models and experiments"),
  ours("security", "security", "Product and cloud security"),
  ours("secops", "secops", "Security rotation"),
  ours("support", "support", "Customer support"),
  // Made by hand; the sample's next push links them.
  { handle: "oncall-primary", name: "oncall-primary", description: "Paged first" },
  { handle: "search", name: "search", description: "Search squad" },
  { handle: "support-escalations", name: "support-escalations", description: "Second line" },
  { handle: "identity", name: "identity", description: "Sign-in and accounts", externalId: "00gk3w9identity5d7x1" },
  { handle: "legacy-apps", name: "legacy-apps", description: "Owners of what nobody wants" },
];

function ours(handle: string, name: string, description: string): TeamSpec {
  return { handle, name, description, externalId: `${OURS}${handle}` };
}
