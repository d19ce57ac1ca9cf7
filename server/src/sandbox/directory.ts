/**
 * The company's one directory for the vendors that can do more with groups than Okta: nest them, hide them, fill them by
 * rule. Entra, Google and SCIM show these people and groups, each in its own words.
 */

import type { OktaGroup, OktaOrganization, OktaUser } from "./company.ts";

/** Outer group and the group inside it, by name. Whoever is in both is a member through the inner one alone. */
const NESTED: readonly (readonly [string, string])[] = [
  ["github-engineers", "dd-sre"],
  ["dd-sre", "dd-sre-leads"],
  ["dd-payments", "dd-payments-oncall"],
  ["dd-security", "dd-security-analysts"],
  ["dd-support", "dd-support-leads"],
];

/** The group whose members only an administrator may see. */
const HIDDEN = "aws-prod-admins";

export interface Members {
  readonly people: readonly OktaUser[];
  readonly groups: readonly OktaGroup[];
}

/** Who and what stands in the group itself. */
export function directMembers(okta: OktaOrganization, group: OktaGroup): Members {
  const groups = NESTED.filter(([outer]) => outer === group.name).flatMap(([, inner]) => groupNamed(okta, inner) ?? []);
  const inside = new Set(groups.flatMap((inner) => allMembers(okta, inner).people.map(({ id }) => id)));
  const people = group.members.filter((id) => !inside.has(id)).flatMap((id) => okta.users.get(id) ?? []);
  return { people, groups };
}

/** Who and what the group reaches, each once. `NESTED` has no circle. */
export function allMembers(okta: OktaOrganization, group: OktaGroup): Members {
  const { people, groups } = directMembers(okta, group);
  const inner = groups.map((each) => allMembers(okta, each));
  return {
    people: [...new Set([...people, ...inner.flatMap((each) => each.people)])],
    groups: [...new Set([...groups, ...inner.flatMap((each) => each.groups)])],
  };
}

/** True for the group whose members most applications may not see. */
export function isHidden(group: OktaGroup): boolean {
  return group.name === HIDDEN;
}

/** The built-in group that holds everybody by definition. */
export function isEveryone(group: OktaGroup): boolean {
  return group.type === "BUILT_IN" && group.name === "Everyone";
}

/** The expression that fills a group, if one does. */
export function ruleOf(okta: OktaOrganization, group: OktaGroup): string | undefined {
  return okta.rules.find(({ groupIds }) => groupIds.includes(group.id))?.expression;
}

/** The company's own mail domain: `acme.com` for `acme.okta.com`. */
export function mailDomain(okta: OktaOrganization): string {
  return `${okta.domain.split(".")[0]}.com`;
}

/** Suppliers: they come with an address of their own firm. */
export function isOutsider(okta: OktaOrganization, user: OktaUser): boolean {
  return !user.email.endsWith(`@${mailDomain(okta)}`);
}

/** False for those who left, are away, or have not started. */
export function mayWork({ status }: OktaUser): boolean {
  return !["DEPROVISIONED", "SUSPENDED", "STAGED"].includes(status);
}

/** What a group is called where only letters, digits and hyphens may stand: `okta-administrators`. */
export function slugOf(group: OktaGroup): string {
  return group.name.toLowerCase().replace(/[^a-z0-9-]+/g, "-");
}

function groupNamed(okta: OktaOrganization, name: string): OktaGroup | undefined {
  for (const group of okta.groups.values()) if (group.name === name) return group;
  return undefined;
}
