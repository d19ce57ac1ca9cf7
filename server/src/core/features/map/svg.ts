/** Drawing in SVG: elements as text, text that fits, and the look of a picture that stands by itself. */

import { printable } from "../../model/printable.ts";

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element. Attribute values and text are escaped; `children` are elements already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeXml(`${value}`)}"`],
  );
  return children.length === 0
    ? `<${name}${written.join("")}/>`
    : `<${name}${written.join("")}>${children.join("")}</${name}>`;
}

/** Names come from vendors and files: what cannot be seen is shown as `?`, and nothing in them is markup. */
export function escapeXml(text: string): string {
  return printable(text)
    .replace(/[\uFFFE\uFFFF]|\p{Cs}/gu, "")
    .replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
}

/** Pixels of a letter on average, in the font of the pictures. */
const LETTER = 7;

/** The text cut to a width in pixels; the whole of it is the element's title then. */
export function label(text: string, width: number, attributes: Attributes): string {
  const most = Math.max(1, Math.floor(width / LETTER));
  if (text.length <= most) return element("text", attributes, escapeXml(text));
  return element(
    "text",
    attributes,
    `${escapeXml(`${text.slice(0, most - 1)}…`)}`,
    element("title", {}, escapeXml(text)),
  );
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly content: readonly string[];
  /** With colours of its own, for a file; else the page that shows it gives them. */
  readonly isStandalone: boolean;
}

/** A whole SVG document, with a title and a description for those who do not see it. */
export function picture({ width, height, title, description, content, isStandalone }: Picture): string {
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: isStandalone ? "img" : "group",
    "aria-labelledby": "map-title",
    "aria-describedby": "map-description",
  };
  const own = isStandalone ? [element("style", {}, STYLE), element("rect", { width, height, class: "am-page" })] : [];
  return `${element(
    "svg",
    attributes,
    element("title", { id: "map-title" }, escapeXml(title)),
    element("desc", { id: "map-description" }, escapeXml(description)),
    ...own,
    element("defs", {}, HATCH),
    ...content,
  )}\n`;
}

/** Unknown is drawn hatched, never empty. */
const HATCH = element(
  "pattern",
  { id: "am-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
  element("line", { x1: 0, y1: 0, x2: 0, y2: 6, class: "am-hatch-line" }),
);

/** On white, for documents and tickets. The colours differ in lightness too, and every number is written. */
const STYLE = `
text{font:12px system-ui,"Segoe UI",sans-serif;fill:#1f1f1f}
.am-page{fill:#fff}.am-head{font-weight:600}.am-quiet{fill:#616161}.am-grid{stroke:#e0e0e0}
.am-critical{fill:#b3001b}.am-high{fill:#d9630c}.am-medium{fill:#b58900}.am-low{fill:#2f7d5b}.am-none{fill:#8a8a8a}
.am-unknown{fill:url(#am-hatch);stroke:#8a8a8a}.am-hatch-line{stroke:#8a8a8a;stroke-width:2}
.am-link{fill:none;stroke-opacity:.45}
.am-link.am-critical{stroke:#b3001b}.am-link.am-high{stroke:#d9630c}.am-link.am-medium{stroke:#b58900}.am-link.am-low{stroke:#2f7d5b}.am-link.am-none{stroke:#8a8a8a}
`.trim();
