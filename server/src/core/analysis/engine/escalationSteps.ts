/** The steps that lead from groups to an administrator's power. Each says what it is, and which edit would take it out. */

import { inQuotes } from "../words.ts";
import { classOfPerson } from "./answers.ts";
import { has } from "./bits.ts";
import type { Engine, GroupNode } from "./engine.ts";
import { leadingTo, type Step } from "./flow.ts";
import type { MappedGrant, Relation } from "./relation.ts";

/** What takes a step out. With a grant it is an edit of the files, else of the organization or the directory. */
export interface Cut {
  readonly text: string;
  readonly grant?: MappedGrant;
}

export interface EscalationStep extends Step<Cut> {
  /** What makes the step possible, e.g. `"Deployer" permits service_account_write`. */
  readonly text: string;
}

export const ADMINISTRATOR = "administrator";

/** Whoever holds one of these needs no further step. */
const DECISIVE: Readonly<Record<string, string>> = {
  user_access_manage: "whoever edits roles and mappings grants themselves the rest",
  org_management: "whoever sets how everybody signs in can sign in as anybody",
};

/** Permissions to act as an account of one's choice. (2026-09) */
const IMPERSONATION = ["workload_identity_federation_write", "cloud_auth_config_write"];
const SERVICE_ACCOUNTS = "service_account_write";
/** Re-scopes keys of anybody, but shows no secret. https://docs.datadoghq.com/account_management/api-app-keys/ (2026-09) */
const KEYS = "org_app_keys_write";
/**
 * Uses the credentials of a connection in an action. What starts an action, such as a workflow, is another permission, which
 * people may hold through any other group: the step says so, and the finding asks for it. https://docs.datadoghq.com/account_management/rbac/permissions/ (2026-09)
 */
const CONNECTIONS = "connections_resolve";

/** Permissions by which somebody comes to more than their roles say, and what the ways through them are called. */
const TURNS = new Map<string, Turn>([
  ...IMPERSONATION.map((name): [string, Turn] => [name, "identity"]),
  [SERVICE_ACCOUNTS, "service-account"],
  [KEYS, "key"],
  [CONNECTIONS, "connection"],
]);

export type Turn = "identity" | "service-account" | "key" | "connection";

/** The node of a group in the graph of steps. */
export function nodeOfGroup({ key }: Pick<GroupNode, "key">): string {
  return `group ${key}`;
}

/** The node of a permission in the graph of steps. */
export function nodeOfPermission(name: string): string {
  return `permission ${name}`;
}

/** What a way uses first that is no administrator's permission; undefined for roles and teams alone. */
export function turnOf(way: readonly EscalationStep[]): Turn | undefined {
  const found = way.flatMap(({ from }) => (from.startsWith("permission ") ? (TURNS.get(from.slice(11)) ?? []) : []));
  return found[0];
}

/** What a group's own grants lead to. Of thousands of grants, only those of roles and teams that lead on are part of it. */
export function ownSteps(engine: Engine): readonly EscalationStep[] {
  const steps = [
    ...linkSteps(engine),
    ...roleSteps(engine),
    ...accountSteps(engine),
    ...keySteps(engine),
    ...connectionSteps(engine),
    ...decisiveSteps(engine),
  ];
  return [...grantSteps(engine, leadingTo(steps, ADMINISTRATOR)), ...steps];
}

/** The ways into groups and teams that anybody may take, where they lead on. */
export function doorSteps(engine: Engine, own: readonly EscalationStep[]): readonly EscalationStep[] {
  const leading = leadingTo(own, ADMINISTRATOR);
  const doors = [...engine.groups.values()].filter((node) => node.facts.door && leading.has(nodeOfGroup(node)));
  const directories = new Set(doors.map(({ facts }) => facts.directory));
  const teams = [...(engine.relation.links?.openTeams ?? [])].filter((team) => leading.has(`team ${team}`));
  return [
    ...doors.map(({ key, facts: { door, directory = "" } }) => ({
      from: `directory ${directory}`,
      to: nodeOfGroup({ key }),
      text: `anybody in ${inQuotes(directory)} ${door?.text}`,
      edit: { text: door?.edit ?? "" },
    })),
    ...teams.map((team) => ({
      from: "organization",
      to: `team ${team}`,
      text: `anybody in the organization may join team ${inQuotes(team)}`,
      edit: { text: `let only the administrators of team ${inQuotes(team)} manage its members` },
    })),
    ...[...engine.groups.values()].flatMap((node) => everybodyIn(node, directories, teams.length > 0)),
  ];
}

function everybodyIn(
  { key, facts: { name, directory } }: GroupNode,
  directories: ReadonlySet<string | undefined>,
  hasTeams: boolean,
): readonly EscalationStep[] {
  const from = nodeOfGroup({ key });
  const who = `everybody in ${inQuotes(name)}`;
  return [
    ...(directory !== undefined && directories.has(directory)
      ? [{ from, to: `directory ${directory}`, text: `${who} is in ${inQuotes(directory)}` }]
      : []),
    ...(hasTeams ? [{ from, to: "organization", text: `${who} is in the organization` }] : []),
  ];
}

function* grantSteps({ relation, groups }: Engine, leading: ReadonlySet<string>): Iterable<EscalationStep> {
  for (const node of groups.values())
    for (const grant of node.facts.grants) {
      if (!leading.has(grant.kind === "role" ? `role ${grant.role}` : `team ${grant.team}`)) continue;
      const name = inQuotes(node.facts.name);
      const [to, what] =
        grant.kind === "role"
          ? [`role ${grant.role}`, roleText(relation, grant.role)]
          : [`team ${grant.team}`, `team ${inQuotes(grant.team)}`];
      const edit = { text: `take ${what} from ${name}`, grant };
      yield { from: nodeOfGroup(node), to, text: `${name} gets ${what}`, edit };
    }
}

function* linkSteps({ relation }: Engine): Iterable<EscalationStep> {
  for (const [team, roles] of relation.teams)
    for (const role of roles) {
      const [one, other] = [inQuotes(team), roleText(relation, role)];
      const edit = { text: `unlink ${other} from team ${one}` };
      yield { from: `team ${team}`, to: `role ${role}`, text: `team ${one} is linked to ${other}`, edit };
    }
}

/** Only permissions that lead on are nodes. */
function* roleSteps({ relation, roleBits }: Engine): Iterable<EscalationStep> {
  for (const permission of [...Object.keys(DECISIVE), ...TURNS.keys()]) {
    const index = relation.vocabulary.indexes.get(permission);
    if (index === undefined) continue;
    for (const { id, name } of relation.roles.values()) {
      const bits = roleBits.get(id);
      if (!bits || !has(bits, index)) continue;
      yield {
        from: `role ${id}`,
        to: nodeOfPermission(permission),
        text: `${inQuotes(name)} permits ${permission}`,
        edit: { text: `take ${permission} out of ${inQuotes(name)}` },
      };
    }
  }
}

/** Service accounts can be used by whoever may make keys for them. */
function* accountSteps({ relation }: Engine): Iterable<EscalationStep> {
  for (const [key, { kind, name, outside }] of relation.people) {
    if (kind !== "service") continue;
    const text = `${SERVICE_ACCOUNTS} makes keys for service account ${inQuotes(name)}`;
    yield { from: nodeOfPermission(SERVICE_ACCOUNTS), to: key, text };
    for (const id of outside) {
      const role = roleText(relation, id);
      const edit = { text: `take ${role} from service account ${inQuotes(name)}` };
      yield { from: key, to: `role ${id}`, text: `${inQuotes(name)} holds ${role}`, edit };
    }
  }
}

/** Keys with scopes, whose owners may do more: of service accounts as they go on, of people when they administer. */
function* keySteps(engine: Engine): Iterable<EscalationStep> {
  const decisive = decisiveIn(engine.relation);
  for (const { name, owner } of engine.relation.links?.scopedKeys ?? []) {
    const person = engine.relation.people.get(owner);
    const bits = classOfPerson(engine, owner)?.bits;
    const isAdministrator = bits !== undefined && decisive.some((index) => has(bits, index));
    if (!person || (person.kind === "person" && !isAdministrator)) continue;
    yield {
      from: nodeOfPermission(KEYS),
      to: person.kind === "service" ? owner : ADMINISTRATOR,
      text: `${KEYS} lifts the scopes of the key ${name}, and whoever has it may do all that ${person.kind === "service" ? `service account ${inQuotes(person.name)}` : "its owner, an administrator,"} may`,
      edit: { text: `revoke the key ${name}` },
    };
  }
}

function* connectionSteps({ relation }: Engine): Iterable<EscalationStep> {
  for (const [name, roles] of relation.links?.connections ?? []) {
    const to = `connection ${name}`;
    yield {
      from: nodeOfPermission(CONNECTIONS),
      to,
      text: `${CONNECTIONS} uses the connection ${inQuotes(name)} in any action that they may start`,
    };
    for (const id of roles) {
      const role = roleText(relation, id);
      const edit = { text: `let the connection ${inQuotes(name)} act without ${role}` };
      yield { from: to, to: `role ${id}`, text: `the connection acts with ${role}`, edit };
    }
  }
}

function* decisiveSteps(engine: Engine): Iterable<EscalationStep> {
  for (const [permission, text] of Object.entries(DECISIVE))
    yield { from: nodeOfPermission(permission), to: ADMINISTRATOR, text };
  if (!hasAdministrator(engine)) return;
  for (const permission of IMPERSONATION) {
    const text = `${permission} lets an outside identity act as an administrator's account`;
    yield { from: nodeOfPermission(permission), to: ADMINISTRATOR, text };
  }
}

/** Somebody worth acting as: one account is enough. */
function hasAdministrator({ relation, classes }: Engine): boolean {
  const decisive = decisiveIn(relation);
  return [...classes.values()].some(({ bits }) => decisive.some((index) => has(bits, index)));
}

/** Bits of the permissions that make an administrator by themselves. */
export function decisiveIn({ vocabulary }: Relation): readonly number[] {
  return Object.keys(DECISIVE).flatMap((name) => vocabulary.indexes.get(name) ?? []);
}

function roleText({ roles }: Relation, id: string): string {
  return inQuotes(roles.get(id)?.name ?? id);
}
