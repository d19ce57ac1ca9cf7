/** `iam.googleapis.com`: the keys of a service account, without their private halves. 2026-11 */

import type { Hono } from "hono";
import { daysAgo } from "../ago.ts";
import { createFrame, type Env, type Setting } from "../http/frame.ts";
import { VendorError } from "../http/vendorError.ts";
import { renderError } from "./errors.ts";
import type { GoogleTenant } from "./tenant.ts";

/** One endpoint. Keys that the vendor keeps for itself are listed unless the query says which kind. */
export function createIam(setting: Setting, tenant: GoogleTenant): Hono<Env> {
  const app = createFrame<Env>(setting, { system: "google", renderError });
  app.get("/v1/projects/-/serviceAccounts/:account/keys", (context) => {
    if (context.req.header("authorization") !== `Bearer ${tenant.cloudToken}`)
      throw new VendorError(401, "Request had invalid authentication credentials.");
    const account = context.req.param("account");
    // 2026-11: with a dash for the project, an account that is not there is denied like one that may not be seen.
    if (account !== tenant.serviceAccount)
      throw new VendorError(403, "Permission 'iam.serviceAccountKeys.list' denied on resource (or it may not exist).");
    const wanted = context.req.queries("keyTypes") ?? [];
    const keys = tenant.accountKeys
      .filter(({ type }) => wanted.length === 0 || wanted.includes(type))
      .map(({ id, type, createdDaysAgo, isDisabled }) => ({
        name: `projects/acme-sandbox/serviceAccounts/${account}/keys/${id}`,
        validAfterTime: daysAgo(setting.now(), createdDaysAgo).replace(/\.\d+Z$/, "Z"),
        validBeforeTime: "9999-12-31T23:59:59Z",
        keyAlgorithm: "KEY_ALG_RSA_2048",
        keyOrigin: "GOOGLE_PROVIDED",
        keyType: type,
        ...(isDisabled && { disabled: true }),
      }));
    return context.json(keys.length === 0 ? {} : { keys });
  });
  return app;
}
