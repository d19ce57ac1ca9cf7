/** Access maps as tables for spreadsheets. What was not checked says so in its cell. */

import type { AccessFlow, HeatMap, PlanMap } from "./accessMap.ts";
import { mapCountText, NOT_CHECKED, peopleIn } from "./words.ts";

export interface MapSheet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One row for each group; two columns for each class: people and permissions. */
export function heatSheet({ columns, rows }: HeatMap): MapSheet {
  return {
    columns: [
      "group",
      "people",
      "note",
      "place",
      ...columns.flatMap(({ label }) => [`${label} people`, `${label} permissions`]),
    ],
    rows: rows.map((row) => [
      row.name,
      mapCountText(row.people),
      row.note ?? "",
      placeText(row.place),
      ...row.cells.flatMap((cell) =>
        cell.gives === "nothing"
          ? ["0", "0"]
          : [mapCountText(peopleIn(row, cell)), cell.gives === "unknown" ? NOT_CHECKED : `${cell.permissions}`],
      ),
    ]),
  };
}

/** One row for each way: group, role or team, class, permissions. */
export function flowSheet({ nodes, links }: AccessFlow): MapSheet {
  const byKey = new Map(nodes.map((node) => [node.key, node]));
  const rows = links.flatMap((link) => {
    const [from, to] = [byKey.get(link.from), byKey.get(link.to)];
    if (from?.kind !== "group" || !to) return [];
    const start = [from.name, from.people ? mapCountText(from.people) : "", to.kind, to.name, placeText(link.place)];
    const ends = links.filter((next) => next.from === link.to);
    if (ends.length === 0) return [[...start, "", ""]];
    return ends.map((end) => [...start, byKey.get(end.to)?.name ?? "", (end.permissions ?? []).join(" ")]);
  });
  return { columns: ["group", "people", "kind", "given", "place", "class", "permissions"], rows };
}

/** One row for each class, role and team that the plan touches. */
export function planSheet({ rows }: PlanMap): MapSheet {
  return {
    columns: ["kind", "name", "before", "after", "gain", "lose", "place"],
    rows: rows.map(({ kind, name, before, after, gain, loss, place }) => [
      kind,
      name,
      before === undefined ? NOT_CHECKED : `${before}`,
      after === undefined ? NOT_CHECKED : `${after}`,
      `${gain}`,
      `${loss}`,
      placeText(place),
    ]),
  };
}

function placeText(place: { readonly file: string; readonly line: number } | undefined): string {
  return place ? `${place.file}:${place.line}` : "";
}
