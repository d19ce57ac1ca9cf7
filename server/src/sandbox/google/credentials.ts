/** `iamcredentials.googleapis.com`: signs a JWT for whoever may act as the service account, so that no key file is needed. */

import { sign } from "node:crypto";
import type { Hono } from "hono";
import { createFrame, type Env, type Setting } from "../http/frame.ts";
import { readBody } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { invalid, notFound, renderError } from "./errors.ts";
import type { GoogleTenant } from "./tenant.ts";

const ACTION = ":signJwt";

/** One endpoint, for the tenant's own service account alone. */
export function createCredentials(setting: Setting, tenant: GoogleTenant): Hono<Env> {
  const app = createFrame<Env>(setting, { system: "google", renderError });
  app.post("/v1/projects/-/serviceAccounts/:account", async (context) => {
    const account = context.req.param("account");
    if (!account.endsWith(ACTION)) throw notFound(account);
    if (context.req.header("authorization") !== `Bearer ${tenant.cloudToken}`)
      throw new VendorError(401, "Request had invalid authentication credentials.");
    const email = account.slice(0, -ACTION.length);
    if (email !== tenant.serviceAccount)
      throw new VendorError(403, "Permission 'iam.serviceAccounts.signJwt' denied on resource (or it may not exist).");
    const payload = (await readBody(context))?.payload;
    if (typeof payload !== "string" || !isJson(payload)) throw invalid("payload");
    const { id, privateKey } = tenant.keys();
    const header = encoded(JSON.stringify({ alg: "RS256", kid: id, typ: "JWT" }));
    const body = `${header}.${encoded(payload)}`;
    const signature = sign("RSA-SHA256", Buffer.from(body), privateKey).toString("base64url");
    return context.json({ keyId: id, signedJwt: `${body}.${signature}` });
  });
  return app;
}

function encoded(text: string): string {
  return Buffer.from(text).toString("base64url");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
