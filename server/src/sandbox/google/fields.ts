/** Partial answers: `fields=groups(id,email),nextPageToken` leaves out everything else, the next page's token included. */

import { isRecord } from "../http/query.ts";
import { invalid } from "./errors.ts";

/** What to keep: nothing below a name means all of it. */
type Mask = ReadonlyMap<string, Mask>;

/** The value with what `fields` names; all of it without `fields`. Throws 400 when the expression cannot be read. */
export function withFields(value: unknown, fields: string | undefined): unknown {
  return fields === undefined || fields === "" ? value : masked(value, parseMask(fields));
}

function masked(value: unknown, mask: Mask): unknown {
  if (mask.size === 0 || mask.has("*")) return value;
  if (Array.isArray(value)) return value.map((item) => masked(item, mask));
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([name]) => mask.has(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, masked(inner, mask.get(name) ?? new Map())]));
}

function parseMask(text: string): Mask {
  const tokens = text.match(/[A-Za-z0-9_@*]+|[(),/]/g) ?? [];
  if (tokens.join("") !== text.replace(/\s/g, "")) throw invalid("fields");
  let position = 0;

  function list(): Mask {
    const mask = new Map<string, Mask>();
    do {
      const name = tokens[position++];
      if (name === undefined || /^[(),/]$/.test(name)) throw invalid("fields");
      mask.set(name, below());
    } while (tokens[position] === "," && position++ >= 0);
    return mask;
  }

  function below(): Mask {
    if (tokens[position] === "/") {
      position++;
      const name = tokens[position++];
      if (name === undefined) throw invalid("fields");
      return new Map([[name, below()]]);
    }
    if (tokens[position] !== "(") return new Map();
    position++;
    const inner = list();
    if (tokens[position++] !== ")") throw invalid("fields");
    return inner;
  }

  const mask = list();
  if (position < tokens.length) throw invalid("fields");
  return mask;
}
