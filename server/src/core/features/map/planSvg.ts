/** Before and after a plan as a picture that stands by itself: a bar for what is kept, and what is gained and lost. */

import type { PlanMap, PlanMapRow } from "./accessMap.ts";
import { changeText } from "./planWords.ts";
import { element, escapeXml, label, picture } from "./svg.ts";

const [ROW, GAP, TOP, NAME, BAR, WIDTH] = [24, 12, 56, 260, 380, 860] as const;

/** `about`: the organization and the age of the data, in a sentence. */
export function planSvg(map: PlanMap, about: string): string {
  const most = Math.max(1, ...map.rows.map(({ before = 0, after = 0 }) => Math.max(before, after)));
  const bottom = TOP + map.rows.length * ROW;
  return picture({
    width: WIDTH,
    height: bottom + map.gaps.length * ROW + GAP,
    title: map.title,
    description: `${about} People who hold something before and after: by class of permissions, role and team.`,
    isStandalone: true,
    content: [
      label(`${map.title}. ${about}`, WIDTH, { x: GAP, y: 24, class: "am-head" }),
      ...map.rows.map((row, at) => drawRow(row, TOP + at * ROW, most)),
      ...map.gaps.map((gap, at) =>
        label(`Not known: ${gap}`, WIDTH, { x: GAP, y: bottom + at * ROW + 16, class: "am-quiet" }),
      ),
    ],
  });
}

function drawRow(row: PlanMapRow, y: number, most: number): string {
  const { kind, name, worst, before, after, loss, gain } = row;
  const text = kind === "class" ? name : `${kind} ${name}`;
  const [x, height] = [GAP + NAME, ROW - 6];
  const widthOf = (people: number) => Math.round((people / most) * BAR);
  const kept = Math.max(0, (before ?? 0) - loss);
  const parts =
    before === undefined || after === undefined
      ? [element("rect", { x, y, width: BAR, height, class: "am-unknown" })]
      : [
          element("rect", { x, y, width: widthOf(kept), height, class: `am-${worst ?? "none"}`, "fill-opacity": 0.45 }),
          element("rect", { x: x + widthOf(kept), y, width: widthOf(gain), height, class: `am-${worst ?? "none"}` }),
          element("rect", {
            x: x + widthOf(kept + gain),
            y,
            width: widthOf(loss),
            height,
            fill: "none",
            stroke: "#616161",
            "stroke-dasharray": "3 2",
          }),
        ];
  return element(
    "g",
    {},
    element("title", {}, escapeXml(`${text}: ${changeText(row)}`)),
    label(text, NAME - 8, { x: GAP, y: y + 13 }),
    ...parts,
    label(changeText(row), 180, { x: x + BAR + 10, y: y + 13 }),
  );
}
