/**
 * Ways from groups to an administrator's power that no single grant shows: through teams, service accounts, and mappings
 * of outside identities. Each step says what it is, and which edit would take it out.
 */

import { memo } from "../snapshot.ts";
import { inQuotes } from "../words.ts";
import { has } from "./bits.ts";
import type { Engine, GroupNode } from "./engine.ts";
import { type Graph, graphOf, leadingTo, type Step, shortestWay, smallestCut } from "./flow.ts";
import type { Grant, Relation } from "./relation.ts";

/** What takes a step out. With a grant it is an edit of the files, else of the organization. */
export interface Edit {
  readonly text: string;
  readonly grant?: Grant;
}

export interface EscalationStep extends Step<Edit> {
  /** What makes the step possible, e.g. `"Deployer" permits service_account_write`. */
  readonly text: string;
}

/** Whoever holds one of these needs no further step. */
const DECISIVE: Readonly<Record<string, string>> = {
  user_access_manage: "whoever edits roles and mappings grants themselves the rest",
  org_management: "whoever sets how everybody signs in can sign in as anybody",
};

/** Permissions to act as an account of one's choice. (2026-09) */
const IMPERSONATION = ["workload_identity_federation_write", "cloud_auth_config_write"];
const SERVICE_ACCOUNTS = "service_account_write";

const ADMINISTRATOR = "administrator";

/** The shortest way from a group to an administrator's power; undefined when none is known. */
export function escalationOf(engine: Engine, group: GroupNode): readonly EscalationStep[] | undefined {
  return shortestWay(memo(engine, escalationGraph), nodeOfGroup(group), ADMINISTRATOR);
}

/** The fewest edits that leave these groups no way; undefined when edits cannot do it. */
export function cutFor(engine: Engine, groups: readonly GroupNode[]): readonly EscalationStep[] | undefined {
  return smallestCut(memo(engine, escalationGraph), groups.map(nodeOfGroup), ADMINISTRATOR);
}

function nodeOfGroup({ key }: GroupNode): string {
  return `group ${key}`;
}

/** Of thousands of grants, only those of roles and teams that lead on are part of it. */
function escalationGraph(engine: Engine): Graph<EscalationStep> {
  const steps = [...linkSteps(engine), ...roleSteps(engine), ...accountSteps(engine), ...decisiveSteps(engine)];
  return graphOf([...grantSteps(engine, leadingTo(steps, ADMINISTRATOR)), ...steps]);
}

function* grantSteps({ relation, groups }: Engine, leading: ReadonlySet<string>): Iterable<EscalationStep> {
  for (const node of groups.values())
    for (const grant of node.facts.grants) {
      if (!leading.has(grant.kind === "role" ? `role ${grant.role}` : `team ${grant.team}`)) continue;
      const name = inQuotes(node.facts.name);
      const [to, what] =
        grant.kind === "role"
          ? [`role ${grant.role}`, inQuotes(relation.roles.get(grant.role)?.name ?? grant.role)]
          : [`team ${grant.team}`, `team ${inQuotes(grant.team)}`];
      const edit = { text: `take ${what} from ${name}`, grant };
      yield { from: nodeOfGroup(node), to, text: `${name} gets ${what}`, edit };
    }
}

function* linkSteps({ relation }: Engine): Iterable<EscalationStep> {
  for (const [team, roles] of relation.teams)
    for (const role of roles) {
      const [one, other] = [inQuotes(team), inQuotes(relation.roles.get(role)?.name ?? role)];
      const edit = { text: `unlink ${other} from team ${one}` };
      yield { from: `team ${team}`, to: `role ${role}`, text: `team ${one} is linked to ${other}`, edit };
    }
}

/** Only permissions that lead on are nodes. */
function* roleSteps({ relation, roleBits }: Engine): Iterable<EscalationStep> {
  for (const permission of [...Object.keys(DECISIVE), ...IMPERSONATION, SERVICE_ACCOUNTS]) {
    const index = relation.vocabulary.indexes.get(permission);
    if (index === undefined) continue;
    for (const { id, name } of relation.roles.values()) {
      const bits = roleBits.get(id);
      if (!bits || !has(bits, index)) continue;
      const edit = { text: `take ${permission} out of ${inQuotes(name)}` };
      yield {
        from: `role ${id}`,
        to: `permission ${permission}`,
        text: `${inQuotes(name)} permits ${permission}`,
        edit,
      };
    }
  }
}

/** Service accounts can be used by whoever may make keys for them. */
function* accountSteps({ relation }: Engine): Iterable<EscalationStep> {
  for (const [key, { kind, name, outside }] of relation.people) {
    if (kind !== "service") continue;
    const text = `${SERVICE_ACCOUNTS} makes keys for service account ${inQuotes(name)}`;
    yield { from: `permission ${SERVICE_ACCOUNTS}`, to: key, text };
    for (const id of outside) {
      const role = inQuotes(relation.roles.get(id)?.name ?? id);
      const edit = { text: `take ${role} from service account ${inQuotes(name)}` };
      yield { from: key, to: `role ${id}`, text: `${inQuotes(name)} holds ${role}`, edit };
    }
  }
}

function* decisiveSteps(engine: Engine): Iterable<EscalationStep> {
  for (const [permission, text] of Object.entries(DECISIVE))
    yield { from: `permission ${permission}`, to: ADMINISTRATOR, text };
  if (!hasAdministrator(engine)) return;
  for (const permission of IMPERSONATION) {
    const text = `${permission} lets an outside identity act as an administrator's account`;
    yield { from: `permission ${permission}`, to: ADMINISTRATOR, text };
  }
}

/** Somebody worth acting as: one account is enough. */
function hasAdministrator({ relation, classes }: Engine): boolean {
  const decisive = decisiveIn(relation);
  return [...classes.values()].some(({ bits }) => decisive.some((index) => has(bits, index)));
}

/** Whether a role of the group's own permits an administrator's permission: that is no hidden way. */
export function isOpenlyAdministrator({ relation, roleBits }: Engine, { facts }: GroupNode): boolean {
  const decisive = decisiveIn(relation);
  return facts.grants.some((grant) => {
    const bits = grant.kind === "role" ? roleBits.get(grant.role) : undefined;
    return bits !== undefined && decisive.some((index) => has(bits, index));
  });
}

function decisiveIn({ vocabulary }: Relation): readonly number[] {
  return Object.keys(DECISIVE).flatMap((name) => vocabulary.indexes.get(name) ?? []);
}

/** Whether a way leads through an account that nobody signs in with. */
export function usesServiceAccount(way: readonly EscalationStep[]): boolean {
  return way.some(({ from }) => from === `permission ${SERVICE_ACCOUNTS}`);
}
