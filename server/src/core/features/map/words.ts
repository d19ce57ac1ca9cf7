/** What an access map says in words: counts of people, and what a screen reader is told of a cell or a node. */

import { countOf } from "../../analysis/words.ts";
import type { AccessFlow, FlowNode, MapCell, MapColumn, MapCount, MapRow } from "./accessMap.ts";

export const NOT_CHECKED = "not checked";

/** `41`, `at least 41`, `up to 41`, `not checked`. */
export function mapCountText(people: MapCount): string {
  switch (people.state) {
    case "exact":
      return `${people.people}`;
    case "least":
      return `at least ${people.people}`;
    case "most":
      return `up to ${people.people}`;
    case "unknown":
      return NOT_CHECKED;
  }
}

/** For the room of a cell: `41`, `41+`, `≤41`, `?`. */
export function peopleSign(people: MapCount): string {
  switch (people.state) {
    case "exact":
      return `${people.people}`;
    case "least":
      return `${people.people}+`;
    case "most":
      return `≤${people.people}`;
    case "unknown":
      return "?";
  }
}

/** Whom a cell is about. */
export function peopleIn({ people }: Pick<MapRow, "people">, cell: MapCell): MapCount {
  if (cell.gives === "unknown") return { state: "unknown", why: cell.why };
  return cell.gives === "something" && cell.people !== undefined
    ? { state: people.state === "least" ? "least" : "exact", people: cell.people }
    : people;
}

/** `dd-sre, critical: 41 people, 3 permissions: logs_delete_data, …`. */
export function cellText(row: MapRow, column: Pick<MapColumn, "label">, cell: MapCell): string {
  const head = `${row.name}, ${column.label}`;
  if (cell.gives === "nothing") return `${head}: nothing`;
  if (cell.gives === "unknown") return `${head}: ${NOT_CHECKED}: ${cell.why}`;
  const people = peopleIn(row, cell);
  const who = people.state === "unknown" ? `people ${NOT_CHECKED}: ${people.why}` : `${mapCountText(people)} people`;
  const more = cell.permissions > cell.names.length ? ` and ${cell.permissions - cell.names.length} more` : "";
  return `${head}: ${who}, ${countOf(cell.permissions, "permission")} (up to ${cell.worst}): ${cell.names.join(", ")}${more}`;
}

/** `Group dd-sre, 41 people, gives SRE and team sre`. */
export function nodeText(flow: AccessFlow, node: FlowNode): string {
  const names = new Map(flow.nodes.map(({ key, name, kind }) => [key, kind === "team" ? `team ${name}` : name]));
  const out = flow.links.filter(({ from }) => from === node.key);
  const inward = flow.links.filter(({ to }) => to === node.key);
  const kind = node.kind === "class" ? "" : `${node.kind} `;
  const people = node.people
    ? `, ${node.people.state === "unknown" ? `people ${NOT_CHECKED}` : `${mapCountText(node.people)} people`}`
    : "";
  const gives = out.length === 0 ? "" : `, gives ${out.map(({ to }) => names.get(to)).join(", ")}`;
  const from = inward.length === 0 ? "" : `, from ${inward.map((link) => names.get(link.from)).join(", ")}`;
  const note = node.note ? `, ${node.note}` : "";
  return `${kind}${node.name}${people}${gives}${from}${note}`;
}

/** What is left out of a map, for a row or line that says so; undefined where nothing is. */
export function cutText({ cut, filtered, unheld = 0 }: Left): string | undefined {
  const parts = [
    ...(cut > 0 ? [`${countOf(cut, "more group")}: filter to see them`] : []),
    ...(filtered > 0 ? [`${countOf(filtered, "group")} left out by the filter`] : []),
    ...(unheld > 0 ? [`${countOf(unheld, "product area")} of which nobody holds anything`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join("; ");
}

interface Left {
  readonly cut: number;
  readonly filtered: number;
  readonly unheld?: number;
}
