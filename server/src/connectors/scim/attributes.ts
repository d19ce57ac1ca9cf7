/** Attributes of a SCIM resource, whose names are the same in any case (RFC 7643, 2.1). Pure. */

import { isRecord, isText } from "../../core/model/json.ts";

/** The attribute's value; undefined when the resource has none of this name. */
export function attribute(resource: unknown, name: string): unknown {
  if (!isRecord(resource)) return undefined;
  if (Object.hasOwn(resource, name)) return resource[name];
  const wanted = name.toLowerCase();
  const key = Object.keys(resource).find((some) => some.toLowerCase() === wanted);
  return key === undefined ? undefined : resource[key];
}

/** A text that is not empty. */
export function textOf(resource: unknown, name: string): string | undefined {
  const value = attribute(resource, name);
  return isText(value) ? value : undefined;
}

/** A number, or a text that is one: some services quote theirs. */
export function numberOf(resource: unknown, name: string): number | undefined {
  const value = attribute(resource, name);
  if (typeof value === "string" && /^\d+$/.test(value)) return Number(value);
  return typeof value === "number" ? value : undefined;
}

/** A truth value, or a text that is one: some services spell theirs `"False"`. */
export function truthOf(resource: unknown, name: string): boolean | undefined {
  const value = attribute(resource, name);
  if (typeof value === "boolean") return value;
  const text = typeof value === "string" ? value.toLowerCase() : "";
  return text === "true" ? true : text === "false" ? false : undefined;
}

/** The values of a multi-valued attribute; undefined when it was not returned, which is not the same as empty, or as something else. */
export function valuesOf(resource: unknown, name: string): readonly unknown[] | undefined {
  const value = attribute(resource, name);
  if (Array.isArray(value)) return value;
  return isRecord(value) ? [value] : undefined;
}
