/** What a login makes of somebody by given mappings: what matches, what results, and why there would be no login. */

import { gapOf, itemsOf } from "../../model/knowledge.ts";
import type { Account, AuthnMapping, TargetInventory } from "../../model/target.ts";
import { inQuotes } from "../words.ts";
import { roleName } from "./explain.ts";
import type { Asked } from "./question.ts";

/** What the identity provider says. */
export interface Claims {
  readonly subject: string | undefined;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  readonly refusals: readonly string[];
  readonly gaps: readonly string[];
}

/** Stands for the attribute where accessmap.yaml does not name it. */
export const ANY = "(attribute not named in accessmap.yaml)";

export interface LoginOutcome {
  /** Why there would be no login, for sure. */
  readonly failures: readonly string[];
  /** What there may be against it, and is not known. Without both the login succeeds. */
  readonly doubts: readonly string[];
  readonly matched: readonly AuthnMapping[];
  readonly effects: readonly string[];
  readonly nearMisses: readonly string[];
}

/** `gap`: why there may be more mappings than these. */
export function loginOutcome(
  asked: Asked,
  target: TargetInventory,
  claims: Claims,
  mappings: readonly AuthnMapping[],
  gap: string | undefined,
): LoginOutcome {
  const matched = mappings.filter((mapping) => matches(mapping, claims));
  const account = accountOf(target, claims);
  const roles = [
    ...new Set(matched.flatMap(({ grants }) => ("roleId" in grants ? [roleName(asked.engine, grants.roleId)] : []))),
  ].sort();
  const failures = [...claims.refusals];
  const doubts: string[] = [];
  judgeAccount(target, claims, account, { failures, doubts });
  const effects: string[] = [];
  const { roleMapping } = target.switches;
  const isOn = roleMapping.state === "known" ? roleMapping.value : undefined;
  if (isOn === undefined)
    effects.push("Whether role mapping is on is not known; while it is off, the roles stay as they are");
  if (isOn === false) effects.push(`Role mapping is off: the roles stay as they are${holdsText(asked, account)}`);
  else if (roles.length > 0) effects.push(`Roles afterwards: ${roles.join(", ")}${lossText(asked, account, roles)}`);
  else if (isOn && gap === undefined && claims.gaps.length === 0)
    failures.push("no role mapping matches: all roles are taken away and the login is refused");
  else doubts.push("no role mapping that is known matches; with role mapping on and none at all, the login is refused");
  effects.push(...teamEffects(target, matched));
  if (asked.organization.push.roles === "scim" && roles.length > 0)
    effects.push("Roles that SCIM sets for a person go before those of the mappings");
  return {
    failures,
    doubts,
    matched,
    effects: failures.length === 0 ? effects : [],
    nearMisses: nearMisses(mappings, claims),
  };
}

function teamEffects(target: TargetInventory, matched: readonly AuthnMapping[]): readonly string[] {
  const teams = matched.flatMap(({ grants }) =>
    "teamId" in grants ? (itemsOf(target.teams).get(grants.teamId)?.handle ?? grants.teamId) : [],
  );
  const { teamSource } = target.switches;
  if (teams.length === 0) return [];
  return teamSource.state === "known" && teamSource.value === "manually"
    ? [`Teams ${teams.join(", ")} would match, but the organization takes no teams from SAML`]
    : [`Joins teams: ${teams.join(", ")}`];
}

/** The account that the subject of a login means: handles are compared in lower case. */
export function accountOf(target: TargetInventory, { subject }: Claims): Account | undefined {
  return [...itemsOf(target.accounts).values()].find(({ handle }) => handle === subject?.toLowerCase());
}

/** Exact, case included. */
function matches({ key, value }: AuthnMapping, { attributes }: Claims): boolean {
  return (attributes.get(key) ?? attributes.get(ANY))?.includes(value) === true;
}

function judgeAccount(
  target: TargetInventory,
  { subject }: Claims,
  account: Account | undefined,
  { failures, doubts }: { readonly failures: string[]; readonly doubts: string[] },
): void {
  if (account?.status === "disabled") failures.push("the account is disabled");
  if (account?.serviceAccount) failures.push("service accounts do not sign in");
  if (account || subject === undefined) return;
  const { justInTime } = target.switches;
  if (gapOf(target.accounts)) doubts.push(`whether an account has the handle ${subject} is not known`);
  else if (justInTime?.state !== "known")
    doubts.push(`no account has the handle ${subject}; whether one would be made is not known`);
  else {
    const domain = subject.slice(subject.lastIndexOf("@") + 1).toLowerCase();
    if (justInTime.value.domains.includes(domain)) return;
    failures.push(`no account has the handle ${subject}, and none is made by itself for ${domain}`);
  }
}

/** `memberOf = dd-sre → "SRE"`. */
export function mappingText({ engine }: Asked, target: TargetInventory, { key, value, grants }: AuthnMapping): string {
  const gives =
    "roleId" in grants
      ? inQuotes(roleName(engine, grants.roleId))
      : `team ${inQuotes(itemsOf(target.teams).get(grants.teamId)?.handle ?? grants.teamId)}`;
  return `${key} = ${value} → ${gives}`;
}

function holdsText({ engine }: Asked, account: Account | undefined): string {
  return account ? ` (${account.roleIds.map((id) => roleName(engine, id)).join(", ") || "none"})` : "";
}

function lossText({ engine }: Asked, account: Account | undefined, roles: readonly string[]): string {
  const lost = (account?.roleIds ?? []).map((id) => roleName(engine, id)).filter((name) => !roles.includes(name));
  return lost.length === 0 ? "" : `; taken away: ${lost.join(", ")}`;
}

/** Values or attributes that would match but for their case, and attributes that no mapping reads. */
function nearMisses(mappings: readonly AuthnMapping[], claims: Claims): readonly string[] {
  const found = new Set<string>();
  for (const { key, value } of mappings) {
    for (const [name, values] of claims.attributes) {
      if (name === key || name === ANY) {
        const near = values.find((said) => said !== value && said.toLowerCase() === value.toLowerCase());
        if (near !== undefined)
          found.add(`${key}: the mapping says ${inQuotes(value)}, the login ${inQuotes(near)}; case counts`);
      } else if (values.includes(value))
        found.add(`${inQuotes(value)} comes in attribute ${inQuotes(name)}, the mapping reads ${inQuotes(key)}`);
    }
  }
  return [...found];
}
