/** SAML settings: the configuration as it is read now, and the description of the organization that held it before. */

import type { Setting } from "../http/frame.ts";
import { datadogId } from "../ids.ts";
import { type DatadogApp, needs } from "./caller.ts";
import { instant } from "./wire.ts";

/** To be read alone, with `org_management`. */
export function addSaml(app: DatadogApp, setting: Setting): void {
  const organization = () => setting.company.datadog;

  // One configuration at most, and only administrators see it.
  // https://docs.datadoghq.com/api/latest/organizations/list-saml-configurations/ (2026-11)
  app.get("/api/v2/saml_configurations", needs("org_management"), (context) => {
    const { justInTime, site } = organization();
    const attributes = {
      assertion_consumer_service: [`https://app.${site}/account/saml/assertion`],
      entity_id: `https://app.${site}/account/saml/metadata.xml`,
      sso_url: "https://acme.okta.com/app/datadog/sso/saml",
      idp_initiated: false,
      jit_domains: justInTime.domains,
      created_at: instant("2023-11-10T09:00:00.000Z"),
      modified_at: instant("2023-11-10T09:00:00.000Z"),
      expires_at: instant("2033-11-10T09:00:00.000Z"),
    };
    const relationships = { default_roles: { data: [{ type: "roles", id: justInTime.roleId }] } };
    const id = datadogId("saml configuration", organization().id);
    return context.json({ data: [{ type: "saml_configurations", id, attributes, relationships }] });
  });

  app.get("/api/v1/org", needs("org_management"), (context) => {
    const { name, publicId, justInTime, roles } = organization();
    const settings = {
      private_widget_share: false,
      saml: { enabled: true },
      saml_autocreate_access_role: CODES[roles.get(justInTime.roleId)?.name ?? ""] ?? "ERROR",
      saml_autocreate_users_domains: { domains: justInTime.domains, enabled: justInTime.domains.length > 0 },
      saml_can_be_enabled: true,
      saml_idp_initiated_login: { enabled: false },
      saml_strict_mode: { enabled: false },
    };
    return context.json({
      orgs: [{ name, public_id: publicId, created: "2023-11-10 09:00:00", description: "", settings }],
    });
  });
}

/** How the old settings name a default role; custom ones they cannot name. */
const CODES: Readonly<Record<string, string>> = {
  "Datadog Admin Role": "adm",
  "Datadog Standard Role": "st",
  "Datadog Read Only Role": "ro",
};
