/** The part of OData's `$filter` that Graph allows on groups and users: comparisons, `in`, `startswith`, and their joins. */

import { VendorError } from "../http/vendorError.ts";

/** A filter that was understood. `advanced`: Graph answers it only with `ConsistencyLevel: eventual` and `$count=true`. */
export interface Filter {
  readonly advanced: boolean;
  test(row: Readonly<Record<string, unknown>>): boolean;
}

type Test = Filter["test"];

/** Throws 400 for what cannot be read. Texts are compared without regard to case, as Graph does. */
export function parseFilter(text: string, known: (property: string) => boolean): Filter {
  const tokens = text.match(/'(?:[^']|'')*'|[(),]|[^\s(),']+/g) ?? [];
  let position = 0;
  let advanced = false;
  const peek = () => tokens[position]?.toLowerCase();
  const take = (expected?: string) => {
    const token = tokens[position++];
    if (token === undefined || (expected !== undefined && token.toLowerCase() !== expected)) throw invalid(text);
    return token;
  };

  function either(): Test {
    const tests = [both()];
    while (peek() === "or") {
      take();
      tests.push(both());
    }
    return (row) => tests.some((test) => test(row));
  }

  function both(): Test {
    const tests = [single()];
    while (peek() === "and") {
      take();
      tests.push(single());
    }
    return (row) => tests.every((test) => test(row));
  }

  function single(): Test {
    if (peek() === "not") {
      take();
      advanced = true;
      const inner = single();
      return (row) => !inner(row);
    }
    if (peek() === "(") {
      take();
      const inner = either();
      take(")");
      return inner;
    }
    if (peek() === "startswith" || peek() === "endswith") return edge(take().toLowerCase());
    return comparison(property());
  }

  function edge(name: string): Test {
    take("(");
    const key = property();
    take(",");
    const value = lower(literal());
    take(")");
    if (name === "endswith") advanced = true;
    return (row) => (name === "endswith" ? lower(row[key]).endsWith(value) : lower(row[key]).startsWith(value));
  }

  function comparison(key: string): Test {
    const operator = take().toLowerCase();
    if (operator === "in") {
      take("(");
      const values = [lower(literal())];
      while (peek() === ",") {
        take();
        values.push(lower(literal()));
      }
      take(")");
      return (row) => values.includes(lower(row[key]));
    }
    const value = lower(literal());
    if (operator === "eq") return (row) => lower(row[key]) === value;
    if (operator !== "ne") throw invalid(text);
    advanced = true;
    return (row) => lower(row[key]) !== value;
  }

  function property(): string {
    const name = take();
    if (!known(name))
      throw new VendorError(400, `Invalid filter clause: Could not find a property named '${name}'.`, {
        code: "Request_BadRequest",
      });
    return name;
  }

  function literal(): unknown {
    const token = take();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (!["true", "false", "null"].includes(token)) throw invalid(text);
    return JSON.parse(token);
  }

  const test = either();
  if (position < tokens.length) throw invalid(text);
  return { advanced, test };
}

function lower(value: unknown): string {
  return String(value).toLowerCase();
}

function invalid(text: string): VendorError {
  return new VendorError(400, `Invalid filter clause: Syntax error in '${text}'.`, { code: "Request_BadRequest" });
}
