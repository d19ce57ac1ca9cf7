/** `accessmap import`: what a live organization or Terraform gives, as entries of mapping files that keep what is written there. */

import { attributeInUse } from "../core/adopt/fromAuthnMappings.ts";
import { proposeFromLive } from "../core/adopt/fromLive.ts";
import type { Proposal } from "../core/adopt/proposal.ts";
import { proposeFromTerraform, readTerraform } from "../core/adopt/terraform/fromTerraform.ts";
import { textsOf, type Written, writeMappings } from "../core/adopt/writeMappings.ts";
import type { Snapshot } from "../core/analysis/snapshot.ts";
import { countOf } from "../core/analysis/words.ts";
import type { OrganizationConfig } from "../core/model/project.ts";
import type { TargetInventory } from "../core/model/target.ts";
import { PROJECT_FILE } from "../workspace/discover.ts";
import { liveGaps } from "../workspace/live/statuses.ts";
import type { Workspace } from "../workspace/workspaceTypes.ts";
import { refuseBrokenFiles } from "./plan.ts";
import { readOrEnd } from "./support/cancel.ts";
import { EXIT, Exit } from "./support/exit.ts";
import { chooseOrganization, openProject, type ProjectOptions, readLive } from "./support/project.ts";
import { rewrite } from "./support/rewrite.ts";
import type { Terminal } from "./support/terminal.ts";
import { readTerraformFiles } from "./terraformFiles.ts";

export interface ImportOptions extends ProjectOptions {
  readonly organization?: string;
  /** Folder of the file for new entries, relative to the project's. */
  readonly out?: string;
  readonly check?: boolean;
  /** `live`, or a path of Terraform files. */
  readonly from?: string;
  /** Provider of the Terraform resources that count. */
  readonly provider?: string;
  /** False: notes count people and name nobody. */
  readonly names: boolean;
}

/** What is to be written, and the snapshot whose files it goes into. */
interface Imported {
  readonly snapshot: Snapshot;
  readonly proposal: Proposal;
}

/**
 * Adds to mapping files and takes nothing from them. From a live organization everything that it rests on must have
 * been read whole.
 */
export async function importAccess(options: ImportOptions, terminal: Terminal): Promise<number> {
  const workspace = await openProject(options, terminal);
  refuseBrokenFiles(workspace, "Nothing was written");
  const config = chooseOrganization(workspace, options.organization);
  const { from = LIVE } = options;
  const { snapshot, proposal } =
    from === LIVE
      ? await fromLive(workspace, config.name, options, terminal)
      : await fromTerraform(workspace, config, { ...options, from }, terminal);
  const written = writeMappings(snapshot, proposal, {
    ...(options.out !== undefined && { folder: folderOf(options.out) }),
    withNotes: true,
  });
  if ("problem" in written) throw new Exit(EXIT.usage, `Nothing was written: ${written.problem}`);
  for (const hint of hintsFor(config, snapshot.targets.get(config.name))) terminal.note(hint);
  if (from !== LIVE && proposal.mappings.length > 0) terminal.note(TWO_WRITERS);
  return deliver(workspace, written, proposal.notes.length, options, terminal);
}

const LIVE = "live";

const TWO_WRITERS =
  "Terraform still writes these AuthN mappings too. Before roles or teams are pushed through SAML from here, take them out of its state: terraform state rm";

async function fromLive(
  workspace: Workspace,
  organization: string,
  { names, live = true }: ImportOptions,
  terminal: Terminal,
): Promise<Imported> {
  if (!live) throw new Exit(EXIT.usage, "--no-live leaves nothing to import; name Terraform files with --from");
  const snapshot = await readOrEnd(terminal, (signal, onProgress) =>
    workspace.survey(organization, signal, onProgress),
  );
  const proposal = proposeFromLive(snapshot, organization, { people: names ? "names" : "counts" });
  if (!("missing" in proposal)) return { snapshot, proposal };
  const isWrong = proposal.missing.some(({ kind }) => kind === "wrong-target");
  const reasons = proposal.missing.map(({ system, message }) => `  ${system}: ${message}`);
  throw new Exit(isWrong ? EXIT.refused : EXIT.live, `Nothing was written:\n${reasons.join("\n")}`);
}

/** Live systems only help to name what the files give by id: what cannot be read is said, and no reason to stop. */
async function fromTerraform(
  workspace: Workspace,
  organization: OrganizationConfig,
  { from, provider, live = true }: ImportOptions & { readonly from: string },
  terminal: Terminal,
): Promise<Imported> {
  const files = await readTerraformFiles(from);
  if (live) {
    await readLive(workspace, terminal, "import");
    for (const gap of liveGaps(workspace)) terminal.note(gap);
  }
  const snapshot = workspace.snapshot();
  const read = readTerraform(files);
  if (read.resources.length === 0 && read.unread.length > 0)
    throw new Exit(EXIT.usage, `Nothing was written:\n${read.unread.map((why) => `  ${why}`).join("\n")}`);
  const proposal = proposeFromTerraform(snapshot, organization, read, provider === undefined ? {} : { provider });
  if ("problem" in proposal) throw new Exit(EXIT.usage, `Nothing was written: ${proposal.problem}`);
  return { snapshot, proposal };
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
  const unexplained = notes === 0 ? "" : `; ${countOf(notes, "thing")} that no mapping explains`;
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
