/**
 * A SAML login played through, now and once the files are pushed: which mappings of the organization match what the identity
 * provider says, what the person holds afterwards, and why there would be no login. https://docs.datadoghq.com/account_management/saml/mapping/ (2026-09)
 */

import { gapOf, itemsOf } from "../../model/knowledge.ts";
import type { AuthnMapping, TargetInventory } from "../../model/target.ts";
import { classOfPerson, groupsOf } from "../engine/answers.ts";
import { roleIdsOf } from "../engine/engine.ts";
import { peopleNamed } from "../engine/find.ts";
import { readAssertion } from "./assertion.ts";
import { roleName } from "./explain.ts";
import { gapLines } from "./gaps.ts";
import { ANY, type Claims, type LoginOutcome, loginOutcome, mappingText } from "./loginOutcome.ts";
import { mappingsAfterPush } from "./mappingsAfterPush.ts";
import { type Asked, type NoAnswer, type Reply, severalMeant } from "./question.ts";

/** Plays the login of a person whom the directory knows, or of whom an assertion speaks. */
export function askLogin(
  asked: Asked,
  by: { readonly person: string } | { readonly assertion: string },
): Reply | NoAnswer {
  const { organization, snapshot } = asked;
  const target = snapshot.targets.get(organization.name);
  if (!target) return { problem: `${organization.name} has not been read yet` };
  const claims = "person" in by ? claimsOf(asked, by.person) : readAssertion(by.assertion);
  if ("problem" in claims) return claims;
  return play(asked, target, { gaps: [], ...claims });
}

/** What the directory would say of a person, as far as mapped groups go. */
function claimsOf({ engine, organization, snapshot }: Asked, person: string): Claims | NoAnswer {
  const keys = peopleNamed(engine, person);
  const [key] = keys;
  if (keys.length > 1) return severalMeant(engine, person, keys);
  const directories = snapshot.project?.content.directories;
  const one = key === undefined ? undefined : classOfPerson(engine, key);
  const groups = one ? groupsOf(engine, one) : [];
  const values = groups.flatMap(({ key: group, facts }) => {
    const id = group.split("\nid ")[1];
    return directories?.get(facts.directory ?? "")?.claim === "id" ? (id ?? []) : facts.name;
  });
  const unread = [...engine.groups.values()].flatMap(({ facts }) => facts.membersGap ?? []);
  return {
    subject: (key === undefined ? undefined : engine.relation.people.get(key)?.name) ?? person.toLowerCase(),
    attributes: new Map([[organization.attribute?.value ?? ANY, values]]),
    refusals: [],
    gaps: [...new Set(unread), "groups that no mapping names are not read, and live mappings may match them"],
  };
}

function play(asked: Asked, target: TargetInventory, claims: Claims): Reply {
  const gap = gapOf(target.mappings);
  const live = [...itemsOf(target.mappings).values()];
  const now = loginOutcome(asked, target, claims, live, gap?.message);
  const pushed = mappingsAfterPush(asked, target);
  const then = pushed && loginOutcome(asked, target, claims, pushed.mappings, pushed.gaps[0] ?? gap?.message);
  const gaps = [...(gap ? [`AuthN mappings not known: ${gap.message}`] : []), ...(pushed?.gaps ?? []), ...claims.gaps];
  return {
    title: `Login of ${claims.subject ?? "nobody"} to ${asked.organization.name}`,
    lines: [
      ...outcomeLines(asked, target, now, ""),
      "Once the files are pushed",
      ...(then ? outcomeLines(asked, target, then, "  ", now) : ["  The same mappings"]),
      ...directLines(asked, claims),
      ...gapLines(gaps),
    ],
    data: {
      subject: claims.subject,
      ...outcomeData(now),
      pushed: {
        ...(then && outcomeData(then)),
        ...(asked.organization.push.roles !== "saml" && { roles: directRoles(asked, claims) ?? [] }),
      },
      gaps,
    },
  };
}

/** Of what is the same as before, nothing is said twice. */
function outcomeLines(
  asked: Asked,
  target: TargetInventory,
  { failures, doubts, matched, effects, nearMisses }: LoginOutcome,
  indent: string,
  before?: LoginOutcome,
): readonly string[] {
  const texts = matched.map((mapping) => mappingText(asked, target, mapping));
  const isSame =
    before !== undefined &&
    isSameList(failures, before.failures) &&
    isSameList(doubts, before.doubts) &&
    isSameList(effects, before.effects) &&
    isSameList(
      texts,
      before.matched.map((mapping) => mappingText(asked, target, mapping)),
    );
  const near = nearMisses.filter((line) => before?.nearMisses.includes(line) !== true);
  const nearLines = near.length === 0 ? [] : ["Nearly matching", ...near.map((line) => `  ${line}`)];
  if (isSame) return ["The same", ...nearLines].map((line) => `${indent}${line}`);
  return [
    verdictOf({ failures, doubts }),
    ...[...failures, ...doubts].map((reason) => `  ${reason}`),
    ...(texts.length === 0 ? [] : ["Mappings that match", ...texts.map((text) => `  ${text}`)]),
    ...effects,
    ...nearLines,
  ].map((line) => `${indent}${line}`);
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item) => other.includes(item));
}

function verdictOf({ failures, doubts }: Pick<LoginOutcome, "failures" | "doubts">): string {
  if (failures.length > 0) return "The login would fail";
  return doubts.length > 0 ? "Whether the login would succeed is not known" : "The login would succeed";
}

/** `succeeds` is null where that is not known. */
function outcomeData({ failures, doubts, matched, effects, nearMisses }: LoginOutcome) {
  return {
    succeeds: failures.length > 0 ? false : doubts.length > 0 ? null : true,
    failures,
    doubts,
    matched: matched.map(({ id, key, value, grants }: AuthnMapping) => ({ id, key, value, ...grants })),
    effects,
    nearMisses,
  };
}

/** Where a push writes roles to people, no mapping of a role changes. */
function directLines(asked: Asked, claims: Claims): readonly string[] {
  const { roles: path } = asked.organization.push;
  if (path === "saml") return [];
  if (path === "off") return ["  Roles are not pushed"];
  const roles = directRoles(asked, claims);
  const through = path === "scim" ? "SCIM" : "the members of roles";
  return roles === undefined
    ? [
        `  Through ${through} nothing is given to ${claims.subject ?? "nobody"}, who is in no mapped group that is known`,
      ]
    : [`  Through ${through} the files give: ${roles.join(", ") || "no role"}`];
}

/** What mapped groups give somebody who is known to be in them. */
function directRoles({ engine }: Asked, { subject }: Claims): readonly string[] | undefined {
  const [key, ...others] = subject === undefined ? [] : peopleNamed(engine, subject);
  const one = key === undefined || others.length > 0 ? undefined : classOfPerson(engine, key);
  if (!one || one.groups.length === 0) return undefined;
  const ids = groupsOf(engine, one).flatMap(({ facts }) => roleIdsOf(engine.relation, facts));
  return [...new Set(ids)].map((id) => roleName(engine, id)).sort();
}
