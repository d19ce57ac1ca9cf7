/** The calls that only say whether keys are good. They take the API key alone, so they stand before the key pair is asked for. */

import type { Setting } from "../http/frame.ts";
import { VendorError } from "../http/vendorError.ts";
import { type DatadogApp, findApiKey } from "./caller.ts";

/** Both calls take an API key and no permission. */
export function addValidation(app: DatadogApp, { company }: Setting): void {
  // 2026-09: this one answers 403 to a bad key where all others answer 401.
  app.get("/api/v1/validate", (context) => {
    const known = company.datadog.apiKeys.some(({ key }) => key === context.req.header("dd-api-key"));
    if (!known) throw new VendorError(403, "Forbidden");
    return context.json({ valid: true });
  });

  app.get("/api/v2/validate", (context) => {
    const key = findApiKey(company.datadog, context);
    const attributes = { api_key_id: key.id, api_key_scopes: [], valid: true };
    return context.json({ data: { type: "validate_v2", id: company.datadog.id, attributes } });
  });
}
