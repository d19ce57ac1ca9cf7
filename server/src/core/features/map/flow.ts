/** The flow of access: which groups give which roles and teams, and what those permit. Of many groups, or of one person. */

import { classOfPerson, groupsOf } from "../../analysis/engine/answers.ts";
import type { Engine, GroupNode } from "../../analysis/engine/engine.ts";
import { peopleNamed } from "../../analysis/engine/find.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import type { TargetInventory } from "../../model/target.ts";
import { compareSensitivity } from "../../model/target.ts";
import type { MappedGroup, Organization } from "../rows/mapped.ts";
import { matching } from "../rows/row.ts";
import type { AccessFlow, FlowLink, FlowNode } from "./accessMap.ts";
import { type By, classesOf, type PermissionClass } from "./classes.ts";
import { doubtIn, doubtInRole, gapsIn, headOf, namesIn, placeAt } from "./groupFacts.ts";
import { type MapQuestion, sortedGroups } from "./heatMap.ts";

/** What a flow is drawn from. */
interface Drawing {
  readonly snapshot: Snapshot;
  readonly engine: Engine;
  readonly classes: readonly PermissionClass[];
  readonly nodes: Map<string, FlowNode>;
  readonly links: Map<string, FlowLink>;
}

/** Groups whose names, or whose roles' names, have the words of the filter. */
export function flowOf(snapshot: Snapshot, organization: Organization, { by, filter, most }: MapQuestion): AccessFlow {
  const { engine, target, config } = organization;
  const groups = sortedGroups(organization, by);
  const matches = matching(groups, (group) => wordsOf(engine, group), filter);
  const shown = matches.slice(0, most);
  const counts = { cut: matches.length - shown.length, filtered: groups.length - matches.length };
  const title = `Who gets what in ${config.name}`;
  if (!engine || !target) return { by, title, ...unread(snapshot, organization, shown), ...counts };
  const drawing = newDrawing(snapshot, engine, target, by);
  for (const group of shown) drawGroup(drawing, group, engine.groups.get(group.key), config.name);
  return { by, title, ...finish(drawing), ...counts, gaps: gapsIn(engine) };
}

/** What one person holds, through what; undefined when nobody known is called so. Several people: the first is drawn. */
export function personFlow(
  snapshot: Snapshot,
  organization: Organization,
  by: By,
  person: string,
): AccessFlow | undefined {
  const { engine, target, groups, config } = organization;
  const [key] = engine ? peopleNamed(engine, person) : [];
  const one = engine && key !== undefined ? classOfPerson(engine, key) : undefined;
  if (!engine || !target || key === undefined || !one) return undefined;
  const drawing = newDrawing(snapshot, engine, target, by);
  const mapped = new Map(groups.map((group) => [group.key, group]));
  for (const node of groupsOf(engine, one)) {
    const group = mapped.get(node.key);
    if (group) drawGroup(drawing, group, node, config.name);
  }
  if (one.outside.length > 0) {
    drawing.nodes.set(OUTSIDE, { key: OUTSIDE, kind: "group", name: "Outside the files" });
    for (const id of one.outside) drawRole(drawing, OUTSIDE, id);
  }
  const facts = engine.relation.people.get(key);
  const title = `${facts?.name ?? person} in ${config.name}`;
  return { by, title, ...finish(drawing), cut: 0, filtered: 0, gaps: gapsFor(engine, key) };
}

const OUTSIDE = "outside";

function newDrawing(snapshot: Snapshot, engine: Engine, target: TargetInventory, by: By): Drawing {
  return { snapshot, engine, classes: classesOf(target, by), nodes: new Map(), links: new Map() };
}

function wordsOf(engine: Engine | undefined, { key, name }: MappedGroup): string {
  const grants = engine?.groups.get(key)?.facts.grants ?? [];
  const given = grants.map((grant) =>
    grant.kind === "role" ? (engine?.relation.roles.get(grant.role)?.name ?? "") : grant.team,
  );
  return [name, ...given].join(" ");
}

function drawGroup(drawing: Drawing, group: MappedGroup, node: GroupNode | undefined, system: string): void {
  const { snapshot, engine, nodes, links } = drawing;
  const key = `group ${group.key}`;
  const { name, note, people, place } = headOf(snapshot, group, node, system);
  const doubt = node && doubtIn(engine, node);
  const notes = [note, doubt && `may give more: ${doubt}`].filter(Boolean).join("; ");
  nodes.set(key, { key, kind: "group", name, people, ...(notes && { note: notes }), ...(place && { place }) });
  for (const grant of node?.facts.grants ?? []) {
    const at = placeAt(snapshot, grant.spot);
    if (grant.kind === "role") {
      const worst = drawRole(drawing, key, grant.role, at);
      const own = nodes.get(key);
      if (own && worst && isWorse(worst, own.worst)) nodes.set(key, { ...own, worst });
      continue;
    }
    const team = `team ${grant.team}`;
    if (!nodes.has(team)) nodes.set(team, { key: team, kind: "team", name: grant.team });
    links.set(`${key} ${team}`, { from: key, to: team, ...at });
  }
}

/** The worst that the role gives. */
function drawRole(drawing: Drawing, from: string, id: string, at: Pick<FlowLink, "place"> = {}): FlowNode["worst"] {
  const { engine, classes, nodes, links } = drawing;
  const key = `role ${id}`;
  const role = engine.relation.roles.get(id);
  if (!nodes.has(key)) {
    const held = engine.roleBits.get(id) ?? new Uint32Array();
    let worst: FlowNode["worst"];
    for (const one of classes) {
      const given = namesIn(engine, held, one.bits);
      const [first] = given;
      if (!first) continue;
      if (isWorse(first.sensitivity, worst)) worst = first.sensitivity;
      const end = `class ${one.key}`;
      nodes.set(end, { key: end, kind: "class", name: one.label, worst: one.worst });
      const permissions = given.map(({ name }) => name);
      links.set(`${key} ${end}`, { from: key, to: end, worst: first.sensitivity, permissions });
    }
    const note = doubtInRole(engine, id);
    nodes.set(key, { key, kind: "role", name: role?.name ?? id, ...(worst && { worst }), ...(note && { note }) });
  }
  const worst = nodes.get(key)?.worst;
  links.set(`${from} ${key}`, { from, to: key, ...(worst && { worst }), ...at });
  return worst;
}

function isWorse(one: NonNullable<FlowNode["worst"]>, other: FlowNode["worst"]): boolean {
  return other === undefined || compareSensitivity(one, other) > 0;
}

/** Classes in the order of the columns, so that the worst is on top. */
function finish({ classes, nodes, links }: Drawing): Pick<AccessFlow, "nodes" | "links"> {
  const all = [...nodes.values()];
  const ends = classes.flatMap(({ key }) => nodes.get(`class ${key}`) ?? []);
  return { nodes: [...all.filter(({ kind }) => kind !== "class"), ...ends], links: [...links.values()] };
}

function gapsFor(engine: Engine, key: string): readonly string[] {
  const own = engine.relation.people.get(key)?.outsideGap;
  return own === undefined ? gapsIn(engine) : [own, ...gapsIn(engine)];
}

function unread(snapshot: Snapshot, { config }: Organization, shown: readonly MappedGroup[]) {
  const nodes = shown.map((group): FlowNode => {
    const { name, people, place } = headOf(snapshot, group, undefined, config.name);
    return { key: `group ${group.key}`, kind: "group", name, people, ...(place && { place }) };
  });
  return { nodes, links: [], gaps: [`${config.name} has not been read yet`] };
}
