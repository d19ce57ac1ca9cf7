/** `accessmap lock`: records the ids of what the files name, what this repository manages, and who has been adopted. */

import { join } from "node:path";
import { mappingsOf, resolvedMappings } from "../core/analysis/grants.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import type { Lock, OrganizationLock, Pin } from "../core/model/lock.ts";
import { renderLock } from "../core/syntax/readLock.ts";
import { SHARED_FILE, writeWhole } from "../store/wholeFile.ts";
import { LOCK_FILE } from "../workspace/discover.ts";
import { EXIT, orUnwritable } from "./exit.ts";
import { chooseOrganization, liveGaps, openProject, type ProjectOptions, readLive } from "./project.ts";
import type { Terminal } from "./terminal.ts";

export interface LockOptions extends ProjectOptions {
  /** Organization to adopt: from then on apply may also remove. `true` means the only one. */
  readonly adopt?: string | true;
}

export async function lock(options: LockOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  await readLive(workspace, terminal, "lock");
  const gaps = liveGaps(workspace);
  if (gaps.length > 0) {
    for (const gap of gaps) terminal.note(gap);
    terminal.note("The lock was not written: it may only record what was read completely.");
    return EXIT.live;
  }
  const adopt =
    options.adopt === undefined
      ? undefined
      : chooseOrganization(workspace, options.adopt === true ? undefined : options.adopt).name;
  const before = workspace.texts().get(LOCK_FILE) ?? "";
  const after = renderLock(pinAll(workspace.snapshot(), adopt));
  if (after === before) {
    terminal.print(`${LOCK_FILE} is up to date.`);
    return EXIT.clean;
  }
  await orUnwritable(LOCK_FILE, writeWhole(join(workspace.folder, LOCK_FILE), after, SHARED_FILE));
  terminal.print(`${LOCK_FILE} written. Review it and commit it with the change.`);
  if (adopt) terminal.print(`${adopt} is adopted: apply may now also remove what the files no longer give.`);
  return EXIT.clean;
}

/** Pins of everything the files name and that exists. What the lock manages already stays managed until it is gone. */
function pinAll(snapshot: Snapshot, adopt: string | undefined): Lock {
  const organizations = new Map<string, OrganizationLock>();
  for (const name of snapshot.project?.content.organizations.keys() ?? []) {
    const old = snapshot.lock.organizations.get(name);
    const roles = new Map<string, Pin>(old?.roles);
    const teams = new Map<string, Pin>(old?.teams);
    for (const resolved of mappingsOf(snapshot, name)) {
      for (const { role } of resolved.roles)
        if (role.answer === "present") roles.set(role.item.name, { id: role.item.id });
      for (const { handle, team } of resolved.teams) {
        if (team.answer === "present") teams.set(handle, { id: team.item.id });
        // A team that apply will create is ours from the start; the next lock fills in its id.
        else if (team.answer === "absent") teams.set(handle, { id: "" });
      }
    }
    organizations.set(name, { adopted: old?.adopted === true || adopt === name, roles, teams });
  }
  const groups = new Map<string, Map<string, Pin>>();
  for (const { directory, group } of resolvedMappings(snapshot)) {
    if (!directory || group?.answer !== "present") continue;
    const pins = groups.get(directory.name) ?? new Map<string, Pin>();
    groups.set(directory.name, pins.set(group.item.name, { id: group.item.id }));
  }
  return { organizations, groups };
}
