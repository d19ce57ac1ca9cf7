/** What accounts hold that no mapping gives them: each row with what rules and directories say of the account. */

import { accountsOf } from "../../analysis/accounts.ts";
import { sensitivityOf } from "../../analysis/effective.ts";
import { activeMembers, mappingsOf, type ResolvedMapping } from "../../analysis/grants.ts";
import { botOf } from "../../analysis/judgements/serviceAccounts.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { policyOf } from "../../analysis/world.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { indexBy } from "../../model/maps.ts";
import { compareText } from "../../model/order.ts";
import type { Problem } from "../../model/problem.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { Account, TargetInventory } from "../../model/target.ts";
import { directoryStates, STATE_NOT_KNOWN } from "../directoryStates.ts";
import { accountFields, type ReviewRow, type RowMaterial } from "./rows.ts";

/** Roles and teams of enabled accounts that no mapping gives them, as far as members are known. */
export function outsideRows(
  snapshot: Snapshot,
  organization: OrganizationConfig,
  { problems, people }: RowMaterial,
): readonly ReviewRow[] {
  const target = snapshot.targets.get(organization.name);
  if (!target) return [];
  const given = givenBy(target, mappingsOf(snapshot, organization.name));
  const states = directoryStates(snapshot, organization, people);
  const findingsOf = findingsByAccount(target, problems);
  const base = { kind: "outside", organization: target.name } as const;
  const enabled = [...itemsOf(target.accounts).values()].filter(({ status }) => status !== "disabled");
  const describe = (account: Account) => ({
    ...base,
    person: account.serviceAccount ? account.name : account.handle,
    ...(!account.serviceAccount && account.email !== account.handle && { email: account.email }),
    name: account.name,
    state: account.serviceAccount ? "service account" : (states.get(account.id) ?? STATE_NOT_KNOWN),
    account: account.status,
    ...accountFields(snapshot, account),
    ...(account.serviceAccount && botFields(snapshot, account)),
  });
  const roles = enabled.flatMap((account) =>
    account.roleIds
      .filter((id) => !given.has(`${account.id} role ${id}`))
      .map((id): ReviewRow => {
        const role = itemsOf(target.roles).get(id);
        const sensitivity = role && { sensitivity: sensitivityOf(target, role) };
        const findings = findingsOf(account, id);
        return { ...describe(account), access: role?.name ?? id, accessKind: "role", ...sensitivity, findings };
      }),
  );
  const byId = new Map(enabled.map((account) => [account.id, account]));
  const teams = [...target.teamMembers].flatMap(([teamId, members]) =>
    [...itemsOf(members).keys()].flatMap((accountId): readonly ReviewRow[] => {
      const account = byId.get(accountId);
      if (!account || given.has(`${accountId} team ${teamId}`)) return [];
      const access = itemsOf(target.teams).get(teamId)?.handle ?? teamId;
      return [{ ...describe(account), access, accessKind: "team", findings: findingsOf(account) }];
    }),
  );
  const order = (row: ReviewRow) => `${row.person} ${row.accessKind} ${row.access}`;
  return [...roles, ...teams].sort((a, b) => compareText(order(a), order(b)));
}

/** What the policy says of a service account: nobody else can answer for it. */
function botFields(snapshot: Snapshot, account: Account) {
  const bot = botOf(policyOf(snapshot), account);
  return {
    ...(bot?.owner && { owner: bot.owner.value }),
    ...(bot?.until && { until: bot.until.value }),
  };
}

function givenBy(target: TargetInventory, mappings: readonly ResolvedMapping[]): ReadonlySet<string> {
  const given = new Set<string>();
  for (const { members, roles, teams } of mappings.filter(({ inForce, mapping }) => inForce && mapping.group))
    for (const person of activeMembers(members))
      for (const { id } of accountsOf(target, person)) {
        for (const { role } of roles) if (role.answer === "present") given.add(`${id} role ${role.item.id}`);
        for (const { team } of teams) if (team.answer === "present") given.add(`${id} team ${team.item.id}`);
      }
  return given;
}

/** Rules that have something to say of an account, or of its having that role. */
function findingsByAccount(
  target: TargetInventory,
  problems: ReadonlyMap<string, readonly Problem[]>,
): (account: Account, roleId?: string) => readonly string[] {
  const found = [...problems.values()].flatMap((all) =>
    all.flatMap(({ rule, about = [] }) => about.map((holding) => ({ rule, ...holding }))),
  );
  const own = indexBy(
    found.filter(({ organization }) => organization === target.name),
    ({ account }) => account,
  );
  return ({ id }, roleId) => {
    const fitting = (own.get(id) ?? []).filter(({ role }) => role === undefined || role === roleId);
    return [...new Set(fitting.map(({ rule }) => rule))].sort();
  };
}
