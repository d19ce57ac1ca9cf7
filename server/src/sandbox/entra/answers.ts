/** Refusals that several of Graph's endpoints share. */

import { VendorError } from "../http/vendorError.ts";
import type { EntraTenant } from "./tenant.ts";

/** Throws 403 unless the application holds one of these permissions. */
export function needsOne({ permissions }: EntraTenant, ...names: readonly string[]): void {
  if (!names.some((name) => permissions.has(name)))
    throw new VendorError(403, "Insufficient privileges to complete the operation.");
}

/** What Graph says of an id that is nobody's. */
export function notFound(id: string): VendorError {
  return new VendorError(
    404,
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}
