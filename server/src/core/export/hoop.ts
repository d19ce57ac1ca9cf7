/**
 * Mappings with `hoop:` as access control of hoop.dev: which groups may use which connection, one `hoop_plugin_connection`
 * resource a connection. That resource replaces the list of its own connection and touches no other. What would wipe the
 * bindings of all (a `PUT` of the plugin) is never called: an export is a file. (hoop 1.14x, 2026-08)
 */

import type { ResolvedMapping } from "../analysis/grants.ts";
import { resolvedMappings } from "../analysis/grants.ts";
import { lineOf } from "../analysis/places.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { countOf } from "../analysis/words.ts";
import type { Lock } from "../model/lock.ts";
import { addTo } from "../model/maps.ts";
import { compareText } from "../model/order.ts";
import { joinAnd } from "../sync/render/words.ts";

export interface HoopExport {
  /** By connection as the files write it, sorted; a connection without a group is left out. */
  readonly connections: ReadonlyMap<string, readonly string[]>;
  /** Grants that are not in it, and why. */
  readonly leftOut: readonly string[];
  /** What hoop makes of the rest. */
  readonly warnings: readonly string[];
  /** Grants of which nobody can tell how hoop would know the group: an export without them would take access away. */
  readonly unknown: readonly string[];
}

/** `organizations` limits it to their mappings; all of them by default. */
export function exportHoop(snapshot: Snapshot, organizations?: readonly string[]): HoopExport {
  const groups = new Map<string, Set<string>>();
  const named = new Set<string>();
  const [leftOut, warnings, unknown] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const mapping of resolvedMappings(snapshot)) {
    if (mapping.mapping.hoop.length === 0 || !isChosen(mapping, organizations)) continue;
    const { file, line } = lineOf(snapshot, { source: mapping.mapping.source, span: mapping.mapping.span });
    const connections = mapping.mapping.hoop.map(({ value }) => connectionOf(value));
    const grant = `${mapping.mapping.group?.text ?? "?"} to ${joinAnd(connections)} (${file}:${line})`;
    for (const connection of connections) named.add(connection);
    const claim = claimOf(mapping, snapshot.lock);
    const reason = reasonAgainst(mapping) ?? claim.absent;
    if (reason !== undefined) leftOut.add(`${grant}: ${reason}`);
    else if (claim.value === undefined) unknown.add(`${grant}: ${claim.why}`);
    else {
      for (const connection of connections) addTo(groups, connection, claim.value);
      for (const warning of warningsFor(snapshot, mapping, claim.value)) warnings.add(warning);
    }
  }
  const empty = [...named].filter((connection) => !groups.has(connection)).sort(compareText);
  for (const connection of empty)
    leftOut.add(
      `connection ${connection}: no group is left, and hoop then shows it to administrators and auditors alone`,
    );
  return {
    connections: new Map(
      [...groups].sort(([a], [b]) => compareText(a, b)).map(([key, set]) => [key, [...set].sort(compareText)]),
    ),
    leftOut: [...leftOut],
    warnings: [...warnings].sort(compareText),
    unknown: [...unknown],
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Ids are the same in either case. */
function connectionOf(written: string): string {
  return UUID.test(written) ? written.toLowerCase() : written;
}

function isChosen({ organization }: ResolvedMapping, organizations: readonly string[] | undefined): boolean {
  return organizations === undefined || (organization !== undefined && organizations.includes(organization.name));
}

function reasonAgainst({ inForce, until, mapping }: ResolvedMapping): string | undefined {
  if (!mapping.group) return "it names no group";
  if (inForce) return undefined;
  return until === undefined ? "its end cannot be read as a day" : `it ended on ${until}`;
}

interface Claim {
  /** What the identity provider tells hoop of the group. */
  readonly value?: string;
  /** Why there is no such group. */
  readonly absent?: string;
  /** Why it is not known. */
  readonly why?: string;
}

/** The group as the directory's claim carries it: by name, or by object id where the project says so. */
function claimOf({ mapping, group, directory }: ResolvedMapping, lock: Lock): Claim {
  const ref = mapping.group;
  if (!ref) return {};
  if (group?.answer === "absent") return { absent: `${directory?.name ?? "the directory"} has no such group` };
  const wanted = directory?.claim ?? "name";
  if (ref.by === wanted) return { value: ref.text };
  if (group?.answer === "present") return { value: wanted === "id" ? group.item.id : group.item.name };
  const pins = lock.groups.get(directory?.name ?? "");
  const pinned =
    wanted === "id" ? pins?.get(ref.text)?.id : [...(pins ?? [])].find(([, { id }]) => id === ref.text)?.[0];
  if (pinned) return { value: pinned };
  const why = group?.answer === "unknown" ? `: ${group.why.message}` : "";
  return { why: `its ${wanted === "id" ? "object id" : "name"} is not known${why}` };
}

/** Groups that hoop itself has: members of `admin` pass every check, those of `auditor` see every session. */
const BUILT_IN = ["admin", "auditor"];

function warningsFor(snapshot: Snapshot, { directory, group }: ResolvedMapping, value: string): readonly string[] {
  const found: string[] = [];
  if (BUILT_IN.includes(value.toLowerCase()))
    found.push(
      `${value} is a group of hoop's own; whoever is in it keeps it, even after leaving the directory's group`,
    );
  if (directory?.type === "entra" && directory.claim === "name")
    found.push(
      `${directory.name}: hoop sees object ids of Entra groups unless the claim is told to carry names; claim: id exports ids`,
    );
  const inner =
    group?.answer === "present"
      ? snapshot.directories.get(directory?.name ?? "")?.nested?.get(group.item.id)
      : undefined;
  if (directory?.type === "google" && inner && inner.size > 0)
    found.push(
      `${value}: ${countOf(inner.size, "person comes", "people come")} through groups inside it, which hoop does not look into`,
    );
  return found;
}

const COMMENT =
  "Written by `accessmap export hoop` from the hoop: keys of the mapping files. Change those, not this file. Access control hides every connection that no group is bound to.";

/** Terraform's JSON. The same export is the same text. */
export function renderHoop({ connections }: Pick<HoopExport, "connections">): string {
  // Without a prototype: a connection may be called `__proto__`.
  const resources: Record<string, object> = Object.create(null);
  for (const [connection, groups] of connections) {
    resources[labelFor(connection, resources)] = {
      plugin_name: "access_control",
      connection_id: UUID.test(connection) ? connection : `\${hoop_connection.${connection}.id}`,
      config: groups.map(literal),
    };
  }
  return JSON.stringify({ "//": COMMENT, resource: { hoop_plugin_connection: resources } }, undefined, 2);
}

/** Labels start with a letter; none stands for two connections. */
function labelFor(connection: string, taken: Readonly<Record<string, object>>): string {
  let label = UUID.test(connection) ? `connection-${connection}` : connection;
  while (Object.hasOwn(taken, label)) label = `${label}_`;
  return label;
}

/** Texts of Terraform's JSON are templates. */
function literal(text: string): string {
  return text.replaceAll(/[$%]\{/g, (start) => start.charAt(0) + start);
}
