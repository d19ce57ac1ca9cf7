/**
 * Addresses of the vendors' own pages about a group, role or team. What is not documented is said so, with its date.
 *
 * Datadog: the lists under `/organization-settings/` are documented (docs.datadoghq.com/account_management, 2026-11); that
 * `role_id` and `team_id` open one of them is seen in addresses people quote, not documented. Unknown parameters are
 * ignored there, so that the list is what one gets at worst.
 * Okta: `-admin` hosts are documented for Okta's own domains; `/admin/group/<id>` is seen, not documented (2026-11). The
 * admin host of a custom domain cannot be told from it. Entra: the portal's address is seen, not documented, and for
 * the public cloud only (2026-11). Google: the list of groups is documented, a page of one group is not (2026-11).
 */

import type { DirectoryConfig, OrganizationConfig } from "./project.ts";
import { SITES } from "./project.ts";

const OKTA = /^([a-z0-9][a-z0-9-]*)\.(okta|oktapreview|okta-emea)\.com$/i;

/** Undefined where no address can be told. */
export function groupPage(directory: DirectoryConfig, id: string): string | undefined {
  const { type, domain, cloud = "public" } = directory;
  switch (type) {
    case "okta": {
      const [, name, vendor] = OKTA.exec(domain ?? "") ?? [];
      return name && `https://${name}-admin.${vendor}.com/admin/group/${encodeURIComponent(id)}`;
    }
    case "entra":
      return cloud === "public"
        ? `https://entra.microsoft.com/#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Overview/groupId/${encodeURIComponent(id)}`
        : undefined;
    case "google":
      return "https://admin.google.com/ac/groups";
    default:
      return undefined;
  }
}

/** Datadog's list of roles, opened at this one; undefined for a site that is not Datadog's. */
export function rolePage(organization: OrganizationConfig, id: string): string | undefined {
  return datadogPage(organization, `roles?role_id=${encodeURIComponent(id)}`);
}

/** The same for a team. */
export function teamPage(organization: OrganizationConfig, id: string): string | undefined {
  return datadogPage(organization, `teams?team_id=${encodeURIComponent(id)}`);
}

/** The list of accounts, service accounts, keys or tokens. */
export function accountsPage(
  organization: OrganizationConfig,
  list: "users" | "service-accounts" | "api-keys" | "application-keys",
): string | undefined {
  return datadogPage(organization, list);
}

/** Sites with two labels have an `app` host; the others are one. https://docs.datadoghq.com/getting_started/site/ (2026-11) */
function datadogPage({ site: { value: site } }: OrganizationConfig, page: string): string | undefined {
  if (!SITES.includes(site)) return undefined;
  const host = site.split(".").length === 2 ? `app.${site}` : site;
  return `https://${host}/organization-settings/${page}`;
}
