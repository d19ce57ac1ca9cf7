/** `accessmap import`: what a live organization gives, as entries of mapping files that keep what is written there. */

import { attributeInUse } from "../core/adopt/fromAuthnMappings.ts";
import { proposeFromLive } from "../core/adopt/fromLive.ts";
import { textsOf, type Written, writeMappings } from "../core/adopt/writeMappings.ts";
import type { OrganizationConfig } from "../core/model/project.ts";
import type { TargetInventory } from "../core/model/target.ts";
import { countOf } from "../core/sync/words.ts";
import { PROJECT_FILE } from "../workspace/discover.ts";
import type { Workspace } from "../workspace/workspaceTypes.ts";
import { EXIT, Exit } from "./exit.ts";
import { refuseBrokenFiles } from "./plan.ts";
import { cancelOnInterrupt, chooseOrganization, openProject, type ProjectOptions } from "./project.ts";
import { rewrite } from "./rewrite.ts";
import type { Terminal } from "./terminal.ts";

export interface ImportOptions extends ProjectOptions {
  readonly organization?: string;
  /** Folder of the file for new entries, relative to the project's. */
  readonly out?: string;
  readonly check?: boolean;
  /** False: notes count people and name nobody. */
  readonly names: boolean;
}

export async function importAccess(options: ImportOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  refuseBrokenFiles(workspace, "Nothing was written");
  const config = chooseOrganization(workspace, options.organization);
  const { name } = config;
  const cancel = cancelOnInterrupt();
  const snapshot = await workspace.survey(name, cancel.signal, (system, { what, done, total }) =>
    terminal.progress(system, `${what} ${done}${total === undefined ? "" : ` of ${total}`}`),
  );
  terminal.endProgress();
  cancel.dispose();
  if (cancel.signal.aborted) throw new Exit(EXIT.live, "Cancelled; nothing was written");
  const proposal = proposeFromLive(snapshot, name, { people: options.names ? "names" : "counts" });
  if ("missing" in proposal) {
    const isWrong = proposal.missing.some(({ kind }) => kind === "wrong-target");
    const reasons = proposal.missing.map(({ system, message }) => `  ${system}: ${message}`);
    throw new Exit(isWrong ? EXIT.refused : EXIT.live, `Nothing was written:\n${reasons.join("\n")}`);
  }
  const written = writeMappings(snapshot, proposal, {
    ...(options.out !== undefined && { folder: folderOf(options.out) }),
    withNotes: true,
  });
  if ("problem" in written) throw new Exit(EXIT.usage, `Nothing was written: ${written.problem}`);
  for (const hint of hintsFor(config, snapshot.targets.get(name))) terminal.note(hint);
  return deliver(workspace, written, proposal.notes.length, options, terminal);
}

/** What the read told of the organization that the project file does not say. */
function hintsFor({ name, id, attribute }: OrganizationConfig, target: TargetInventory | undefined): readonly string[] {
  const key = target && attributeInUse(target);
  const own = target?.actor.state === "known" ? target.actor.value.organizationId : undefined;
  return [
    ...(attribute === undefined && key !== undefined
      ? [`AuthN mappings of ${name} use the attribute "${key}"; ${PROJECT_FILE} could say so: attribute: ${key}`]
      : []),
    ...(id === undefined && own !== undefined
      ? [`${PROJECT_FILE} does not say which organization ${name} is; with id: ${own} no other is ever touched`]
      : []),
  ];
}

/** Writes the files, or shows how they would differ. */
async function deliver(
  workspace: Workspace,
  { changes, added, extended }: Written,
  notes: number,
  { check = false }: ImportOptions,
  terminal: Terminal,
): Promise<number> {
  const unexplained = notes === 0 ? "" : `; ${countOf(notes, "thing", "things")} that no mapping explains`;
  const code = await rewrite(workspace, workspace.texts(), textsOf(changes), { check }, terminal);
  terminal.note(
    changes.length === 0
      ? `The mapping files say all of this already${unexplained}.`
      : `${countOf(added, "entry", "entries")} new, ${extended} longer${unexplained}.`,
  );
  return code;
}

/** A folder inside the project, with forward slashes. */
function folderOf(out: string): string {
  const parts = out.split(/[\\/]+/).filter((part) => part !== "" && part !== ".");
  if (
    /^([\\/]|[A-Za-z]:)/.test(out) ||
    parts.length === 0 ||
    parts.some((part) => part === ".." || part.startsWith("."))
  )
    throw new Exit(EXIT.usage, `--out ${out}: name a folder inside the project, such as access`);
  return parts.join("/");
}
