/** Addresses of admin pages, for what has an id. */

import { expect, test } from "vitest";
import { documentLinks } from "../../server/src/core/features/documentLinks.ts";
import { groupPage, rolePage } from "../../server/src/core/model/adminPages.ts";
import { SITES } from "../../server/src/core/model/project.ts";
import { parseFixture } from "../support/fixture.ts";

function links(text: string): readonly string[] {
  const { snapshot, files } = parseFixture(text);
  const written = files.get("a.accessmap.yaml") ?? "";
  return documentLinks(snapshot, "a.accessmap.yaml").map(
    ({ span, url }) => `${written.slice(span.start, span.end)} ${url}`,
  );
}

test("groups, roles and teams that are there", () => {
  expect(
    links(`
#- /a.accessmap.yaml
mappings:
  - group: "dd-sre"
    roles: [SRE, Ghost]
    teams: [sre]
  - group: dd-ghost
#- live okta
groups: [{ name: dd-sre, id: 00g/1 }]
#- live datadog
roles: [SRE]
teams: [sre]
`),
  ).toEqual([
    '"dd-sre" https://acme-admin.okta.com/admin/group/00g%2F1',
    "SRE https://app.datadoghq.eu/organization-settings/roles?role_id=role-sre",
    "sre https://app.datadoghq.eu/organization-settings/teams?team_id=team-sre",
  ]);
});

test("nothing for what was not read", () => {
  expect(links("#- /a.accessmap.yaml\nmappings:\n  - group: a\n    roles: [SRE]")).toEqual([]);
});

test("each site's own host", () => {
  const [organization] =
    parseFixture("#- /a.accessmap.yaml\nmappings: []").snapshot.project?.content.organizations.values() ?? [];
  if (!organization) throw new Error("no organization");
  const hosts = SITES.map((site) => {
    const page = rolePage({ ...organization, site: { ...organization.site, value: site } }, "x");
    return new URL(page ?? "").host;
  });
  expect(hosts).toEqual([
    "app.datadoghq.com",
    "us3.datadoghq.com",
    "us5.datadoghq.com",
    "app.datadoghq.eu",
    "ap1.datadoghq.com",
    "ap2.datadoghq.com",
    "uk1.datadoghq.com",
    "app.ddog-gov.com",
    "us2.ddog-gov.com",
  ]);
  expect(rolePage({ ...organization, site: { ...organization.site, value: "evil.example" } }, "x")).toBeUndefined();
});

test("directories whose pages cannot be told have none", () => {
  const base = { name: "d", span: { start: 0, end: 0 }, claim: "name" } as const;
  expect(groupPage({ ...base, type: "okta", domain: "id.acme.com" }, "1")).toBeUndefined();
  expect(groupPage({ ...base, type: "okta", domain: "acme.okta.com.evil.example" }, "1")).toBeUndefined();
  expect(groupPage({ ...base, type: "okta", domain: "acme.oktapreview.com" }, "1")).toBe(
    "https://acme-admin.oktapreview.com/admin/group/1",
  );
  expect(groupPage({ ...base, type: "scim", url: "https://x" }, "1")).toBeUndefined();
  expect(groupPage({ ...base, type: "entra", cloud: "china" }, "1")).toBeUndefined();
  expect(groupPage({ ...base, type: "entra" }, "1")).toContain("/groupId/1");
  expect(groupPage({ ...base, type: "google" }, "1")).toBe("https://admin.google.com/ac/groups");
});
