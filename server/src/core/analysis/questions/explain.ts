/** One person explained: groups, roles, effective permissions and where each comes from. */

import { itemsOf } from "../../model/knowledge.ts";
import type { Account } from "../../model/target.ts";
import { baselineOf } from "../effective.ts";
import { classOfPerson, groupsOf, personHolds, whyMorePeople } from "../engine/answers.ts";
import type { Engine, GroupNode } from "../engine/engine.ts";
import { roleIdsOf } from "../engine/engine.ts";
import { peopleNamed } from "../engine/find.ts";
import { fold } from "../words.ts";
import { gapLines } from "./gaps.ts";
import { permissionLines } from "./permissionLines.ts";
import { type Asked, type NoAnswer, pathData, type Reply, severalMeant, unheardOf } from "./question.ts";

/** `text` is a login or an address. */
export function askExplain(asked: Asked, text: string): Reply | NoAnswer {
  const { engine, organization, snapshot } = asked;
  const keys = peopleNamed(engine, text);
  const [key] = keys;
  const person = key === undefined ? undefined : engine.relation.people.get(key);
  const holding = key === undefined ? undefined : personHolds(engine, key);
  const target = snapshot.targets.get(organization.name);
  if (key === undefined || !person || !holding || !target) {
    const names = asked.people === "names" ? [...engine.relation.people.values()].map(({ name }) => name) : [];
    const gap = whyMorePeople(engine);
    const who =
      gap === undefined
        ? `Nobody in a mapped group and no enabled account of ${organization.name} is called`
        : `Nobody known of ${organization.name} is called`;
    return unheardOf(who, text, names, gap);
  }
  if (keys.length > 1) return severalMeant(engine, text, keys);
  const account = key.startsWith("account ") ? itemsOf(target.accounts).get(key.slice("account ".length)) : undefined;
  const one = classOfPerson(engine, key);
  const groups = one ? groupsOf(engine, one) : [];
  const outside = (one?.outside ?? []).map((id) => roleName(engine, id));
  const staying = new Set([
    ...(one?.outside ?? []),
    ...groups.flatMap(({ facts }) => roleIdsOf(engine.relation, facts)),
  ]);
  const leaving = (account?.roleIds ?? []).filter((id) => !staying.has(id)).map((id) => roleName(engine, id));
  const baseline = baselineOf(target);
  return {
    title: `${person.name} in ${organization.name}`,
    lines: [
      `Account  ${accountText(account, person.kind)}`,
      `Groups   ${groups.map((group) => groupText(engine, group)).join(", ") || "no mapped one"}`,
      ...(outside.length === 0 ? [] : [`Besides  ${outside.join(", ")}, held outside the files`]),
      ...(leaving.length === 0 ? [] : [`Until the next push  ${leaving.join(", ")}`]),
      ...permissionLines(asked, holding.held, baseline),
      ...gapLines(holding.gaps),
    ],
    data: {
      person: person.name,
      kind: person.kind,
      account: account ? { status: account.status, lastLogin: account.lastLogin, mfa: account.mfa } : null,
      groups: groups.map(({ facts }) => facts.name),
      outside,
      leaving,
      permissions: holding.held.map(({ permission, paths, lacking }) => ({
        name: permission.name,
        sensitivity: permission.sensitivity,
        baseline: baseline.has(permission.name),
        through: paths.map((path) => pathData(asked, path)),
        lacking: lacking.map(({ name }) => name),
      })),
      isWhole: holding.gaps.length === 0,
      gaps: holding.gaps,
    },
  };
}

function accountText(account: Account | undefined, kind: "person" | "service"): string {
  if (kind === "service") return "service account";
  if (!account) return "none that is enabled and theirs alone";
  const notes = [
    ...(account.lastLogin === undefined ? [] : [`last sign-in ${account.lastLogin.slice(0, 10)}`]),
    ...(account.mfa === false ? ["no second factor in Datadog"] : []),
  ];
  return [account.status, ...notes].join(", ");
}

function groupText(engine: Engine, { facts }: GroupNode): string {
  const roles = roleIdsOf(engine.relation, facts).map((id) => roleName(engine, id));
  const teams = facts.grants.flatMap((grant) => (grant.kind === "team" ? [`team ${grant.team}`] : []));
  const gives = [...new Set([...roles, ...teams])];
  return `${facts.name} (${gives.length === 0 ? "nothing known" : fold(gives)})`;
}

/** The name of a role of the relation, else its id. */
export function roleName({ relation }: Engine, id: string): string {
  return relation.roles.get(id)?.name ?? id;
}
