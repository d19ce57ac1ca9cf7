/** Before and after a plan: a bar for each class, role and team, with the numbers beside it. */

import { changeText, type PlanMap, type PlanMapRow } from "../../../server/src/lsp/protocol/accessMap.ts";
import { make } from "./dom.ts";
import type { HeatActions } from "./heatTable.ts";
import { words } from "./words.ts";

/** Bars share one scale: the largest number is the full width. */
export function planTable({ title, rows }: PlanMap, { open }: HeatActions): HTMLElement {
  const most = Math.max(1, ...rows.map(({ before = 0, after = 0 }) => Math.max(before, after)));
  const head = make(
    "tr",
    {},
    ...[words.what, words.beforeAndAfter, words.people].map((text) => make("th", { scope: "col" }, text)),
  );
  return make(
    "table",
    { class: "plan", "aria-label": title },
    make("thead", {}, head),
    make("tbody", {}, ...rows.map((row) => rowOf(row, most, open))),
  );
}

function rowOf(row: PlanMapRow, most: number, open: HeatActions["open"]): HTMLElement {
  const { kind, name, place } = row;
  const text = kind === "class" ? name : `${kind} ${name}`;
  const title = place
    ? make("button", { type: "button", class: "link", "data-key": text }, text)
    : make("span", {}, text);
  if (place) title.addEventListener("click", () => open(place));
  return make(
    "tr",
    { class: kind },
    make("th", { scope: "row" }, title),
    make("td", { "aria-hidden": true }, barOf(row, most)),
    make("td", { class: "numbers" }, changeText(row)),
  );
}

function barOf({ before, after, gain, loss, worst }: PlanMapRow, most: number): HTMLElement {
  if (before === undefined || after === undefined) return make("div", { class: "bar unknown" });
  const part = (people: number, look: string) => {
    const element = make("span", { class: `part ${look} ${worst ?? ""}` });
    element.style.width = `${(people / most) * 100}%`;
    return element;
  };
  return make(
    "div",
    { class: "bar" },
    part(Math.max(0, before - loss), "kept"),
    part(gain, "gained"),
    part(loss, "lost"),
  );
}
