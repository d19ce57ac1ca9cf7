/**
 * How to see with one's own eyes what was read: the vendor's page, and the request that asks for the same.
 *
 * Okta: https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Group/ (`q` finds by beginning).
 * Entra: https://learn.microsoft.com/en-us/graph/api/group-list (`$filter`). Google: https://developers.google.com/workspace/admin/directory/reference/rest/v1/groups/get.
 * SCIM: RFC 7644, 3.4.2.2. Datadog: https://docs.datadoghq.com/api/latest/roles/ and /teams/. All 2026-11.
 */

import type { Snapshot } from "../../analysis/snapshot.ts";
import { groupPage, rolePage, teamPage } from "../../model/adminPages.ts";
import type { DirectoryConfig, OrganizationConfig } from "../../model/project.ts";
import type { NamedThing } from "./namedAt.ts";

export type { NamedThing as Named } from "./namedAt.ts";

/** For each name its page and its request, where they can be told. */
export function manualChecks({ project }: Snapshot, names: readonly NamedThing[]): readonly string[] {
  return names.flatMap((named) => {
    const directory = named.kind === "group" ? project?.content.directories.get(named.system) : undefined;
    const organization = named.kind === "group" ? undefined : project?.content.organizations.get(named.system);
    const page = directory ? pageOfGroup(directory, named) : organization && pageInDatadog(organization, named);
    const request = directory
      ? groupRequest(directory, named.name)
      : organization && targetRequest(organization, named);
    const shown = named.kind === "group" ? [`accessmap show ${quote(named.name)}`] : [];
    const ways = [...(page ? [page] : []), ...(request ? [`GET ${request}`] : []), ...shown];
    return [`${named.kind} ${named.name}`, ...ways.map((way) => `  ${way}`)];
  });
}

function pageOfGroup(directory: DirectoryConfig, { id }: NamedThing): string | undefined {
  return id === undefined ? undefined : groupPage(directory, id);
}

function pageInDatadog(organization: OrganizationConfig, { kind, id }: NamedThing): string | undefined {
  if (id === undefined) return undefined;
  return kind === "role" ? rolePage(organization, id) : teamPage(organization, id);
}

function groupRequest({ type, domain, cloud = "public", url }: DirectoryConfig, name: string): string | undefined {
  const text = encodeURIComponent(name);
  switch (type) {
    case "okta":
      return domain && `https://${domain}/api/v1/groups?q=${text}`;
    case "entra": {
      const host = cloud === "public" ? "https://graph.microsoft.com" : "";
      return `${host}/v1.0/groups?$filter=displayName eq '${name.replaceAll("'", "''")}'`;
    }
    case "google":
      return `https://admin.googleapis.com/admin/directory/v1/groups/${text}`;
    case "scim":
      return url && `${url}/Groups?filter=displayName eq ${JSON.stringify(name)}`;
  }
}

function targetRequest({ site }: OrganizationConfig, { kind, name }: NamedThing): string {
  const path = kind === "role" ? "roles?filter" : "team?filter[keyword]";
  return `https://api.${site.value}/api/v2/${path}=${encodeURIComponent(name)}`;
}

/** For a shell, where the name needs it. */
function quote(name: string): string {
  return /^[\w.@-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
