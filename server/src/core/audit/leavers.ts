/** Who left: people whom a directory has switched off, and accounts that no directory knows any more. */

import { accountsOf } from "../analysis/accounts.ts";
import { directoriesOf } from "../analysis/grants.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import type { Principal } from "../model/directory.ts";
import { gapOf, itemsOf, type Knowledge } from "../model/knowledge.ts";
import type { OrganizationConfig } from "../model/project.ts";
import type { Account } from "../model/target.ts";
import { joinAnd } from "../sync/render/words.ts";

/** Everybody in each directory, by its name. */
export type DirectoryPeople = ReadonlyMap<string, Knowledge<Principal>>;

/** `unknown-person`: an account that whole reads of all directories find nobody for. */
export type LeaverState = "deactivated" | "suspended" | "unknown-person";

export interface Leaver {
  readonly organization: OrganizationConfig;
  /** Login in lower case. */
  readonly login: string;
  /** What their directory and their account call them, login included, in lower case. */
  readonly addresses: readonly string[];
  readonly name: string;
  readonly state: LeaverState;
  /** Where their state was read; for an unknown person all directories that were asked. */
  readonly directories: readonly string[];
  /** The account that is theirs for certain. */
  readonly account?: Account;
  /** Why it is not certain what is theirs, or that they left at all. */
  readonly doubt?: string;
}

/** Leavers of one organization, by login. Those without an account are among them: they prove that nothing is open. */
export function leaversOf(
  snapshot: Snapshot,
  organization: OrganizationConfig,
  people: DirectoryPeople,
): readonly Leaver[] {
  const target = snapshot.targets.get(organization.name);
  const directories = directoriesOf(snapshot, organization);
  const known = directories.flatMap((directory) =>
    [...itemsOf(people.get(directory)).values()].map((principal) => ({ directory, principal })),
  );
  const accountsBehind = (principal: Principal) => (target ? accountsOf(target, principal) : []);
  const here = new Map<string, Present>();
  for (const present of known.filter(({ principal }) => !hasLeft(principal)))
    for (const key of [present.principal.login, ...accountsBehind(present.principal).map(({ id }) => id)])
      here.set(key, present);
  const leavers = new Map<string, Leaver>();
  for (const { directory, principal } of known) {
    if (!hasLeft(principal) || leavers.has(principal.login)) continue;
    const accounts = accountsBehind(principal);
    const account = accounts.length === 1 ? accounts[0] : undefined;
    const elsewhere = here.get(principal.login) ?? (account && here.get(account.id));
    leavers.set(principal.login, {
      organization,
      login: principal.login,
      addresses: addressesOf(principal.login, principal.email, account),
      name: principal.name,
      state: principal.state === "suspended" ? "suspended" : "deactivated",
      directories: [directory],
      ...(account && { account }),
      ...doubtful(principal, elsewhere, accounts),
    });
  }
  for (const account of strangersIn(snapshot, organization, people))
    leavers.set(account.handle, {
      organization,
      login: account.handle,
      addresses: addressesOf(account.handle, account.email),
      name: account.name,
      state: "unknown-person",
      directories,
      account,
    });
  return [...leavers.values()].sort((a, b) => (a.login < b.login ? -1 : 1));
}

/** Somebody who has not left, and where they are. */
interface Present {
  readonly directory: string;
  readonly principal: Principal;
}

function addressesOf(login: string, email: string, account?: Account): readonly string[] {
  const all = [login, email, account?.handle ?? "", account?.email ?? ""];
  return [...new Set(all.filter((address) => address !== ""))];
}

function doubtful(
  { login }: Principal,
  elsewhere: Present | undefined,
  accounts: readonly Account[],
): { readonly doubt?: string } {
  if (elsewhere?.principal.login === login) return { doubt: `they are still there in ${elsewhere.directory}` };
  if (elsewhere)
    return {
      doubt: `their account is also that of ${elsewhere.principal.login}, who is still there in ${elsewhere.directory}`,
    };
  if (accounts.length <= 1) return {};
  const handles = joinAnd(accounts.map(({ handle }) => handle).sort());
  return { doubt: `${accounts.length} accounts carry their address, ${handles}, and nothing tells which is theirs` };
}

/** Somebody whose state the directory does not tell has not left as far as we know. */
export function hasLeft({ state }: Principal): boolean {
  return state === "deactivated" || state === "suspended";
}

/** Enabled accounts of people whom nobody in a directory can mean; none unless all directories were read wholly. */
function strangersIn(
  snapshot: Snapshot,
  organization: OrganizationConfig,
  people: DirectoryPeople,
): readonly Account[] {
  const target = snapshot.targets.get(organization.name);
  const lists = directoriesOf(snapshot, organization).map((name) => people.get(name));
  if (!target || lists.length === 0 || lists.some((list) => !list || gapOf(list))) return [];
  const known = new Set(
    lists.flatMap((list) =>
      [...itemsOf(list).values()].flatMap((principal) => accountsOf(target, principal).map(({ id }) => id)),
    ),
  );
  return [...itemsOf(target.accounts).values()].filter(
    (account) => !account.serviceAccount && account.status !== "disabled" && !known.has(account.id),
  );
}
