/** A flow as a picture: groups, what they give, and what that permits, side by side with lines between. */

import type { AccessFlow, FlowLink, FlowNode } from "./accessMap.ts";
import { element, escapeXml, label, picture } from "./svg.ts";
import { cutText, nodeText, peopleSign } from "./words.ts";

const [ROW, GAP, TOP, NODE] = [30, 12, 56, 22] as const;
const WIDTH = 920;
const LANES: readonly (readonly FlowNode["kind"][])[] = [["group"], ["role", "team"], ["class"]];
const LANE = { x: [GAP, 380, 730], width: [230, 210, 178] } as const;
const HEADS = ["Group", "Role or team", "Permissions"] as const;

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** `isStandalone`: a file with colours of its own; else nodes can be reached and pressed in a page. */
export function flowSvg(flow: AccessFlow, about: string, isStandalone: boolean): string {
  const lanes = LANES.map((kinds) => flow.nodes.filter(({ kind }) => kinds.includes(kind)));
  const tallest = Math.max(1, ...lanes.map(({ length }) => length));
  const spots = new Map<string, Spot>();
  for (const [lane, nodes] of ordered(lanes, flow.links).entries())
    for (const [at, { key }] of nodes.entries()) {
      // Shorter lanes are spread over the height of the longest.
      const y = TOP + ((at + 0.5) * tallest * ROW) / nodes.length - NODE / 2;
      spots.set(key, { x: LANE.x[lane] ?? 0, y: Math.round(y), width: LANE.width[lane] ?? 0 });
    }
  const notes = isStandalone ? [cutText(flow), ...flow.gaps.map((gap) => `Not known: ${gap}`)].filter(Boolean) : [];
  const bottom = TOP + tallest * ROW + GAP;
  return picture({
    width: WIDTH,
    height: bottom + notes.length * ROW,
    title: flow.title,
    description: `${about} Lines lead from groups to the roles and teams they give, and from roles to the permissions in them.`,
    isStandalone,
    content: [
      ...(isStandalone ? [label(`${flow.title}. ${about}`, WIDTH, { x: GAP, y: 20, class: "am-head" })] : []),
      ...HEADS.map((text, lane) => label(text, 200, { x: LANE.x[lane] ?? 0, y: 44, class: "am-quiet" })),
      element("g", { "aria-hidden": "true" }, ...flow.links.map((link) => drawLink(link, spots))),
      ...flow.nodes.map((node) => drawNode(flow, node, spots.get(node.key), isStandalone)),
      ...notes.map((text, at) =>
        label(text ?? "", WIDTH - GAP, { x: GAP, y: bottom + at * ROW + 8, class: "am-quiet" }),
      ),
    ],
  });
}

/** Each lane by the middle of what leads to it, so that lines cross little; classes keep the order of columns. */
function ordered(
  lanes: readonly (readonly FlowNode[])[],
  links: readonly FlowLink[],
): readonly (readonly FlowNode[])[] {
  const [groups = [], given = [], classes = []] = lanes;
  const place = new Map(groups.map(({ key }, at) => [key, at]));
  const middle = new Map(
    given.map(({ key }) => {
      const sources = links.flatMap(({ from, to }) => (to === key ? [place.get(from) ?? 0] : []));
      return [key, sources.reduce((sum, at) => sum + at, 0) / Math.max(1, sources.length)];
    }),
  );
  return [groups, [...given].sort((a, b) => (middle.get(a.key) ?? 0) - (middle.get(b.key) ?? 0)), classes];
}

function drawLink({ from, to, worst, permissions }: FlowLink, spots: ReadonlyMap<string, Spot>): string {
  const [start, end] = [spots.get(from), spots.get(to)];
  if (!start || !end) return "";
  const [x1, y1] = [start.x + start.width, start.y + NODE / 2];
  const [x2, y2] = [end.x, end.y + NODE / 2];
  const middle = (x1 + x2) / 2;
  const width = permissions ? 1 + Math.min(6, Math.log2(permissions.length + 1)) : 2;
  return element("path", {
    d: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`,
    class: `am-link am-${worst ?? "none"}`,
    "stroke-width": width.toFixed(1),
    "data-from": from,
    "data-to": to,
  });
}

function drawNode(flow: AccessFlow, node: FlowNode, spot: Spot | undefined, isStandalone: boolean): string {
  if (!spot) return "";
  const { kind, name, worst, people, place, note } = node;
  const isUnknown = people?.state === "unknown";
  const count = people ? peopleSign(people) : "";
  const text = kind === "team" ? `team ${name}` : name;
  const inner = [
    element("rect", {
      x: spot.x,
      y: spot.y,
      width: spot.width,
      height: NODE,
      rx: 3,
      class: "am-node-box",
      "fill-opacity": 0.12,
    }),
    element("rect", {
      x: spot.x,
      y: spot.y,
      width: 5,
      height: NODE,
      class: isUnknown || note ? "am-unknown" : `am-${worst ?? "none"}`,
    }),
    label(text, spot.width - 16 - (count === "" ? 0 : 44), { x: spot.x + 10, y: spot.y + 15 }),
    ...(count === ""
      ? []
      : // What is read aloud as one text has a space between its words.
        [
          " ",
          label(count, 44, { x: spot.x + spot.width - 6, y: spot.y + 15, "text-anchor": "end", class: "am-quiet" }),
        ]),
    element("title", {}, escapeXml(nodeText(flow, node))),
  ];
  if (isStandalone) return element("g", {}, ...inner);
  return element(
    "g",
    {
      class: place ? "am-node am-press" : "am-node",
      tabindex: 0,
      role: place ? "link" : "img",
      "aria-label": nodeText(flow, node),
      "data-key": node.key,
      "data-file": place?.file,
      "data-line": place?.line,
    },
    ...inner,
  );
}
