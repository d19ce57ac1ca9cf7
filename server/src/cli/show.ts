/** `accessmap show GROUP`: who is in a group and what its members can do, with the role each permission comes from. */

import { accessOf, type GroupAccess } from "../core/analysis/access.ts";
import type { EffectivePermission } from "../core/analysis/effective.ts";
import { resolvedMappings } from "../core/analysis/grants.ts";
import { hint } from "../core/analysis/judgements/fixes.ts";
import { groupsByName } from "../core/analysis/resolve.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import { countOf } from "../core/analysis/words.ts";
import { itemsOf } from "../core/model/knowledge.ts";
import { SENSITIVITIES } from "../core/model/target.ts";
import { renderInstant } from "../core/model/time.ts";
import { nearestFew, nearestOrFuller } from "../core/syntax/nearest.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { codeOfAnswer, openProject, type ProjectOptions, readLive } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

export interface ShowOptions extends ProjectOptions {
  readonly format: "text" | "json";
  /** Also list what everybody has anyway. */
  readonly all?: boolean;
}

/**
 * A group may be mapped in several organizations; each is shown. Where its members are not known the exit code says so. Throws
 * `Exit` for a group that no mapping names, or that its directory does not have.
 */
export async function show(name: string, options: ShowOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  await readLive(workspace, terminal, "show");
  const snapshot = workspace.snapshot();
  const all = findAccess(snapshot, name);
  const found = all.filter(({ group }) => group.answer !== "absent");
  const absent = all.filter(({ group }) => group.answer === "absent").map((access) => whyAbsent(snapshot, access));
  if (found.length === 0) throw new Exit(EXIT.usage, [...new Set(absent)].join("; "));
  const organizations = found.map(({ organization }) => organization);
  const code = codeOfAnswer(workspace, organizations, terminal);
  if (options.format === "json") terminal.printJson(JSON.stringify(found.map(toJson), undefined, 2));
  else for (const access of found) renderText(access, snapshot.now, options.all === true, terminal);
  for (const text of absent) terminal.note(text);
  return found.every(({ people }) => people) ? code : EXIT.live;
}

function whyAbsent({ directories }: Snapshot, { name, directory }: GroupAccess): string {
  const inventory = directory && directories.get(directory.name);
  // What mappings name outside the listing was looked up.
  const asked = [...(inventory?.named.values() ?? [])].flatMap((answer) => [...itemsOf(answer).values()]);
  const listed = inventory ? groupsByName(inventory).keys() : [];
  const near = nearestFew(name, [...asked.map((group) => group.name), ...listed], 3);
  return `"${directory?.name}" has no group "${name}", so the mapping of it gives nobody anything${hint(near, "correct its name or remove it")}`;
}

/** One entry per organization in which the group is mapped. */
function findAccess(snapshot: Snapshot, name: string): readonly GroupAccess[] {
  const mapped = resolvedMappings(snapshot).filter(({ mapping }) => mapping.group?.text === name);
  const byOrganization = new Map(
    mapped.flatMap((resolved) => (resolved.organization ? [[resolved.organization.name, resolved] as const] : [])),
  );
  const found = [...byOrganization.values()].flatMap((resolved) => accessOf(snapshot, resolved) ?? []);
  if (found.length > 0) return found;
  const names = new Set(resolvedMappings(snapshot).flatMap(({ mapping }) => mapping.group?.text ?? []));
  const near = nearestOrFuller(name, names, 3);
  throw new Exit(
    EXIT.usage,
    `No mapping names the group "${name}"${near.length > 0 ? `; did you mean ${near.map((text) => `"${text}"`).join(" or ")}?` : ""}`,
  );
}

function renderText(access: GroupAccess, now: string, all: boolean, terminal: Terminal): void {
  const { color } = terminal;
  terminal.print(`${color.bold(access.name)} in ${access.organization.name}`);
  terminal.print(`  People  ${peopleText(access, now)}`);
  const unresolved = access.unresolvedRoles.map((role) => `${role} (not checked or not found)`);
  terminal.print(`  Roles   ${[...access.roles.map((role) => role.name), ...unresolved].join(", ") || "none"}`);
  terminal.print(`  Teams   ${access.teams.join(", ") || "none"}`);
  const beyond = access.permissions.filter((effective) => !effective.baseline);
  const paint = { critical: color.red, high: color.yellow, medium: color.cyan, low: color.dim };
  terminal.print("  Effective permissions, before resource restrictions");
  for (const sensitivity of [...SENSITIVITIES].reverse()) {
    const group = beyond.filter(({ permission }) => permission.sensitivity === sensitivity);
    if (group.length === 0) continue;
    terminal.print(`    ${paint[sensitivity](sensitivity)} (${group.length})`);
    for (const effective of group)
      terminal.print(`      ${effective.permission.name.padEnd(44)} ${color.dim(throughText(effective))}`);
  }
  const baseline = access.permissions.length - beyond.length;
  if (all)
    for (const effective of access.permissions.filter((item) => item.baseline))
      terminal.print(`      ${effective.permission.name.padEnd(44)} ${color.dim("baseline")}`);
  else if (access.roles.length === 0 && unresolved.length > 0) terminal.print("    not known");
  else terminal.print(`    and ${baseline} that everybody or the Datadog Read Only Role has (--all lists them)`);
  for (const { name, unresolved: unlisted } of access.roles.filter((role) => role.unresolved > 0))
    terminal.print(`    and ${countOf(unlisted, "permission")} of ${name} in no list and not shown`);
  for (const { role, group, people } of access.elsewhere)
    terminal.print(`  Besides, ${people} of them ${people === 1 ? "holds" : "hold"} ${role.name} through ${group}`);
}

function peopleText({ people, peopleGap }: GroupAccess, now: string): string {
  if (!people) return `not checked${peopleGap ? `: ${peopleGap.message}` : ""}`;
  const extra = [
    people.outsiders > 0 ? `${people.outsiders} from outside` : "",
    people.disabled > 0 ? `${people.disabled} disabled not counted` : "",
    people.unjudged > 0 ? `besides ${people.unjudged} whose state the directory does not tell` : "",
  ].filter(Boolean);
  return `${people.active} active${extra.length > 0 ? `, ${extra.join(", ")}` : ""} (read ${renderInstant(people.asOf, now)})`;
}

function throughText({ through }: EffectivePermission): string {
  return through.map((role) => role.name).join(", ");
}

function toJson(access: GroupAccess): unknown {
  return {
    group: access.name,
    organization: access.organization.name,
    people: access.people ?? null,
    roles: access.roles.map(({ id, name }) => ({ id, name })),
    unresolvedRoles: access.unresolvedRoles,
    teams: access.teams,
    permissions: access.permissions.map(({ permission, through, baseline }) => ({
      name: permission.name,
      sensitivity: permission.sensitivity,
      through: through.map((role) => role.name),
      baseline,
    })),
    elsewhere: access.elsewhere.map(({ role, group, people }) => ({ role: role.name, group, people })),
  };
}
