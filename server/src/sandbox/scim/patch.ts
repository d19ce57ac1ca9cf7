/** The envelope of a PATCH: operations, checked for the names and shapes both resources share. */

import { isRecord } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { PATCH_SCHEMA } from "./wire.ts";

export interface Operation {
  readonly op: string;
  /** Undefined: `value` is an object of attributes. */
  readonly path: string | undefined;
  readonly value: unknown;
}

/** `allowed` are the operations in lower case, as Datadog's schema spells them; others are refused. 2026-08 */
export function readOperations(
  body: Record<string, unknown> | undefined,
  allowed: readonly string[],
): readonly Operation[] {
  const schemas = body?.schemas;
  const operations = body?.Operations;
  if (!Array.isArray(schemas) || !schemas.includes(PATCH_SCHEMA) || !Array.isArray(operations))
    throw new VendorError(400, "A PATCH needs the PatchOp schema and Operations");
  return operations.map((operation) => {
    const op = isRecord(operation) ? operation.op : undefined;
    if (!isRecord(operation) || typeof op !== "string" || !allowed.includes(op))
      throw new VendorError(400, `Operation ${JSON.stringify(op)} is not one of ${allowed.join(", ")}`);
    return { op, path: typeof operation.path === "string" ? operation.path : undefined, value: operation.value };
  });
}

/** Path and value of each attribute an operation speaks of: the one of its path, or all of its value's. */
export function attributesOf({ path, value }: Operation): readonly (readonly [string, unknown])[] {
  if (path !== undefined) return [[path, value]];
  if (!isRecord(value)) throw new VendorError(400, "An operation without a path needs an object as value");
  return Object.entries(value);
}
