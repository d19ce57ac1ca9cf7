/** Files and live systems as the engine sees them: who holds what through which line, and what stays open. */

import { test } from "vitest";
import { personHolds, whoCan } from "../../../server/src/core/analysis/engine/answers.ts";
import { engineOf } from "../../../server/src/core/analysis/engine/fromSnapshot.ts";
import { expectText } from "../../support/expectText.ts";
import { parseFixture } from "../../support/fixture.ts";

/** Holders of a permission in the fixture's organization, one a line, then why there may be more. */
function checkWho(fixture: string, permission: string, expected: string): void {
  const { snapshot } = parseFixture(fixture);
  const [organization] = snapshot.project?.content.organizations.values() ?? [];
  const engine = organization && engineOf(snapshot, organization);
  if (!engine) throw new Error("the fixture has no organization that was read");
  const { holders, gaps } = whoCan(engine, permission);
  const lines = holders.map(({ key, person, path }) => {
    const from = path.group ? `${path.group.facts.name} → ` : "outside: ";
    const more = (personHolds(engine, key)?.held.length ?? 0) - 1;
    return `${person.name}${person.kind === "service" ? " (service account)" : ""}  ${from}${path.role.name}  and ${more} more`;
  });
  expectText([...lines, ...gaps.map((gap) => `gap: ${gap}`), ""].join("\n"), expected);
}

test("roles come through bundles and through every mapping of the same group; what has ended gives nothing", () =>
  checkWho(
    `
#- /a.accessmap.yaml
bundles:
  ops: { roles: [Operator] }
mappings:
  - { group: dd-ops, bundles: [ops] }
  - { group: { id: group-dd-ops }, roles: [Viewer] }
  - { group: dd-old, roles: [Operator], until: 2026-01-01 }
#- live okta
groups: [{ name: dd-ops, members: [ana, { login: bob, state: suspended }] }, { name: dd-old, members: [cyd] }]
#- live datadog
roles: [{ name: Operator, permissions: [monitors_downtime, monitors_write] }, { name: Viewer, permissions: [cases_read] }]
accounts: [ana]
`,
    "monitors_downtime",
    `
ana@acme.com  dd-ops → Operator  and 2 more
`,
  ));

test.each([
  ["a misspelt key", "{ group: dd-ops, rols: [Operator] }", 'a mapping of "dd-ops" has an error in its form'],
  ["an unknown bundle", "{ group: dd-ops, bundles: [opps] }", 'bundle "opps" of "dd-ops" does not exist'],
  ["no group", "{ grup: dd-ops, roles: [Operator] }", 'an entry of "a.accessmap.yaml" names no group'],
])("what an entry with %s should give is not known", (_, entry, gap) =>
  checkWho(
    `
#- /a.accessmap.yaml
mappings:
  - ${entry}
  - { group: dd-else, roles: [Viewer] }
#- live okta
groups: [{ name: dd-ops, members: [ana] }, { name: dd-else, members: [bob] }]
#- live datadog
roles: [{ name: Operator, permissions: [monitors_write] }, { name: Viewer, permissions: [cases_read] }]
`,
    "monitors_write",
    `
gap: ${gap}
`,
  ),
);

test("what accounts hold outside the files counts, service accounts too, but not disabled accounts", () =>
  checkWho(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ops, roles: [Operator] }
#- live okta
groups: [{ name: dd-ops, members: [robot, { login: bob, state: deactivated }] }]
#- live datadog
roles: [{ name: Operator, permissions: [monitors_write] }, { name: Legacy, permissions: [monitors_write, cases_read] }]
accounts:
  - { login: bob, roles: [Operator] }
  - { login: eve, roles: [Legacy], status: disabled }
  - { login: fay, roles: [Legacy] }
  - { login: robot, roles: [Legacy], service: true }
`,
    "monitors_write",
    `
bob@acme.com  outside: Operator  and 0 more
fay@acme.com  outside: Legacy  and 1 more
robot (service account)  outside: Legacy  and 1 more
`,
  ));

const HELD_BY_HAND = (push: string) => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: ${push} } }
#- /a.accessmap.yaml
mappings:
  - { group: dd-ops, roles: [Operator] }
  - { group: dd-team, teams: [ops] }
  - { group: dd-ro, roles: [Viewer] }
#- lock
organizations: { prod: { adopted: true, roles: [Operator] } }
#- live okta
groups: [{ name: dd-ops, members: [ana] }, { name: dd-team, members: [dee] }, { name: dd-ro, members: [eve] }]
#- live datadog
roles: [{ name: Operator, permissions: [monitors_write] }, { name: Viewer, permissions: [cases_read] }]
teams: [ops]
accounts:
  - { login: ana, roles: [Operator] }
  - { login: bob, roles: [Operator, Datadog Read Only Role] }
  - { login: cyd, roles: [Operator] }
  - { login: dee, roles: [Operator] }
  - { login: eve, roles: [Operator] }
`;

test("in an adopted organization the next push takes back managed roles that no mapping gives, but never all that somebody holds", () => {
  const kept = ["cyd", "dee"].map((who) => `${who}@acme.com  outside: Operator  and 0 more\n`).join("");
  const ana = "ana@acme.com  dd-ops → Operator  and 0 more\n";
  for (const push of ["scim", "members"])
    checkWho(HELD_BY_HAND(`{ roles: ${push} }`), "monitors_write", `\n${ana}${kept}`);
  checkWho(HELD_BY_HAND("{ roles: scim, users: deactivate }"), "monitors_write", `\n${ana}`);
  const all = Object.entries({ bob: 59, cyd: 0, dee: 0, eve: 1 })
    .map(([who, more]) => `${who}@acme.com  outside: Operator  and ${more} more\n`)
    .join("");
  checkWho(HELD_BY_HAND("{ roles: off, teams: scim, users: deactivate }"), "monitors_write", `\n${ana}${all}`);
});

test("a group whose members are not wholly known makes the answer a lower bound, and so does a role that was not checked", () =>
  checkWho(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ops, roles: [Operator] }
  - { group: dd-dev, roles: [Unheard] }
  - { group: dd-view, roles: [Viewer] }
#- live okta
groups:
  - { name: dd-ops, members: [ana], incomplete: a page is missing }
  - { name: dd-dev, members: [bob] }
  - dd-view
#- live datadog
roles: [{ name: Operator, permissions: [monitors_write] }, { name: Viewer, permissions: [cases_read] }]
accounts: [ana, bob]
incomplete: [roles]
`,
    "monitors_write",
    `
ana@acme.com  dd-ops → Operator  and 0 more
gap: members of "dd-ops" not known completely: a page is missing
gap: role "Unheard" of "dd-dev" not checked: roles could not be read completely
`,
  ));

test("a role with permissions that no list explains may permit more", () =>
  checkWho(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ops, roles: [Odd] }
#- live okta
groups: [{ name: dd-ops, members: [ana, { login: cyd, state: unknown }] }]
#- live datadog
roles: [{ name: Odd, permissions: [cases_read], unresolved: 2 }]
accounts: [ana]
unread: [accounts]
`,
    "monitors_write",
    `
gap: the directory does not say whether 1 person of "dd-ops" can sign in
gap: role "Odd" has 2 permissions that no list explains
gap: accounts of prod not known: accounts may not be read
`,
  ));
