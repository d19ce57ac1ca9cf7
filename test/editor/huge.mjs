/** A project of 10,000 mappings and the company it is about: a seed for the sandbox and the files beside it. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [MAPPINGS, GROUPS, PEOPLE, ROLES, MEMBERS] = [10_000, 1_000, 2_000, 40, 10];

const range = (length, make) => Array.from({ length }, (_, index) => make(index));
const group = (i) => `dd-group-${String(i % GROUPS).padStart(4, "0")}`;
const role = (i) => `Role ${String(i % ROLES).padStart(2, "0")}`;
const login = (i) => `person.${i % PEOPLE}@acme.com`;
const PERMISSIONS = ["logs_read_data", "dashboards_write", "monitors_write", "logs_delete_data", "user_access_manage"];

const PROJECT = `version: 1
project: huge
directories:
  okta: { type: okta, domain: acme.okta.com, groups: "dd-*" }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim, users: off } }
`;

const seed = () => ({
  okta: {
    users: range(PEOPLE, (i) => ({ login: login(i) })),
    groups: range(GROUPS, (i) => ({ name: group(i), members: range(MEMBERS, (m) => login(i * MEMBERS + m)) })),
  },
  datadog: {
    roles: range(ROLES, (i) => ({ name: role(i), permissions: [PERMISSIONS[i % PERMISSIONS.length]] })),
    users: range(PEOPLE, (i) => ({ handle: login(i), roles: [role(i)] })),
  },
});

/** Each group has ten mappings, each with another role. */
const mappings = () =>
  range(
    MAPPINGS,
    (i) => `  - group: ${group(i)}\n    roles: [${role(Math.floor(i / GROUPS) + i)}]\n    reason: On call\n`,
  );

/** `file` is the large one, `seedFile` the company; `remove` takes all away. */
export function writeHuge() {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "accessmap-huge-")));
  const folder = join(scratch, "huge");
  const [file, seedFile] = [join(folder, "access/all.accessmap.yaml"), join(scratch, "seed.json")];
  mkdirSync(join(folder, "access"), { recursive: true });
  writeFileSync(join(folder, "accessmap.yaml"), PROJECT);
  writeFileSync(file, `organization: prod\nmappings:\n${mappings().join("")}`);
  writeFileSync(seedFile, JSON.stringify(seed()));
  return { folder, file, seedFile, remove: () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }) };
}
