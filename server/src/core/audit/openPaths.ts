/** The ways in that are open to somebody who left, and what closes each. */

import { sensitivityOf } from "../analysis/effective.ts";
import { botOf, serviceAccountsOf } from "../analysis/judgements/serviceAccounts.ts";
import { accountsPage } from "../model/adminPages.ts";
import { itemsOf, type Knowledge } from "../model/knowledge.ts";
import type { OrganizationConfig, Policy } from "../model/project.ts";
import type { Account, Credential, TargetInventory } from "../model/target.ts";
import type { RecordedApply } from "../sync/journal/journal.ts";
import type { Plan } from "../sync/plan.ts";
import type { Leaver } from "./leavers.ts";

export type PathKind =
  | "account"
  | "role"
  | "team"
  | "application-key"
  | "personal-token"
  | "service-token"
  | "api-key"
  | "service-account";

/** `plan`: the next apply does it. `account`: it ends with the account. `hand`: nothing else does it. */
export interface OpenPath {
  readonly kind: PathKind;
  readonly what: string;
  readonly closes: { readonly by: "plan" | "account" | "hand"; readonly how: string; readonly link?: string };
}

/** What is known of one organization besides its inventory. */
export interface OffboardingFacts {
  readonly organization: OrganizationConfig;
  readonly leavers: readonly Leaver[];
  /** Team ids by account id, of leavers with an enabled account. */
  readonly teams: ReadonlyMap<string, Knowledge<string>>;
  /** Undefined when no plan can be made. */
  readonly plan: Plan | undefined;
  readonly applies: readonly RecordedApply[];
}

/**
 * Their account, keys and tokens of it, and service accounts that go by their address. Empty means no open path among
 * what was read; what was not read is for the report to say.
 */
export function openPaths(
  target: TargetInventory,
  policy: Policy,
  facts: OffboardingFacts,
  leaver: Leaver,
): readonly OpenPath[] {
  const { organization, account } = leaver;
  const isOn = account !== undefined && account.status !== "disabled";
  return [
    ...(isOn ? accountPaths(target, facts, account) : []),
    ...(account ? keyPaths(target, organization, account) : []),
    ...serviceAccounts(target, policy, leaver),
  ];
}

/** The account, and what ends with it. */
function accountPaths(target: TargetInventory, facts: OffboardingFacts, account: Account): readonly OpenPath[] {
  const roles = account.roleIds.map((id) => itemsOf(target.roles).get(id) ?? id);
  const teams = [...itemsOf(facts.teams.get(account.id)).values()].map((id) => itemsOf(target.teams).get(id));
  const ends = { by: "account", how: "ends with the account" } as const;
  return [
    { kind: "account", what: `${account.handle} is ${account.status}`, closes: closingOf(facts, account) },
    ...roles.map((role): OpenPath => {
      const what = typeof role === "string" ? `role ${role}` : `${role.name} (${sensitivityOf(target, role)})`;
      return { kind: "role", what, closes: ends };
    }),
    ...teams.map(
      (team): OpenPath => ({ kind: "team", what: team?.handle ?? "a team that is not listed", closes: ends }),
    ),
  ];
}

function closingOf({ organization, plan }: OffboardingFacts, account: Account): OpenPath["closes"] {
  const link = linkTo(organization, "users");
  const step = plan?.changes.some(
    (change) => change.action === "set-active" && !change.active && change.account.id === account.id,
  );
  const [refusal] = plan?.refusals ?? [];
  if (step && refusal)
    return { by: "plan", how: `the plan would switch it off, but ${refusal.guard} refuses it: ${refusal.message}` };
  if (step) return { by: "plan", how: "the plan switches it off: `accessmap apply`" };
  const held = plan?.heldBack.find(({ people, what }) => people.includes(account.handle) && /switched off/.test(what));
  if (held) return { by: "hand", how: `switch it off; the plan does not, because ${held.why}`, ...link };
  if (organization.push.users === "off")
    return { by: "hand", how: "switch it off, or let a push do it with `users: deactivate`", ...link };
  const why = plan ? "because they are in no mapped group" : "because there is none";
  return { by: "hand", how: `switch it off; the plan does not, ${why}`, ...link };
}

/** Keys that act as the account end with it; what is still listed of a disabled one is there. API keys are nobody's. */
function keyPaths(target: TargetInventory, organization: OrganizationConfig, account: Account): readonly OpenPath[] {
  const own = keyLists(target).flatMap(({ keys }) =>
    keys ? [...itemsOf(keys).values()].filter(({ ownerId }) => ownerId === account.id) : [],
  );
  return own.map((key): OpenPath => {
    if (key.kind === "api-key")
      return {
        kind: "api-key",
        what: `${describeKey(key)}, made by them`,
        closes: { by: "hand", how: "make a new one and delete it", ...linkTo(organization, "api-keys") },
      };
    // https://docs.datadoghq.com/account_management/api-app-keys/ (2026-09): disabling a user deletes the user's keys.
    const closes: OpenPath["closes"] =
      account.status === "disabled"
        ? { by: "hand", how: "delete it: it is still listed", ...linkTo(organization, "application-keys") }
        : { by: "account", how: "ends with the account" };
    return { kind: key.kind, what: describeKey(key), closes };
  });
}

function describeKey({ name, last4 }: Credential): string {
  return last4 === undefined ? `"${name}"` : `"${name}" …${last4}`;
}

/** Datadog names no owner of a service account: the policy does, and its address is that of whoever answers for it. (2026-09) */
function serviceAccounts(
  target: TargetInventory,
  policy: Policy,
  { organization, addresses }: Leaver,
): readonly OpenPath[] {
  return serviceAccountsOf(target).flatMap(({ account }): OpenPath[] => {
    const { name, email } = account;
    const isNamed = addresses.includes(botOf(policy, account)?.owner?.value.toLowerCase() ?? "");
    if (!isNamed && !addresses.includes(email)) return [];
    const what = `"${name}" ${isNamed ? "is theirs, says policy.bots" : "carries their address"}`;
    const how = "give it an owner who is there, and new keys";
    return [
      { kind: "service-account", what, closes: { by: "hand", how, ...linkTo(organization, "service-accounts") } },
    ];
  });
}

function linkTo(
  organization: OrganizationConfig,
  list: Parameters<typeof accountsPage>[1],
): { readonly link?: string } {
  const link = accountsPage(organization, list);
  return link === undefined ? {} : { link };
}

/** Lists of keys and tokens; one that the key in use may not see is undefined. */
export function keyLists({ credentials }: TargetInventory): readonly {
  readonly what: string;
  readonly keys: Knowledge<Credential> | undefined;
}[] {
  return [
    { what: "application keys", keys: credentials?.applicationKeys },
    { what: "access tokens", keys: credentials?.tokens },
    { what: "API keys", keys: credentials?.apiKeys },
  ];
}
