/**
 * A small strict reader for pasted XML, such as a SAML response: elements, attributes, text. It knows no document type, no
 * entity but the five of XML and characters by number, and follows no reference anywhere; what it does not know it refuses.
 */

export interface Element {
  /** Without its prefix. */
  readonly name: string;
  /** By name without prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  /** Its own text, trimmed. */
  readonly text: string;
}

/** In characters; answers of identity providers have a few thousand. */
const LONGEST = 1_000_000;
const DEEPEST = 64;

const NAME = "[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?";
const ATTRIBUTE = new RegExp(`\\s+(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, "y");
const OPEN = new RegExp(`<(${NAME})`, "y");
const CLOSE = new RegExp(`</(${NAME})\\s*>`, "y");
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The root element, or why the text is none. */
export function parseXml(text: string): Element | { readonly problem: string } {
  if (text.length > LONGEST) return { problem: "the text is too long to be an answer of an identity provider" };
  try {
    return new Reader(text).document();
  } catch (error) {
    if (error instanceof Malformed) return { problem: error.message };
    throw error;
  }
}

/** Elements of this name anywhere below, the element itself included. */
export function findElements(root: Element, name: string): readonly Element[] {
  return [...(root.name === name ? [root] : []), ...root.children.flatMap((child) => findElements(child, name))];
}

class Malformed extends Error {}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text.replace(/^\uFEFF/, "");
  }

  document(): Element {
    this.#skipSpace();
    if (/^<\?xml\s/.test(this.#text.slice(this.#at, this.#at + 6))) this.#skipTo("?>");
    this.#skipBetween();
    const root = this.#element(0);
    this.#skipBetween();
    if (this.#at < this.#text.length) throw this.#malformed("something follows the last element");
    return root;
  }

  #element(depth: number): Element {
    if (depth > DEEPEST) throw this.#malformed("elements are nested too deeply");
    const [, name = ""] = this.#match(OPEN) ?? this.#refuse();
    const attributes = this.#attributes();
    this.#skipSpace();
    if (this.#take("/>")) return { name: localName(name), attributes, children: [], text: "" };
    if (!this.#take(">")) throw this.#malformed(`<${name}> is not closed properly`);
    const children: Element[] = [];
    let text = "";
    for (;;) {
      const next = this.#text.indexOf("<", this.#at);
      if (next < 0) throw this.#malformed(`<${name}> has no end`);
      text += this.#decode(this.#text.slice(this.#at, next));
      this.#at = next;
      if (this.#text.startsWith("</", next)) break;
      if (this.#take("<![CDATA[")) {
        const start = this.#at;
        this.#skipTo("]]>");
        text += this.#text.slice(start, this.#at - 3);
      } else if (!this.#skipComment()) children.push(this.#element(depth + 1));
    }
    const [, closed = ""] = this.#match(CLOSE) ?? [];
    if (closed !== name) throw this.#malformed(`<${name}> is closed by something else`);
    return { name: localName(name), attributes, children, text: text.trim() };
  }

  #attributes(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (let match = this.#match(ATTRIBUTE); match; match = this.#match(ATTRIBUTE)) {
      const [, name = "", double, single] = match;
      if (found.has(localName(name))) continue;
      found.set(localName(name), this.#decode(double ?? single ?? ""));
    }
    return found;
  }

  #decode(text: string): string {
    return text.replace(/&([^;&]{0,12});?/g, (whole, entity: string) => {
      const known = NAMED[entity];
      const code = /^#(\d{1,7})$/.exec(entity)?.[1];
      const hex = /^#x([0-9A-Fa-f]{1,6})$/.exec(entity)?.[1];
      const point = code === undefined ? Number.parseInt(hex ?? "", 16) : Number(code);
      if (!whole.endsWith(";") || (known === undefined && !(point > 0 && point <= 0x10_ff_ff)))
        throw this.#malformed("an entity is not one of XML's own");
      return known ?? String.fromCodePoint(point);
    });
  }

  #skipBetween(): void {
    do this.#skipSpace();
    while (this.#skipComment());
  }

  #skipComment(): boolean {
    if (!this.#take("<!--")) return false;
    this.#skipTo("-->");
    return true;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text.charAt(this.#at)) && this.#at < this.#text.length) this.#at++;
  }

  #skipTo(end: string): void {
    const found = this.#text.indexOf(end, this.#at);
    if (found < 0) throw this.#malformed(`"${end}" is missing`);
    this.#at = found + end.length;
  }

  #take(wanted: string): boolean {
    const isThere = this.#text.startsWith(wanted, this.#at);
    if (isThere) this.#at += wanted.length;
    return isThere;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at += match[0].length;
    return match;
  }

  #refuse(): never {
    if (this.#text.startsWith("<!", this.#at)) throw this.#malformed("document types and declarations are refused");
    if (this.#text.startsWith("<?", this.#at)) throw this.#malformed("processing instructions are refused");
    throw this.#malformed("an element was expected");
  }

  #malformed(what: string): Malformed {
    const line = this.#text.slice(0, this.#at).split("\n").length;
    return new Malformed(`${what} (line ${line})`);
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
