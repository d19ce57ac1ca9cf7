/** The `filter` and `search` expressions of groups and users, with the attributes and operators each of them allows. */

import { type Filter, parse, Tester } from "scim2-parse-filter";
import { VendorError } from "../http/vendorError.ts";

/** Which operators an expression may use with which attribute; attribute names in lower case. */
export type Allowed = (attribute: string, operator: string) => boolean;

const DATES = ["created", "lastupdated", "lastmembershipupdated", "statuschanged"];
const ORDER = ["eq", "gt", "ge", "lt", "le"];

/** 2026-06: `filter` on groups knows `id`, `type` and two dates. */
export const GROUP_FILTER: Allowed = (attribute, operator) =>
  ["id", "type"].includes(attribute)
    ? operator === "eq"
    : ["lastupdated", "lastmembershipupdated"].includes(attribute) && ORDER.includes(operator);

/** 2026-06: `search` on groups knows the whole profile; `co` only for name and description. */
export const GROUP_SEARCH: Allowed = (attribute, operator) => {
  if (DATES.includes(attribute)) return ORDER.includes(operator);
  if (operator === "co") return ["profile.name", "profile.description"].includes(attribute);
  return (["id", "type"].includes(attribute) || attribute.startsWith("profile.")) && ["eq", "sw"].includes(operator);
};

/** 2026-06: `filter` on users takes `eq`, and ranges for `lastUpdated`. */
export const USER_FILTER: Allowed = (attribute, operator) =>
  attribute === "lastupdated"
    ? ORDER.includes(operator)
    : operator === "eq" &&
      ["id", "status", "profile.login", "profile.email", "profile.firstname", "profile.lastname"].includes(attribute);

/** `search` of people: any attribute, and an order for dates alone. */
export const USER_SEARCH: Allowed = (attribute, operator) =>
  DATES.includes(attribute) ? ORDER.includes(operator) : ["eq", "sw", "co", "pr"].includes(operator);

/** A test for rows as they are answered. Comparison ignores case. Throws E0000031 for what the expression may not say. */
export function compile(expression: string, allowed: Allowed): (row: object) => boolean {
  const filter = parseOrThrow(expression);
  refuseForeign(filter, allowed);
  const tester = new Tester();
  const lowered = lower(filter) as Filter;
  return (row) => tester.test(lower(row), lowered);
}

function parseOrThrow(expression: string): Filter {
  try {
    return parse(expression);
  } catch {
    throw invalid(expression);
  }
}

function refuseForeign(filter: Filter, allowed: Allowed): void {
  if ("filters" in filter) {
    for (const part of filter.filters) refuseForeign(part, allowed);
    return;
  }
  // Okta has no `not` and no value paths.
  if (!("attrPath" in filter) || !allowed(filter.attrPath.toLowerCase(), filter.op)) throw invalid(filter.op);
}

function invalid(what: string): VendorError {
  return new VendorError(400, `Invalid search criteria: ${what}`, { code: "E0000031" });
}

/** The same value with all its texts in lower case; keys stay. */
function lower(value: unknown): unknown {
  if (typeof value === "string") return value.toLowerCase();
  if (Array.isArray(value)) return value.map(lower);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, lower(inner)]));
}
