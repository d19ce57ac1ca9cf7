/** A heat map as a picture that stands by itself. */

import type { HeatMap, MapCell, MapRow } from "./accessMap.ts";
import { element, escapeXml, label, picture } from "./svg.ts";
import { cellText, cutText, mapCountText, peopleIn, peopleSign } from "./words.ts";

const [ROW, NAME, PEOPLE, GAP, TOP] = [22, 240, 90, 12, 64] as const;
const COLUMN = { sensitivity: 90, area: 64 } as const;

/** `about`: the organization and the age of the data, in a sentence. */
export function heatSvg(map: HeatMap, about: string): string {
  const column = COLUMN[map.by];
  // Names of areas do not fit above narrow columns, so they are turned.
  const top = map.by === "area" ? TOP + 130 : TOP;
  const left = GAP + NAME + PEOPLE;
  const notes = [cutText(map), ...map.gaps.map((gap) => `Not known: ${gap}`), FOOT].filter(
    (text) => text !== undefined,
  );
  const width = Math.max(left + map.columns.length * column + GAP, 820);
  const bottom = top + (map.rows.length + 1) * ROW;
  const most = Math.max(1, ...map.rows.map(({ people }) => ("people" in people ? people.people : 0)));
  return picture({
    width,
    height: bottom + notes.length * ROW + GAP,
    title: "Access map: groups and what they give",
    description: `${about} ${map.rows.length} rows of groups, ${map.columns.length} columns of permissions. Cells count the people who get something.`,
    isStandalone: true,
    content: [
      label(about, width - 2 * GAP, { x: GAP, y: 24, class: "am-head" }),
      ...map.columns.map(({ label: text }, at) => headOf(text, left + at * column, top, map.by)),
      ...map.rows.flatMap((row, at) => rowOf(map, row, { y: top + at * ROW, left, column, most })),
      ...totals(map, { y: top + map.rows.length * ROW, left, column }),
      ...notes.map((text, at) =>
        label(text, width - 2 * GAP, { x: GAP, y: bottom + at * ROW + 16, class: "am-quiet" }),
      ),
    ],
  });
}

const FOOT =
  "Beyond what everybody and the Datadog Read Only Role have; before resource restrictions. Hatched: not checked.";

function headOf(text: string, x: number, top: number, by: HeatMap["by"]): string {
  if (by === "sensitivity") return label(text, COLUMN.sensitivity, { x: x + 4, y: top - 8, class: "am-head" });
  const [at, y] = [x + 36, top - 8];
  return label(text, 180, { x: at, y, class: "am-head", transform: `rotate(-50 ${at} ${y})` });
}

interface Room {
  readonly y: number;
  readonly left: number;
  readonly column: number;
}

function rowOf(
  map: HeatMap,
  row: MapRow,
  { y, left, column, most }: Room & { readonly most: number },
): readonly string[] {
  const name = row.note === undefined ? row.name : `${row.name} (${row.note})`;
  return [
    label(name, NAME - 8, { x: GAP, y: y + 15 }),
    label(mapCountText(row.people), PEOPLE - 8, { x: GAP + NAME, y: y + 15, class: "am-quiet" }),
    ...row.cells.map((cell, at) => {
      const title = element("title", {}, escapeXml(cellText(row, map.columns[at] ?? { label: "" }, cell)));
      return element("g", {}, title, ...drawCell(row, cell, { x: left + at * column, y, width: column - 2, most }));
    }),
  ];
}

function drawCell(
  row: MapRow,
  cell: MapCell,
  { x, y, width, most }: { readonly x: number; readonly y: number; readonly width: number; readonly most: number },
): readonly string[] {
  const box = { x, y: y + 1, width, height: ROW - 2 };
  if (cell.gives === "nothing") return [element("rect", { ...box, fill: "none", class: "am-grid" })];
  const people = peopleIn(row, cell);
  const text = label(peopleSign(people), width, { x: x + 6, y: y + 15 });
  if (cell.gives === "unknown" || people.state === "unknown")
    return [element("rect", { ...box, class: "am-unknown" }), text];
  // Few people must still be seen, and many must not look all the same.
  const weight = 0.15 + 0.4 * (Math.log(people.people + 1) / Math.log(most + 1));
  return [element("rect", { ...box, class: `am-${cell.worst}`, "fill-opacity": weight.toFixed(2) }), text];
}

function totals({ columns }: HeatMap, { y, left, column }: Room): readonly string[] {
  return [
    label("Everybody, each once", NAME + PEOPLE, { x: GAP, y: y + 15, class: "am-head" }),
    ...columns.map(({ everybody }, at) =>
      label(peopleSign(everybody), column, { x: left + at * column + 6, y: y + 15, class: "am-head" }),
    ),
  ];
}
