/** What a question about the past may be about: whatever the files of then or today, live systems or applies know by a name. */

import { directoriesOf, groupName, mappingsOf, type ResolvedMapping } from "../analysis/grants.ts";
import { itemsOf } from "../model/knowledge.ts";
import { signsOf } from "../sync/journal/signs.ts";
import type { PastMaterial, PastQuestion } from "./history.ts";

/** The questions that a text may be, as far as one organization knows it: a team is often called as its group is. */
export function questionsOf(text: string, material: PastMaterial): readonly PastQuestion[] {
  const { now, files, organization, applies } = material;
  const target = now.targets.get(organization);
  const past = files ? mappingsOf(files.snapshot, organization) : [];
  const current = mappingsOf(now, organization);
  const signs = applies.flatMap(({ state }) => [...state.intents.values()]);
  const mapped = [...past, ...current].flatMap((one) => one.roles.map(({ ref, role }) => roleText(ref.name, role)));
  const known = [...itemsOf(target?.roles).values()].map(({ name }) => name);
  const inJournals = signs.flatMap((change) =>
    change.action === "set-roles" ? [...change.before, ...change.after].map(({ name }) => name) : [],
  );
  const teams = [...past, ...current].flatMap((one) => one.teams.map(({ handle }) => handle));
  const handles = [...itemsOf(target?.teams).values()].map(({ handle }) => handle);
  const found = [
    ...(itemsOf(target?.permissions).has(text) ? (["permission"] as const) : []),
    ...([...mapped, ...known, ...inJournals].includes(text) ? (["role"] as const) : []),
    ...([...teams, ...handles].includes(text) ? (["team"] as const) : []),
    ...(isGroup(text, material) ? (["group"] as const) : []),
  ];
  if (found.length > 0) return found.map((kind) => ({ kind, name: text }));
  const person = text.toLowerCase();
  return isPerson(person, material) ? [{ kind: "person", name: person }] : [];
}

/** In the files of then or today, in a directory today, or named by an apply as the cause of something. */
function isGroup(text: string, { now, files, organization, applies }: PastMaterial): boolean {
  const config = now.project?.content.organizations.get(organization);
  const listed = (config ? directoriesOf(now, config) : []).flatMap((name) => {
    const directory = now.directories.get(name);
    return directory ? [directory.groups, ...directory.named.values()] : [];
  });
  return (
    [...(files ? mappingsOf(files.snapshot, organization) : []), ...mappingsOf(now, organization)].some((one) =>
      isOfGroup(one, text),
    ) ||
    listed.some((groups) => [...itemsOf(groups).values()].some(({ name, id }) => name === text || id === text)) ||
    signsOf(applies).some(({ because }) => because !== undefined && isCausedBy(because.text, text))
  );
}

function isPerson(person: string, { now, organization }: PastMaterial): boolean {
  const accounts = [...itemsOf(now.targets.get(organization)?.accounts).values()].flatMap(
    ({ handle, email, name, serviceAccount }) => (serviceAccount ? [name.toLowerCase()] : [handle, email]),
  );
  const members = mappingsOf(now, organization).flatMap((one) =>
    [...itemsOf(one.members).values()].flatMap(({ login, email }) => [login, email]),
  );
  return [...accounts, ...members].includes(person) || person.includes("@");
}

/** By its name of today, or as the file writes it, which may be its id or a former name. */
export function isOfGroup(resolved: ResolvedMapping, text: string): boolean {
  const { group } = resolved.mapping;
  return group !== undefined && (group.text === text || groupName(resolved) === text);
}

/** Applies write down what gave something as `dd-sre → SRE`. */
export function isCausedBy(because: string, group: string): boolean {
  return because.startsWith(`${group} → `);
}

/** The live name of a role, else the one that is written. */
export function roleText(written: string | undefined, role: ResolvedMapping["roles"][number]["role"]): string {
  return role.answer === "present" ? role.item.name : (written ?? "");
}
