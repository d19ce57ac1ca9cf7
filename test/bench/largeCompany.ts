/** A company made up in memory, as large as asked for: everybody is in a few groups, every group has a role and most a team. */

import { type Snapshot, takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import { CATALOGUE } from "../../server/src/core/model/catalogue.ts";
import type { Principal } from "../../server/src/core/model/directory.ts";
import { complete } from "../../server/src/core/model/knowledge.ts";
import type { Account, AuthnMapping, Role, Team, TeamMember } from "../../server/src/core/model/target.ts";
import { readMappingFile } from "../../server/src/core/syntax/readMappingFile.ts";
import { readProject } from "../../server/src/core/syntax/readProject.ts";

export interface CompanySize {
  readonly people: number;
  readonly groups: number;
  readonly roles: number;
  /** Push path of roles and teams. */
  readonly path: string;
}

const NOW = "2026-11-23T12:00:00.000Z";
/** Groups that each person is in. */
const MEMBERSHIPS = 3;

/** A first push: everybody has an account and holds one role that nobody manages; a tenth holds what they should not. */
export function largeCompany({ people, groups, roles, path }: CompanySize): Snapshot {
  const project = readProject(
    "accessmap.yaml",
    `version: 1
project: large
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, directory: okta, attribute: memberOf, push: { roles: ${path}, teams: ${path} } }
`,
  );
  const lines = Array.from(
    { length: groups },
    (_, index) => `  - { group: group-${index}, roles: [Role ${index % roles}], teams: [team-${index % roles}] }`,
  );
  const file = readMappingFile("a.accessmap.yaml", `organization: prod\nmappings:\n${lines.join("\n")}\n`);
  const login = (index: number) => `person-${index}@acme.com`;
  const members = Array.from({ length: groups }, () => new Map<string, Principal>());
  for (let index = 0; index < people; index++) {
    const id = `00u${index}`;
    const person = { id, login: login(index), email: login(index), name: `Person ${index}`, state: "active" } as const;
    for (let turn = 0; turn < MEMBERSHIPS; turn++) members[(index * 7 + turn * 31) % groups]?.set(id, person);
  }
  const permissions = [...CATALOGUE.keys()];
  const known = <T>(items: readonly (readonly [string, T])[]) => complete("prod", NOW, new Map(items));
  const role = (id: string, name: string, held: readonly string[]): readonly [string, Role] => [
    id,
    { id, name, permissions: held, unresolved: 0, managed: false, receivesFrom: [] },
  ];
  const account = (index: number): readonly [string, Account] => {
    const id = `account-${index}`;
    const held = [
      "role-keep",
      ...(index < 3 ? ["role-admin"] : []),
      ...(index % 10 === 0 ? [`role-${(index + 1) % roles}`] : []),
    ];
    return [
      id,
      {
        id,
        handle: login(index),
        email: login(index),
        name: `Person ${index}`,
        status: "active",
        serviceAccount: false,
        roleIds: held,
      },
    ];
  };
  const handles = Array.from({ length: roles }, (_, index) => `team-${index}`);
  const team = (handle: string): readonly [string, Team] => [
    handle,
    { id: handle, handle, name: handle, managed: path === "scim" },
  ];
  const fact = <T>(value: T) => ({ state: "known", value, asOf: NOW }) as const;
  return takeSnapshot({
    project,
    files: [file],
    lock: {
      organizations: new Map([
        [
          "prod",
          { adopted: true, roles: new Map(), teams: new Map(handles.map((handle) => [handle, { id: handle }])) },
        ],
      ]),
      groups: new Map(),
    },
    directories: new Map([
      [
        "okta",
        {
          name: "okta",
          kind: "okta",
          groups: known(
            members.map((_, index) => [`00g${index}`, { id: `00g${index}`, name: `group-${index}`, kind: "static" }]),
          ),
          named: new Map(),
          members: new Map(members.map((each, index) => [`00g${index}`, complete("okta", NOW, each)])),
        },
      ],
    ]),
    targets: new Map([
      [
        "prod",
        {
          name: "prod",
          site: "datadoghq.eu",
          actor: fact({
            accountId: "bot",
            handle: "bot",
            organizationId: "org",
            organizationName: "Large",
            roleIds: [],
          }),
          permissions: complete("prod", NOW, CATALOGUE),
          roles: known([
            ...Array.from({ length: roles }, (_, index) =>
              role(`role-${index}`, `Role ${index}`, permissions.slice(index, index + 40)),
            ),
            role("role-keep", "Keep", permissions.slice(0, 5)),
            role("role-admin", "Admin", ["user_access_manage", "org_management"]),
          ]),
          accounts: known(Array.from({ length: people }, (_, index) => account(index))),
          teams: known(handles.map(team)),
          teamMembers: new Map(handles.map((handle) => [handle, known<TeamMember>([])])),
          mappings: known<AuthnMapping>([]),
          switches: { roleMapping: fact(path === "saml"), teamSource: fact("saml_and_manually") },
        },
      ],
    ]),
    now: NOW,
  });
}
