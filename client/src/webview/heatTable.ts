/** The heat map as a grid: arrows move between cells, Enter goes to the line, and each cell says what it shows. */

import {
  cellText,
  cutText,
  type HeatMap,
  type MapCell,
  type MapPlace,
  type MapRow,
  peopleIn,
  peopleSign,
  peopleText,
} from "../../../server/src/lsp/protocol/accessMap.ts";
import { focusOnly, make } from "./dom.ts";
import { fill, words } from "./words.ts";

export interface HeatActions {
  open(place: MapPlace): void;
  /** Says what the cell under pointer or focus is. */
  describe(text: string): void;
}

/** All rows that came; how many were cut stands below. One cell of the grid can be reached by Tab. */
export function heatTable(map: HeatMap, actions: HeatActions): HTMLElement {
  const most = Math.max(1, ...map.rows.map(({ people }) => ("people" in people ? people.people : 0)));
  const head = make(
    "tr",
    {},
    headCell(words.group),
    headCell(words.people),
    ...map.columns.map(({ label }) => headCell(label, map.by)),
  );
  const rows = map.rows.map((row) => rowOf(map, row, most));
  const left = cutText(map);
  const table = make(
    "table",
    {
      role: "grid",
      class: `heat by-${map.by}`,
      "aria-label": words.table,
      "aria-rowcount": rows.length + map.cut + 2,
    },
    make("thead", {}, head),
    make("tbody", {}, ...rows.map(({ element }) => element), totalsOf(map)),
    ...(left === undefined
      ? []
      : [make("tfoot", {}, make("tr", {}, make("td", { colspan: map.columns.length + 2, class: "left" }, left)))]),
  );
  wire(table, rows, actions);
  return table;
}

interface Cell {
  readonly element: HTMLElement;
  readonly text: string;
  readonly place: MapPlace | undefined;
}

interface Row {
  readonly element: HTMLElement;
  readonly cells: readonly Cell[];
}

function headCell(text: string, by?: HeatMap["by"]): HTMLElement {
  return make("th", { scope: "col", role: "columnheader", class: by }, make("span", {}, text));
}

function rowOf(map: HeatMap, row: MapRow, most: number): Row {
  const { name, note, people, place } = row;
  const spoken = [name, note, fill(words.peopleOf, peopleText(people))].filter(Boolean).join(", ");
  const title = make(
    "th",
    { scope: "row", role: "rowheader", tabindex: -1, class: place && "press", "aria-label": spoken },
    name,
  );
  if (note) title.append(" ", make("span", { class: "note" }, note));
  const count = make(
    "td",
    { role: "gridcell", tabindex: -1, class: people.state === "unknown" ? "count unknown" : "count" },
    peopleSign(people),
  );
  const why = people.state === "unknown" ? `${spoken}: ${people.why}` : spoken;
  count.setAttribute("aria-label", why);
  const cells = row.cells.map((cell, at): Cell => {
    const text = cellText(row, map.columns[at] ?? { label: "" }, cell);
    return {
      element: drawCell(row, cell, text, map.by, most),
      text,
      place: cell.gives === "something" ? (cell.place ?? place) : place,
    };
  });
  const all = [{ element: title, text: spoken, place }, { element: count, text: why, place }, ...cells];
  const labels = ["", words.people, ...map.columns.map(({ label }) => label)];
  for (const [at, { element }] of all.entries()) element.dataset.key = `${name}, ${labels[at]}`;
  return { element: make("tr", {}, ...all.map(({ element }) => element)), cells: all };
}

function drawCell(row: MapRow, cell: MapCell, text: string, by: HeatMap["by"], most: number): HTMLElement {
  const people = peopleIn(row, cell);
  const isUnknown = cell.gives === "unknown" || (cell.gives === "something" && people.state === "unknown");
  const look = cell.gives === "nothing" ? "nothing" : isUnknown ? "unknown" : cell.worst;
  // A number that is a bound has a broken edge.
  const edge = people.state === "exact" ? "" : " bound";
  const element = make("td", { role: "gridcell", tabindex: -1, class: `cell ${look}${edge}`, "aria-label": text });
  if (cell.gives === "nothing") return element;
  element.append(isUnknown ? "?" : peopleSign(people));
  // Columns of sensitivities say how bad a cell is; columns of areas do not.
  if (by === "area" && cell.gives === "something") element.append(" ", make("small", {}, SHORT[cell.worst]));
  if (people.state !== "unknown") element.style.setProperty("--weight", `${weightOf(people.people, most)}%`);
  return element;
}

const SHORT = {
  critical: words.shortCritical,
  high: words.high,
  medium: words.shortMedium,
  low: words.low,
} as const;

/** Few people must still be seen, many must not look all the same, and a number must be read on any of them. */
function weightOf(people: number, most: number): number {
  return Math.round(10 + 26 * (Math.log(people + 1) / Math.log(most + 1)));
}

function totalsOf({ columns }: HeatMap): HTMLElement {
  return make(
    "tr",
    { class: "totals" },
    make("th", { scope: "row" }, words.everybody),
    make("td", {}),
    ...columns.map(({ label, everybody }) =>
      make(
        "td",
        {
          class: everybody.state === "unknown" ? "unknown" : undefined,
          "aria-label": `${label}: ${fill(words.peopleOf, peopleText(everybody))}`,
        },
        peopleSign(everybody),
      ),
    ),
  );
}

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [15, 0],
  PageUp: [-15, 0],
  Home: [0, -1e6],
  End: [0, 1e6],
};

function wire(table: HTMLElement, rows: readonly Row[], { open, describe }: HeatActions): void {
  const spots = new Map<EventTarget, readonly [row: number, column: number]>();
  for (const [at, { cells }] of rows.entries())
    for (const [column, { element }] of cells.entries()) spots.set(element, [at, column]);
  const find = (event: Event) => {
    const element = (event.target as Element).closest("td,th");
    const spot = element ? spots.get(element) : undefined;
    return spot && rows[spot[0]]?.cells[spot[1]];
  };
  const first = rows[0]?.cells[0]?.element;
  if (first) first.tabIndex = 0;
  table.addEventListener("click", (event) => {
    const cell = find(event);
    if (!cell) return;
    focusOnly(table.querySelectorAll<HTMLElement>("[tabindex='0']"), cell.element);
    if (cell.place) open(cell.place);
  });
  for (const kind of ["mouseover", "focusin"])
    table.addEventListener(kind, (event) => {
      const cell = find(event);
      if (cell) describe(cell.text);
    });
  table.addEventListener("keydown", (event) => {
    const spot = event.target ? spots.get(event.target) : undefined;
    const step = STEPS[event.key];
    if (!spot) return;
    const [row, column] = spot;
    if (step) {
      const next = rows[clamp(row + step[0], rows.length)]?.cells;
      const cell = next?.[clamp(column + step[1], next.length)];
      if (!cell) return;
      event.preventDefault();
      focusOnly(table.querySelectorAll<HTMLElement>("[tabindex='0']"), cell.element);
      return;
    }
    const place = rows[row]?.cells[column]?.place;
    if ((event.key === "Enter" || event.key === " ") && place) {
      event.preventDefault();
      open(place);
    }
  });
}

function clamp(value: number, length: number): number {
  return Math.min(Math.max(value, 0), length - 1);
}
