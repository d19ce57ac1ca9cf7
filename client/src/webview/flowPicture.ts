/** The flow as the server draws it: nodes go to their lines, and what hangs together lights up. */

import type { FlowPicture, MapPlace } from "../../../server/src/lsp/protocol/accessMap.ts";
import { make } from "./dom.ts";
import type { HeatActions } from "./heatTable.ts";

/** `open` goes to a node's place, `describe` says what it is. */
export function flowPicture({ svg, left }: FlowPicture, { open, describe }: HeatActions): HTMLElement {
  // The picture comes from our own server, its names escaped; parsed as XML it can run nothing under this page's policy.
  const picture = document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true);
  const box = make("div", { class: "flow" }, picture);
  if (left !== undefined) box.append(make("p", { class: "left" }, left));
  const nodeOf = (event: Event) => (event.target as Element).closest<SVGGElement>(".am-node") ?? undefined;
  box.addEventListener("click", (event) => openAt(nodeOf(event), open));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    openAt(nodeOf(event), open);
  });
  for (const kind of ["mouseover", "focusin"])
    box.addEventListener(kind, (event) => {
      const node = nodeOf(event);
      if (!node) return;
      light(box, node.dataset.key ?? "");
      describe(node.getAttribute("aria-label") ?? "");
    });
  box.addEventListener("mouseleave", () => light(box, ""));
  return box;
}

function openAt(node: SVGGElement | undefined, open: (place: MapPlace) => void): void {
  const { file, line } = node?.dataset ?? {};
  if (file !== undefined && line !== undefined) open({ file, line: Number(line) });
}

/** Ways to and from a node, two steps far: from a group to what its roles permit, and back. */
function light(box: HTMLElement, key: string): void {
  const links = [...box.querySelectorAll<SVGPathElement>(".am-link")];
  const reached = new Set<SVGPathElement>();
  const follow = (from: string, side: "from" | "to", other: "from" | "to") => {
    for (const link of links) {
      if (link.dataset[side] !== from || reached.has(link)) continue;
      reached.add(link);
      follow(link.dataset[other] ?? "", side, other);
    }
  };
  if (key !== "") {
    follow(key, "from", "to");
    follow(key, "to", "from");
  }
  for (const link of links) link.classList.toggle("am-lit", reached.has(link));
  box.classList.toggle("am-lighting", reached.size > 0);
}
