/** Datadog's SCIM service as its documentation of 2026-08 describes it; every call takes both access permissions. */

import { type DatadogApp, needs } from "../datadog/caller.ts";
import type { Setting } from "../http/frame.ts";
import { VendorError } from "../http/vendorError.ts";
import { addDiscovery } from "./discovery.ts";
import { addGroups } from "./groups.ts";
import { addUsers } from "./users.ts";

/** To be added after the check of the bearer token. */
export function addScim(app: DatadogApp, setting: Setting): void {
  app.use("/api/v2/scim/*", needs("user_access_invite", "user_access_manage"));
  addUsers(app, setting);
  addGroups(app, setting);
  addDiscovery(app);
  // Whatever comes later takes the key pair, and would answer 401 to paths that do not exist here.
  app.all("/api/v2/scim/*", () => {
    throw new VendorError(404, "Not found");
  });
}
