/** `accessmap names`: names that a shell may offer, from the files, from what earlier reads kept, and from the catalogue. Nobody is asked. */

import { mappingsByOrganization } from "../core/analysis/grants.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import { CATALOGUE } from "../core/model/catalogue.ts";
import { itemsOf } from "../core/model/knowledge.ts";
import { RULE_PAGES } from "../core/model/rulePages.ts";
import { type Transport, TransportError } from "../http/transport.ts";
import { chooseStorage } from "../workspace/storage.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import type { NameKind } from "./completion/model.ts";
import { EXIT } from "./support/exit.ts";
import { type ProjectOptions, projectFolder } from "./support/project.ts";
import type { Terminal } from "./support/terminal.ts";

/** More names than anybody looks through help nobody. */
const MOST = 500;

/**
 * One name a line, those that begin with `beginning`. Says nothing where there is nothing to say: a shell that waits for
 * names has no use for a message, and whatever is wrong with the project the next command tells.
 */
export async function names(
  kind: NameKind,
  beginning: string,
  options: Pick<ProjectOptions, "project">,
  terminal: Terminal,
): Promise<number> {
  const all = kind === "rule" ? [...RULE_PAGES.keys()] : await namesOf(kind, options);
  const shown = [...new Set(all)].filter((name) => name.startsWith(beginning) && isPlain(name)).sort();
  for (const name of shown.slice(0, MOST)) terminal.print(name);
  return EXIT.clean;
}

async function namesOf(
  kind: Exclude<NameKind, "rule">,
  options: Pick<ProjectOptions, "project">,
): Promise<readonly string[]> {
  try {
    const folder = projectFolder(options);
    const workspace = await openWorkspace({ folder, transport: OFFLINE, storage: chooseStorage(process.env) });
    // Ends at once, with what was kept of each system.
    await workspace.refresh("completion");
    return NAMES[kind](workspace.snapshot());
  } catch {
    return kind === "permission" ? NAMES.permission(undefined) : [];
  }
}

const OFFLINE: Transport = {
  exchange: ({ credential }) => {
    const system = credential?.connection ?? "accessmap";
    const message = "nobody is asked while a shell completes a name";
    return Promise.reject(new TransportError({ kind: "not-configured", system, message }));
  },
};

const NAMES: Readonly<Record<Exclude<NameKind, "rule">, (of: Snapshot | undefined) => readonly string[]>> = {
  group: (of) => [
    ...mapped(of).flatMap(({ mapping: { group } }) => (group?.by === "name" ? [group.text] : [])),
    ...directories(of).flatMap(({ groups, named }) =>
      [groups, ...named.values()].flatMap((list) => [...itemsOf(list).values()].map(({ name }) => name)),
    ),
  ],
  role: (of) => [
    ...mapped(of).flatMap(({ roles }) => roles.flatMap(({ ref }) => (ref.name === undefined ? [] : [ref.name]))),
    ...targets(of).flatMap(({ roles }) => [...itemsOf(roles).values()].map(({ name }) => name)),
  ],
  permission: (of) => [
    ...CATALOGUE.keys(),
    ...targets(of).flatMap(({ permissions }) => [...itemsOf(permissions).keys()]),
  ],
  person: (of) => [
    ...directories(of).flatMap(({ members }) =>
      [...members.values()].flatMap((list) => [...itemsOf(list).values()].map(({ login }) => login)),
    ),
    ...targets(of).flatMap(({ accounts }) =>
      [...itemsOf(accounts).values()].flatMap(({ handle, serviceAccount }) => (serviceAccount ? [] : [handle])),
    ),
  ],
  organization: (of) => [...(of?.project?.content.organizations.keys() ?? [])],
  subject: (of) => [
    ...NAMES.permission(of),
    ...NAMES.role(of),
    ...NAMES.group(of),
    ...NAMES.person(of),
    ...targets(of).flatMap(({ teams }) => [...itemsOf(teams).values()].map(({ handle }) => handle)),
  ],
};

function mapped(of: Snapshot | undefined) {
  return of ? [...mappingsByOrganization(of).values()].flat() : [];
}

function directories(of: Snapshot | undefined) {
  return [...(of?.directories.values() ?? [])];
}

function targets(of: Snapshot | undefined) {
  return [...(of?.targets.values() ?? [])];
}

/** A line for each name is all that the shell is told, so a name that is no line cannot be offered. */
function isPlain(name: string): boolean {
  return !/\p{Cc}/u.test(name) && name !== "";
}
