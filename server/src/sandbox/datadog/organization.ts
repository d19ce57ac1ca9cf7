/** Switches of the organization: org configs and the role mapping preference. */

import type { OrgConfig } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import { at, readBody } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { datadogId } from "../ids.ts";
import { type DatadogApp, needs } from "./caller.ts";
import { recordAccess } from "./record.ts";

/** Reading takes no permission, writing `org_management`. */
export function addOrganization(app: DatadogApp, setting: Setting): void {
  const organization = () => setting.company.datadog;

  // Open to every key, as the specification marks them.
  app.get("/api/v2/org_configs", (context) =>
    context.json({ data: [...organization().configs.values()].map(toConfig) }),
  );

  app.get("/api/v2/org_configs/:name", (context) =>
    context.json({ data: toConfig(find(setting, context.req.param("name"))) }),
  );

  app.patch("/api/v2/org_configs/:name", needs("org_management"), async (context) => {
    const config = find(setting, context.req.param("name"));
    const value = at(await readBody(context), "data", "attributes", "value");
    if (value === undefined || (config.valueType === "bool" && typeof value !== "boolean"))
      throw new VendorError(400, `The value provided for parameter 'OrgConfig: ${String(value)}' is invalid`);
    config.value = value;
    return context.json({ data: toConfig(config) });
  });

  // In no specification. What reading takes is not documented; here any key may look. 2026-09
  app.get("/api/v1/org_preferences", (context) => context.json({ data: [toPreference(organization().roleMapping)] }));

  app.post("/api/v1/org_preferences", needs("org_management"), async (context) => {
    const attributes = at(await readBody(context), "data", "attributes");
    const value = at(attributes, "preference_data");
    if (at(attributes, "preference_type") !== PREFERENCE || typeof value !== "boolean")
      throw new VendorError(400, "Invalid preference");
    organization().roleMapping = value;
    const asset = { type: "identity_provider", id: PREFERENCE, name: PREFERENCE };
    recordAccess(setting, context, "modified", asset, `Role mapping was switched ${value ? "on" : "off"}`);
    return context.json({ data: toPreference(value) });
  });
}

const PREFERENCE = "saml_authn_mapping_roles";

function find({ company }: Setting, name: string): OrgConfig {
  const config = company.datadog.configs.get(name);
  if (!config) throw new VendorError(404, `OrgConfig: ${name} not found`);
  return config;
}

function toConfig({ name, description, valueType, value }: OrgConfig) {
  const attributes = { name, description, value_type: valueType, value, modified_at: null };
  return { type: "org_configs", id: datadogId("org config", name), attributes };
}

function toPreference(value: boolean) {
  const attributes = { preference_type: PREFERENCE, preference_data: value };
  return { type: "org_preferences", id: datadogId("preference", PREFERENCE), attributes };
}
