/** The Okta groups: built-in, fed by rules, imported from other systems, and kept by hand. */

import type { OktaGroup, OktaRule, OktaUser } from "../company.ts";
import { oktaId } from "../ids.ts";
import { ENGINEERING } from "./people.ts";
import { shuffled } from "./random.ts";

interface GroupSpec {
  readonly name: string;
  readonly description: string;
  readonly type?: OktaGroup["type"];
  /** Departments that members come from; `*` for all. */
  readonly from?: readonly string[];
  /** How many of them; all when absent. */
  readonly take?: number;
  /** Logins that are in besides. */
  readonly also?: readonly string[];
  /** Logins that are not in though their department is. */
  readonly without?: readonly string[];
}

const [ana, ben, carla, elif] = [
  "ana.novakova@acme.com",
  "ben.adeyo@acme.com",
  "carla.venturi@acme.com",
  "elif.sarman@acme.com",
];
const [goran, hanne, ivo, jonas] = [
  "goran.pell@acme.com",
  "hanne.lindholt@acme.com",
  "ivo.marsh@acme.com",
  "jonas.weld@acme.com",
];
const [kira, lea, mats] = ["kira.oduya@acme.com", "lea.torrent@acme.com", "mats.ekdal@acme.com"];

export const GROUPS: readonly GroupSpec[] = [
  { name: "Everyone", description: "All users in your organization", type: "BUILT_IN", from: ["*"] },
  {
    name: "Okta Administrators",
    description: "Okta manages this group, which contains all administrators in your organization.",
    type: "BUILT_IN",
    also: [ana, carla],
  },
  {
    name: "dd-engineering",
    description: "Everybody who builds or runs software. Fed by a rule, never edited by hand",
    from: [...ENGINEERING],
  },
  { name: "dd-admins", description: "Datadog administrators", also: [ana, ben, carla, elif] },
  { name: "dd-platform", description: "Platform engineers", from: ["Platform"] },
  { name: "dd-platform-leads", description: "Leads of the platform", also: [ana, elif, ben] },
  {
    name: "dd-sre",
    description: "Site reliability engineers",
    from: ["Site Reliability"],
    without: [goran],
    also: [ana, mats],
  },
  { name: "dd-sre-leads", description: "Leads of site reliability", also: [ben, ana] },
  {
    name: "dd-oncall-primary",
    description: "Who is paged first, whatever the team",
    from: ["Site Reliability", "Payments", "Checkout"],
    take: 14,
    also: [ana, goran],
  },
  {
    name: "dd-incident-commanders",
    description: "Trained to lead an incident",
    from: ["Site Reliability", "Platform", "Payments"],
    take: 9,
    also: [ana, ben],
  },
  { name: "dd-data-platform", description: "Pipelines and warehouses", from: ["Data"], take: 12, also: [hanne, ana] },
  { name: "dd-data-science", description: "Models and experiments", from: ["Data"], take: 8 },
  { name: "dd-payments", description: "Payments engineers", from: ["Payments"] },
  { name: "dd-payments-oncall", description: "Payments rotation", from: ["Payments"], take: 7, also: [jonas] },
  { name: "dd-checkout", description: "Checkout engineers", from: ["Checkout"] },
  { name: "dd-checkout-oncall", description: "Checkout rotation", from: ["Checkout"], take: 6, also: [ivo] },
  { name: "dd-mobile", description: "iOS and Android", from: ["Mobile"] },
  { name: "dd-web", description: "Web <b>front end</b> &amp; design system", from: ["Web"] },
  { name: "dd-identity", description: "Sign-in and accounts", from: ["Identity"], also: [ana] },
  { name: "dd-quality", description: "Test engineers", from: ["Quality"] },
  { name: "dd-search", description: "Search squad across checkout and web", from: ["Checkout", "Web"], take: 7 },
  { name: "dd-release", description: "Release captains", from: ["Quality", "Mobile", "Web"], take: 6, also: [ana] },
  { name: "dd-security", description: "Security engineers", from: ["Security"] },
  { name: "dd-security-analysts", description: "First line of the SOC", from: ["Security"], take: 8 },
  { name: "dd-secops-oncall", description: "Security rotation", from: ["Security"], take: 5, also: [goran] },
  { name: "dd-auditors", description: "Internal audit", from: ["Legal", "Finance"], take: 4 },
  {
    name: "dd-log-admins",
    description: "Indexes, pipelines, archives",
    from: ["Platform", "Site Reliability"],
    take: 8,
    also: [ana],
  },
  { name: "dd-cutover", description: "Moved dashboards to the new org, autumn 2026", from: ["Web"], take: 3 },
  { name: "dd-finance", description: "Cost owners", from: ["Finance"], also: [kira] },
  { name: "dd-finance-leads", description: "May change the plan and the payment details", also: [kira, ana] },
  { name: "dd-support", description: "Customer support", from: ["Support"], also: [lea] },
  { name: "dd-support-leads", description: "Escalations", from: ["Support"], take: 5, also: [lea] },
  { name: "dd-support-readonly", description: "Support staff in training", from: ["Support"], take: 9 },
  { name: "dd-product-readonly", description: "Product managers and designers", from: ["Product", "Design"] },
  { name: "dd-execs-readonly", description: "Management", from: ["Executive"] },
  { name: "dd-it", description: "IT operations", from: ["IT Operations"] },
  { name: "dd-network", description: "Network engineers", from: ["IT Operations", "Platform"], take: 6 },
  { name: "dd-ml", description: "Model serving", from: ["Data"], take: 5 },
  {
    name: "dd-dashboards",
    description: "May publish dashboards to customers",
    from: ["Web", "Support", "Product"],
    take: 9,
  },
  { name: "dd-legacy-ops", description: "Was the operations team until 2024" },
  { name: "contractor-emea", description: "External engineers, EMEA", from: ["Contractors EMEA"] },
  { name: "contractor-apac", description: "External engineers, APAC", from: ["Contractors APAC"] },
  {
    name: "contractor-readonly",
    description: "External reviewers",
    from: ["Contractors EMEA", "Contractors APAC"],
    take: 6,
  },
  { name: "workday-engineering", description: "Imported from Workday", type: "APP_GROUP", from: [...ENGINEERING] },
  { name: "workday-sales", description: "Imported from Workday", type: "APP_GROUP", from: ["Sales", "Marketing"] },
  { name: "workday-finance", description: "Imported from Workday", type: "APP_GROUP", from: ["Finance"] },
  {
    name: "github-engineers",
    description: "GitHub organization acme",
    type: "APP_GROUP",
    from: [...ENGINEERING, "Security"],
  },
  {
    name: "aws-prod-admins",
    description: "Administrators of the production accounts",
    from: ["Platform"],
    take: 5,
    also: [ana],
  },
  { name: "vpn-users", description: "Remote access", from: ["*"], take: 200 },
  { name: "jira-users", description: "Jira licences", from: ["*"], take: 260 },
  { name: "office-berlin", description: "Door badges, Berlin", from: ["*"], take: 48 },
];

const RULES = [
  { name: "Engineering division", expression: 'user.division == "Engineering"', groups: ["dd-engineering"] },
  { name: "Berlin badges", expression: 'user.city == "Berlin"', groups: ["office-berlin"] },
];

/** `people` are by id; `instant` makes the time so many days ago, the same for the same words. */
export function createGroups(
  people: ReadonlyMap<string, OktaUser>,
  instant: (days: number, words: string) => string,
): { readonly groups: Map<string, OktaGroup>; readonly rules: OktaRule[] } {
  const everybody = [...people.values()];
  const groups = new Map<string, OktaGroup>();
  for (const spec of GROUPS) {
    const id = groupId(spec.name);
    const type = spec.type ?? "OKTA_GROUP";
    const [created, lastMembershipUpdated] = [instant(1000, spec.name), instant(3, `members ${spec.name}`)];
    groups.set(id, {
      id,
      name: spec.name,
      description: spec.description,
      type,
      created,
      lastMembershipUpdated,
      members: membersOf(spec, everybody),
    });
  }
  const rules = RULES.map((rule) => ({
    id: oktaId("0pr", rule.name),
    name: rule.name,
    expression: rule.expression,
    groupIds: rule.groups.map(groupId),
  }));
  return { groups, rules };
}

/** The id of the seed's group of this name. */
export function groupId(name: string): string {
  return oktaId("00g", name);
}

function membersOf(spec: GroupSpec, everybody: readonly OktaUser[]): string[] {
  const from = spec.from ?? [];
  const eligible = everybody.filter(
    (user) => (from.includes("*") || from.includes(user.department)) && !spec.without?.includes(user.login),
  );
  const chosen = spec.take === undefined ? eligible : shuffled(eligible, spec.name).slice(0, spec.take);
  const also = everybody.filter((user) => spec.also?.includes(user.login));
  return [...new Set([...chosen, ...also].map((user) => user.id))];
}
