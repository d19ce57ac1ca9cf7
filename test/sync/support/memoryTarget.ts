/** One organization in memory: a `TargetWriter` with faults on demand, and an inventory to plan from again. */

import { handleOf } from "../../../server/src/core/analysis/resolve.ts";
import { type Snapshot, takeSnapshot } from "../../../server/src/core/analysis/snapshot.ts";
import { complete, type Failure, itemsOf } from "../../../server/src/core/model/knowledge.ts";
import type {
  Account,
  Actor,
  AuthnMapping,
  Role,
  ScimGroup,
  TargetInventory,
  Team,
} from "../../../server/src/core/model/target.ts";
import type { Attempt, TargetWriter } from "../../../server/src/core/sync/connector.ts";
import { idOf } from "../../support/liveDirectory.ts";

export interface Faults {
  /** Accounts whose role writes are answered 200 and forgotten. */
  silent?: ReadonlySet<string>;
  /** Member writes are answered 200 and forgotten. */
  silentMembers?: boolean;
  /** Writes of AuthN mappings are answered 200 and forgotten. */
  silentMappings?: boolean;
  /** Mappings are called missing at their own address, and stand in the list. */
  hiddenMappings?: boolean;
  /** Roles that a whole-set write does not take away. */
  sticky?: ReadonlySet<string>;
  /** Reads after a write that still show the state before it. */
  lag?: number;
  /** Writes that succeed before the credential is refused. */
  writesUntilDenied?: number;
  /** Calls (`replaceRoles`, …) that arrive, while their answer is lost. */
  lostAnswers?: ReadonlySet<string>;
  /** Calls that take effect, or found it taken, and are answered with a conflict. */
  conflicts?: ReadonlySet<string>;
  /** Calls that are answered with a conflict and change nothing. */
  refusals?: ReadonlySet<string>;
  /** Calls that never arrive. */
  unreachable?: ReadonlySet<string>;
  /** Linking a team drops its members. */
  linkDrops?: boolean;
  /** SCIM refuses groups with members. */
  refusesMembers?: boolean;
}

export interface MemoryTarget {
  readonly writer: TargetWriter;
  readonly faults: Faults;
  /** Writes that took effect or were said to, in order: `replaceRoles account-ana role-sre`. */
  readonly writes: string[];
  /** Called before every request. */
  onRequest: (call: string) => void;
  setRoles(accountId: string, roleIds: readonly string[]): void;
  setMembers(teamId: string, accountIds: readonly string[]): void;
  setPermissions(roleId: string, permissions: readonly string[]): void;
  renameRole(roleId: string, name: string): void;
  setTeam(team: Team): void;
  dropTeam(teamId: string): void;
  setActor(actor: Partial<Actor>): void;
  addGroup(group: ScimGroup): void;
  rolesOf(accountId: string): readonly string[];
  membersOf(handle: string): readonly string[];
  /** The same snapshot with what is here now. */
  snapshotAfter(snapshot: Snapshot): Snapshot;
}

interface State {
  readonly accounts: Map<string, Account>;
  readonly teams: Map<string, Team>;
  /** Account ids by team id. */
  readonly members: Map<string, Set<string>>;
  /** SCIM groups by id, without members; each with the team it stands for. */
  readonly groups: Map<string, { readonly group: ScimGroup; readonly teamId: string }>;
  readonly mappings: Map<string, AuthnMapping>;
}

/** Starts as the inventory says. Managed teams have a group; `project` owns it. */
export function memoryTarget(inventory: TargetInventory, project: string, faults: Faults = {}): MemoryTarget {
  const state: State = {
    accounts: new Map(itemsOf(inventory.accounts)),
    teams: new Map(itemsOf(inventory.teams)),
    members: new Map(
      [...itemsOf(inventory.teams).keys()].map((id) => [id, new Set(itemsOf(inventory.teamMembers.get(id)).keys())]),
    ),
    groups: new Map(),
    mappings: new Map(itemsOf(inventory.mappings)),
  };
  for (const { id, handle, managed } of state.teams.values())
    if (managed) {
      const group = {
        id: `group-${id}`,
        displayName: handle,
        externalId: `accessmap:${project}:${handle}`,
        memberIds: [],
      };
      state.groups.set(group.id, { group, teamId: id });
    }
  const roles = new Map<string, Role>(itemsOf(inventory.roles));
  let actor = inventory.actor.state === "known" ? inventory.actor.value : undefined;
  const writes: string[] = [];
  let requests = 0;
  let shown = structuredClone(state);
  let staleReads = 0;

  function failure(kind: Failure["kind"], message: string): { readonly ok: false; readonly why: Failure } {
    return { ok: false, why: { kind, system: inventory.name, message } };
  }

  function conflict(call: string): { readonly ok: false; readonly why: Failure } {
    const { why } = failure("rejected", `${call} was rejected with 409: exists already`);
    return { ok: false, why: { ...why, status: 409 } };
  }

  async function read<T>(call: string, answer: (view: State) => T | undefined): Promise<Attempt<T>> {
    requests++;
    target.onRequest(call);
    if (faults.unreachable?.has(call)) return failure("unreachable", `${call} timed out`);
    if (faults.writesUntilDenied !== undefined && writes.length >= faults.writesUntilDenied)
      return failure("denied", "the key was revoked");
    if (staleReads > 0) staleReads--;
    else shown = structuredClone(state);
    const value = answer(shown);
    return value === undefined ? failure("rejected", "not found") : { ok: true, value };
  }

  async function write<T>(call: string, words: string, effect: () => T | undefined): Promise<Attempt<T>> {
    requests++;
    target.onRequest(call);
    if (faults.unreachable?.has(call)) return failure("unreachable", `${call} timed out`);
    if (faults.writesUntilDenied !== undefined && writes.length >= faults.writesUntilDenied)
      return failure("denied", "the key was revoked");
    shown = structuredClone(state);
    staleReads = faults.lag ?? 0;
    writes.push(`${call} ${words}`);
    if (faults.refusals?.has(call)) return conflict(call);
    const value = effect();
    if (faults.conflicts?.has(call)) return conflict(call);
    if (value === undefined) return failure("rejected", "not found");
    return faults.lostAnswers?.has(call) ? failure("unreachable", `${call} timed out`) : { ok: true, value };
  }

  function groupView(view: State, groupId: string): ScimGroup | undefined {
    const entry = view.groups.get(groupId);
    return entry && { ...entry.group, memberIds: [...(view.members.get(entry.teamId) ?? entry.group.memberIds)] };
  }

  function changeMembers(groupId: string, change: (members: Set<string>) => void): Attempt<void> | undefined {
    const entry = state.groups.get(groupId);
    const members = entry && state.members.get(entry.teamId);
    if (members && !faults.silentMembers) change(members);
    return members && { ok: true, value: undefined };
  }

  function changeTeam(teamId: string, change: (members: Set<string>) => void): string | undefined {
    const members = state.teams.get(teamId)?.managed ? undefined : state.members.get(teamId);
    if (members && !faults.silentMembers) change(members);
    return members && teamId;
  }

  const writer: TargetWriter = {
    readActor: () => read("readActor", () => actor),
    readRoles: () => read("readRoles", () => [...roles.values()]),
    readAccount: (id) => read("readAccount", (view) => view.accounts.get(id)),
    readAccounts: (ids) => read("readAccounts", (view) => ids.flatMap((id) => view.accounts.get(id) ?? [])),
    readTeams: () => read("readTeams", (view) => [...view.teams.values()]),
    readTeamMembers: (id) =>
      read("readTeamMembers", (view) =>
        [...(view.members.get(id) ?? [])].map((accountId) => ({ accountId, admin: false })),
      ),
    readScimGroups: () =>
      read("readScimGroups", (view) => [...view.groups.keys()].flatMap((id) => groupView(view, id) ?? [])),
    replaceRoles: async (id, roleIds) =>
      voided(
        await write("replaceRoles", `${id} ${[...roleIds].sort().join(" ")}`, () => {
          if (roleIds.length === 0) throw new Error("an empty role set was written");
          const account = state.accounts.get(id);
          if (!account || faults.silent?.has(id)) return account;
          const stuck = account.roleIds.filter((role) => faults.sticky?.has(role));
          state.accounts.set(id, { ...account, roleIds: [...new Set([...roleIds, ...stuck])] });
          return account;
        }),
      ),
    removeRole: async (id, roleId) =>
      voided(
        await write("removeRole", `${id} ${roleId}`, () => {
          const account = state.accounts.get(id);
          if (account && !faults.silent?.has(id))
            state.accounts.set(id, { ...account, roleIds: account.roleIds.filter((role) => role !== roleId) });
          return account;
        }),
      ),
    createScimGroup: async ({ displayName, externalId, memberIds }) => {
      if (faults.refusesMembers && memberIds.length > 0) return failure("rejected", "members are refused");
      return write("createScimGroup", displayName, () => {
        const handle = handleOf(displayName);
        const existing = [...state.teams.values()].find((team) => team.handle === handle);
        const team: Team = { id: `team-${handle}`, name: displayName, ...existing, handle, managed: true };
        state.teams.set(team.id, team);
        if (!existing || faults.linkDrops) state.members.set(team.id, new Set(faults.linkDrops ? [] : memberIds));
        const group = { id: `group-${team.id}`, displayName, externalId, memberIds: [] };
        state.groups.set(group.id, { group, teamId: team.id });
        return groupView(state, group.id);
      });
    },
    addGroupMembers: async (id, accountIds) =>
      voided(
        await write("addGroupMembers", `${id} ${[...accountIds].sort().join(" ")}`, () =>
          changeMembers(id, (members) => {
            for (const account of accountIds) members.add(account);
          }),
        ),
      ),
    removeGroupMembers: async (id, accountIds) =>
      voided(
        await write("removeGroupMembers", `${id} ${[...accountIds].sort().join(" ")}`, () =>
          changeMembers(id, (members) => {
            for (const account of accountIds) members.delete(account);
          }),
        ),
      ),
    addRole: async (id, roleId) =>
      voided(
        await write("addRole", `${id} ${roleId}`, () => {
          const account = state.accounts.get(id);
          if (account && !faults.silent?.has(id))
            state.accounts.set(id, { ...account, roleIds: [...new Set([...account.roleIds, roleId])] });
          return account;
        }),
      ),
    addTeamMembers: async (id, accountIds) =>
      voided(
        await write("addTeamMembers", `${id} ${[...accountIds].sort().join(" ")}`, () =>
          changeTeam(id, (members) => {
            for (const account of accountIds) members.add(account);
          }),
        ),
      ),
    removeTeamMembers: async (id, accountIds) =>
      voided(
        await write("removeTeamMembers", `${id} ${[...accountIds].sort().join(" ")}`, () =>
          changeTeam(id, (members) => {
            for (const account of accountIds) members.delete(account);
          }),
        ),
      ),
    findAccount: (handle) =>
      read("findAccount", (view) => [...view.accounts.values()].find((account) => account.handle === handle) ?? null),
    createAccount: ({ handle, name, roleIds }) =>
      write("createAccount", `${handle} ${[...roleIds].sort().join(" ")}`, () => {
        const id = idOf("account", handle);
        const account: Account = {
          id,
          handle,
          email: handle,
          name,
          status: "pending",
          serviceAccount: false,
          roleIds,
        };
        if (!faults.silent?.has(id)) state.accounts.set(id, account);
        return account;
      }),
    setActive: async (id, active) =>
      voided(
        await write("setActive", `${id} ${active}`, () => {
          const account = state.accounts.get(id);
          if (account && !faults.silent?.has(id))
            state.accounts.set(id, { ...account, status: active ? "active" : "disabled" });
          return account;
        }),
      ),
    readSwitches: () => read("readSwitches", () => inventory.switches),
    readMappings: () => read("readMappings", (view) => [...view.mappings.values()]),
    readMapping: (id) =>
      read("readMapping", (view) => (faults.hiddenMappings ? null : (view.mappings.get(id) ?? null))),
    createMapping: (mapping) =>
      write("createMapping", mappingText(mapping), () => {
        const created = { ...mapping, id: `mapping-new-${state.mappings.size + writes.length}` };
        if (!faults.silentMappings) state.mappings.set(created.id, created);
        return created;
      }),
    updateMapping: async (id, mapping) =>
      voided(
        await write("updateMapping", `${id} ${mappingText(mapping)}`, () => {
          if (!faults.silentMappings) state.mappings.set(id, { ...mapping, id });
          return mapping;
        }),
      ),
    deleteMapping: async (id) =>
      voided(
        await write("deleteMapping", id, () => {
          if (!faults.silentMappings) state.mappings.delete(id);
          return id;
        }),
      ),
    requests: () => requests,
    throttled: () => 0,
  };

  const target: MemoryTarget = {
    writer,
    faults,
    writes,
    onRequest: () => {},
    setRoles(id, roleIds) {
      const account = state.accounts.get(id);
      if (account) state.accounts.set(id, { ...account, roleIds });
    },
    setMembers: (teamId, accountIds) => void state.members.set(teamId, new Set(accountIds)),
    setPermissions(roleId, permissions) {
      const role = roles.get(roleId);
      if (role) roles.set(roleId, { ...role, permissions });
    },
    renameRole(roleId, name) {
      const role = roles.get(roleId);
      if (role) roles.set(roleId, { ...role, name });
    },
    setTeam: (team) => void state.teams.set(team.id, { ...state.teams.get(team.id), ...team }),
    dropTeam: (teamId) => void state.teams.delete(teamId),
    setActor(change) {
      if (actor) actor = { ...actor, ...change };
    },
    addGroup: (group) => void state.groups.set(group.id, { group, teamId: "" }),
    rolesOf: (id) => [...(state.accounts.get(id)?.roleIds ?? [])].sort(),
    membersOf(handle) {
      const team = [...state.teams.values()].find((candidate) => candidate.handle === handle);
      return team ? [...(state.members.get(team.id) ?? [])].sort() : [];
    },
    snapshotAfter(snapshot) {
      const known = <T>(items: ReadonlyMap<string, T>) => complete(inventory.name, snapshot.now, items);
      const members = [...state.members].map(([id, accounts]) => {
        const items = new Map([...accounts].map((accountId) => [accountId, { accountId, admin: false }]));
        return [id, known(items)] as const;
      });
      const after: TargetInventory = {
        ...inventory,
        accounts: known(state.accounts),
        teams: known(state.teams),
        teamMembers: new Map(members),
        mappings: known(state.mappings),
      };
      return takeSnapshot({ ...snapshot, targets: new Map([...snapshot.targets, [inventory.name, after]]) });
    },
  };
  return target;
}

function mappingText({ key, value, grants }: Omit<AuthnMapping, "id">): string {
  return `${key}=${value} ${"roleId" in grants ? grants.roleId : grants.teamId}`;
}

function voided<T>(attempt: Attempt<T>): Attempt<void> {
  return attempt.ok ? { ok: true, value: undefined } : attempt;
}
