/**
 * A SAML login played through: which mappings of the organization match what the identity provider says, what the person
 * holds afterwards, and why there would be no login. https://docs.datadoghq.com/account_management/saml/mapping/ (2026-09)
 */

import { gapOf, itemsOf } from "../../model/knowledge.ts";
import type { Account, AuthnMapping, TargetInventory } from "../../model/target.ts";
import { classOfPerson, groupsOf } from "../engine/answers.ts";
import { peopleNamed } from "../engine/find.ts";
import { inQuotes } from "../words.ts";
import { readAssertion } from "./assertion.ts";
import { roleName } from "./explain.ts";
import { type Asked, gapLines, type Refusal, type Reply } from "./question.ts";

/** What the identity provider says. */
interface Claims {
  readonly subject: string | undefined;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  readonly refusals: readonly string[];
  readonly gaps: readonly string[];
}

export function askLogin(
  asked: Asked,
  by: { readonly person: string } | { readonly assertion: string },
): Reply | Refusal {
  const { organization, snapshot } = asked;
  const target = snapshot.targets.get(organization.name);
  if (!target) return { problem: `${organization.name} has not been read yet` };
  const claims = "person" in by ? claimsOf(asked, by.person) : readAssertion(by.assertion);
  if ("problem" in claims) return claims;
  return play(asked, target, { gaps: [], ...claims });
}

/** What the directory would say of a person, as far as mapped groups go. */
function claimsOf({ engine, organization, snapshot }: Asked, person: string): Claims | Refusal {
  const [key, ...others] = peopleNamed(engine, person);
  if (others.length > 0) return { problem: `Several people have the address ${person}; name the login` };
  const directory = snapshot.project?.content.directories.get(organization.directory?.value ?? "");
  const one = key === undefined ? undefined : classOfPerson(engine, key);
  const groups = one ? groupsOf(engine, one) : [];
  const values = groups.flatMap(({ key: group, facts }) => {
    const id = group.split("\nid ")[1];
    return directory?.claim === "id" ? (id ?? []) : facts.name;
  });
  const unread = [...engine.groups.values()].flatMap(({ facts }) => facts.membersGap ?? []);
  return {
    subject: (key === undefined ? undefined : engine.relation.people.get(key)?.name) ?? person.toLowerCase(),
    attributes: new Map([[organization.attribute?.value ?? ANY, values]]),
    refusals: [],
    gaps: [...new Set(unread), "groups that no mapping names are not read, and live mappings may match them"],
  };
}

/** Stands for the attribute where accessmap.yaml does not name it. */
const ANY = "(attribute not named in accessmap.yaml)";

function play(asked: Asked, target: TargetInventory, claims: Claims): Reply {
  const mappings = [...itemsOf(target.mappings).values()];
  const matched = mappings.filter((mapping) => matches(mapping, claims));
  const account = [...itemsOf(target.accounts).values()].find(({ handle }) => handle === claims.subject?.toLowerCase());
  const roles = [
    ...new Set(matched.flatMap(({ grants }) => ("roleId" in grants ? [roleName(asked.engine, grants.roleId)] : []))),
  ].sort();
  const teams = matched.flatMap(({ grants }) =>
    "teamId" in grants ? (itemsOf(target.teams).get(grants.teamId)?.handle ?? grants.teamId) : [],
  );
  const gap = gapOf(target.mappings);
  const failures = [...claims.refusals, ...accountProblems(target, claims, account)];
  const effects: string[] = [];
  const { roleMapping, teamSource } = target.switches;
  const isOn = roleMapping.state === "known" ? roleMapping.value : undefined;
  if (isOn === undefined)
    effects.push("Whether role mapping is on is not known; while it is off, the roles stay as they are");
  if (isOn === false) effects.push(`Role mapping is off: the roles stay as they are${holdsText(asked, account)}`);
  else if (roles.length > 0) effects.push(`Roles afterwards: ${roles.join(", ")}${lossText(asked, account, roles)}`);
  else if (isOn && !gap) failures.push("no role mapping matches: all roles are taken away and the login is refused");
  else
    effects.push("No role mapping that is known matches; with role mapping on and none at all, the login is refused");
  if (teams.length > 0) {
    const isOff = teamSource.state === "known" && teamSource.value === "manually";
    effects.push(
      isOff
        ? `Teams ${teams.join(", ")} would match, but the organization takes no teams from SAML`
        : `Joins teams: ${teams.join(", ")}`,
    );
  }
  if (asked.organization.push.roles === "scim" && roles.length > 0)
    effects.push("Roles that SCIM sets for a person go before those of the mappings");
  const gaps = [...(gap ? [`AuthN mappings not known: ${gap.message}`] : []), ...claims.gaps];
  const near = nearMisses(mappings, claims);
  return {
    title: `Login of ${claims.subject ?? "nobody"} to ${asked.organization.name}`,
    lines: [
      failures.length === 0 ? "The login would succeed" : "The login would fail",
      ...failures.map((failure) => `  ${failure}`),
      ...(matched.length === 0
        ? []
        : ["Mappings that match", ...matched.map((mapping) => `  ${mappingText(asked, target, mapping)}`)]),
      ...(failures.length === 0 ? effects : []),
      ...(near.length === 0 ? [] : ["Nearly matching", ...near.map((line) => `  ${line}`)]),
      ...gapLines(gaps),
    ],
    data: {
      subject: claims.subject,
      succeeds: failures.length === 0,
      failures,
      matched: matched.map(({ id, key, value, grants }) => ({ id, key, value, ...grants })),
      effects: failures.length === 0 ? effects : [],
      nearMisses: near,
      gaps,
    },
  };
}

/** Exact, case included. */
function matches({ key, value }: AuthnMapping, { attributes }: Claims): boolean {
  return (attributes.get(key) ?? attributes.get(ANY))?.includes(value) === true;
}

function accountProblems(
  target: TargetInventory,
  { subject }: Claims,
  account: Account | undefined,
): readonly string[] {
  if (subject === undefined) return [];
  if (account?.status === "disabled") return ["the account is disabled"];
  if (account?.serviceAccount) return ["service accounts do not sign in"];
  if (account || gapOf(target.accounts)) return [];
  const { justInTime } = target.switches;
  if (justInTime?.state !== "known")
    return [`no account has the handle ${subject}; whether one would be made is not known`];
  const domain = subject.slice(subject.lastIndexOf("@") + 1).toLowerCase();
  return justInTime.value.domains.includes(domain)
    ? []
    : [`no account has the handle ${subject}, and none is made by itself for ${domain}`];
}

function mappingText({ engine }: Asked, target: TargetInventory, { key, value, grants }: AuthnMapping): string {
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
