/** One small project for each directory: its groups hold roles and teams, the organization is adopted, so plans remove. */

import type { OktaGroup } from "../../server/src/sandbox/company.ts";
import { groupMail } from "../../server/src/sandbox/google/wire.ts";
import type { Company, Sandbox } from "../../server/src/sandbox/sandbox.ts";
import { FileTable, type ParsedFiles } from "../../server/src/workspace/files.ts";

export type DirectoryKind = "okta" | "entra" | "google" | "scim";

/** A project and what its groups are called in its directory. */
export interface TestProject {
  readonly kind: DirectoryKind;
  readonly directory: string;
  readonly filtered: boolean;
  readonly files: ParsedFiles;
  readonly groups: ReadonlyMap<string, OktaGroup>;
}

/** Group of the seed, and what its members are given. Two of them are outside the filter `dd-*`, one hides its members. */
const GIVEN: readonly (readonly [group: string, roles: string, teams: string])[] = [
  ["dd-sre", "SRE", "sre"],
  ["dd-engineering", "Engineer", "engineering"],
  ["dd-security", "Security Engineer", "security"],
  ["dd-support", "Read Only Support", "support"],
  ["dd-payments", "", "payments"],
  ["dd-oncall-primary", "SRE", ""],
  ["dd-admins", "Datadog Admin Role", ""],
  ["contractor-emea", "Contractor", ""],
  ["jira-users", "Product Viewer", ""],
  ["aws-prod-admins", "Log Admin", ""],
];

export function createProjects({ company, entra, google, scim }: Sandbox): readonly TestProject[] {
  const places: Readonly<Record<DirectoryKind, readonly [name: string, settings: string]>> = {
    okta: ["okta", `type: okta, domain: ${company.okta.domain}`],
    entra: ["corp", `type: entra, tenant: ${entra.id}`],
    google: ["google", `type: google, customer: ${google.customer}, admin: ${google.admin}`],
    scim: ["hr", `type: scim, url: ${scim.base}`],
  };
  return (["okta", "entra", "google", "scim"] as const).flatMap((kind) =>
    [false, true].map((filtered) => {
      const [directory, settings] = places[kind];
      const groups = groupsOf(company, kind);
      const filter = filtered ? ', groups: "dd-*"' : "";
      return { kind, directory, filtered, groups, files: toFiles(company, directory, settings + filter, groups) };
    }),
  );
}

/** What a mapping has to write, and the group it means. */
function groupsOf({ okta }: Company, kind: DirectoryKind): ReadonlyMap<string, OktaGroup> {
  const named = new Map([...okta.groups.values()].map((group) => [group.name, group]));
  const rows = GIVEN.flatMap(([name]): [string, OktaGroup][] => {
    const group = named.get(name);
    return group ? [[kind === "google" ? groupMail(group, okta) : name, group]] : [];
  });
  return new Map(rows);
}

function toFiles(
  { datadog }: Company,
  directory: string,
  settings: string,
  groups: ReadonlyMap<string, OktaGroup>,
): ParsedFiles {
  const table = new FileTable();
  table.setDisk(
    "accessmap.yaml",
    `version: 1
project: campaign
directories:
  ${directory}: { ${settings} }
organizations:
  prod: { site: ${datadog.site}, id: ${datadog.id}, directory: ${directory}, push: { roles: scim, teams: scim, users: off } }
`,
  );
  const mappings = [...groups].map(([written, { name }]) => {
    const [, roles = "", teams = ""] = GIVEN.find(([group]) => group === name) ?? [];
    const given = [roles && `    roles: [${roles}]`, teams && `    teams: [${teams}]`].filter(Boolean);
    return [`  - group: ${written}`, ...given].join("\n");
  });
  table.setDisk("access.accessmap.yaml", `organization: prod\nmappings:\n${mappings.join("\n")}\n`);
  const lock = { version: 1, organizations: { prod: { adopted: true, roles: {}, teams: {} } }, groups: {} };
  table.setDisk("accessmap.lock", JSON.stringify(lock));
  return table.read();
}
