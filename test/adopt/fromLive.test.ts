/** What is live becomes mappings where it is certain, and notes where it is not. */

import { describe, expect, test } from "vitest";
import { proposeFromLive } from "../../server/src/core/adopt/fromLive.ts";
import { parseFixture } from "../support/fixture.ts";
import { checkImport } from "./support.ts";

const BLOCK = "# What `accessmap import` could not explain. Each import writes these lines anew.\n#\n";
const END = "# End of what could not be explained.\n";
const notes = (...lines: string[]) => `${BLOCK}${lines.map((line) => `# ${line}\n`).join("")}${END}`;

describe("AuthN mappings", () => {
  test("say by themselves which group gets what", () =>
    checkImport(
      `
#- live okta
groups: [{ name: dd-sre, members: [] }, { name: dd-dev, members: [] }]
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
roles: [SRE, Engineer, "Ops: night"]
teams: [sre]
mappings:
  - { group: dd-sre, role: SRE }
  - { group: dd-sre, role: "Ops: night" }
  - { group: dd-sre, team: sre }
  - { group: dd-dev, role: Engineer }
`,
      `
organization: prod
mappings:
  - group: dd-dev
    roles: [Engineer]
  - group: dd-sre
    roles: ["Ops: night", SRE]
    teams: [sre]
`,
    ));

  test("of a group that is not there are written and said; one that could not be looked up is just written", () =>
    checkImport(
      `
#- /accessmap.yaml
version: 1
project: acme
directories:
  okta: { type: okta, domain: acme.okta.com, groups: "dd-*" }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: saml } }
#- live okta
groups: []
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
roles: [SRE]
mappings: [{ group: dd-gone, role: SRE }, { group: other, role: SRE }]
`,
      `
organization: prod
mappings:
  # okta has no group of this name (2026-11-23)
  - group: dd-gone
    roles: [SRE]
  - group: other
    roles: [SRE]

# What \`accessmap import\` could not explain. Each import writes these lines anew.
#
# role SRE was not compared: the members of other were not read completely.
# End of what could not be explained.
`,
    ));

  test("by object ids become names where the directory knows them", () =>
    checkImport(
      `
#- /accessmap.yaml
version: 1
project: acme
directories:
  corp: { type: entra, tenant: t, claim: id }
organizations:
  prod: { site: datadoghq.eu, directory: corp, push: { roles: saml } }
#- live corp
groups: [{ name: Platform, id: 1f-1, members: [] }, { name: Twin, id: 2f, members: [] }, { name: Twin, id: 3f, members: [] }]
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
roles: [SRE]
mappings: [{ group: 1f-1, role: SRE }, { group: 2f, role: SRE }, { group: 9f, role: SRE }]
`,
      `
organization: prod
mappings:
  - group: { directory: corp, id: "2f" }
    roles: [SRE]
  # corp has no group with this id (2026-11-23)
  - group: { directory: corp, id: "9f" }
    roles: [SRE]
  - group: Platform
    roles: [SRE]
`,
    ));

  test("of another attribute name no groups", () =>
    checkImport(
      `
#- /accessmap.yaml
version: 1
project: acme
directories:
  okta: { type: okta, domain: acme.okta.com }
organizations:
  prod: { site: datadoghq.eu, directory: okta, attribute: memberOf, push: { roles: saml } }
#- live okta
groups: [{ name: dd-sre, members: [] }]
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
roles: [SRE, Engineer]
teams: [{ handle: web, members: [] }]
mappings:
  - { group: dd-sre, role: SRE }
  - { key: department, group: Web, role: Engineer }
  - { key: department, group: Web, team: web }
`,
      `
organization: prod
mappings:
  - group: dd-sre
    roles: [SRE]

# What \`accessmap import\` could not explain. Each import writes these lines anew.
#
# AuthN mapping department=Web gives role "Engineer": not by a group claim.
# AuthN mapping department=Web gives team "web": not by a group claim.
# End of what could not be explained.
`,
    ));

  test("a role whose name several have is pinned", () =>
    checkImport(
      `
#- live okta
groups: [{ name: dd-sre, members: [] }]
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
roles: [{ name: SRE }, { name: SRE, id: other }]
mappings: [{ group: dd-sre, role: SRE }]
`,
      `
organization: prod
mappings:
  - group: dd-sre
    roles: [{ name: SRE, id: role-sre }]
`,
    ));
});

describe("AuthN mappings that are kept and not applied", () => {
  const off = (switches: string, push = "scim") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: ${push}, teams: ${push} } } }
#- live okta
groups: [{ name: dd-held, members: [ana, nobody] }, { name: dd-more, members: [ana, bob] }, { name: dd-empty, members: [] }]
#- live datadog
${switches}
roles: [SRE, Engineer]
teams: [{ handle: web, members: [ana] }]
accounts: [{ login: ana, roles: [SRE] }, bob]
mappings:
  - { group: dd-held, role: SRE }
  - { group: dd-more, role: SRE }
  - { group: dd-empty, role: Engineer }
  - { group: dd-held, team: web }
  - { group: dd-more, team: web }
`;

  test("give nobody what they do not have: the rest is proposed, not written", () =>
    checkImport(
      off("switches: { roleMapping: false, teamSource: manually }"),
      `
organization: prod
mappings:
  # role mapping is off, but everybody in the group has what its AuthN mapping gives (2026-11-23)
  # teams are kept by hand, but everybody in the group has what its AuthN mapping gives (2026-11-23)
  - group: dd-held
    roles: [SRE]
    teams: [web]

${notes(
  "role mapping is off in prod, so these AuthN mappings have no effect; as entries they would give",
  "people what they do not have.",
  "  - group: dd-empty",
  "    roles: [Engineer]",
  "  - group: dd-more",
  "    roles: [SRE]",
  "teams are kept by hand in prod, so these AuthN mappings have no effect; as entries they would give",
  "people what they do not have.",
  "  - group: dd-more",
  "    teams: [web]",
)}`,
    ));

  const ALL = `
organization: prod
mappings:
  - group: dd-empty
    roles: [Engineer]
  - group: dd-held
    roles: [SRE]
    teams: [web]
  - group: dd-more
    roles: [SRE]
    teams: [web]
`;

  test("are what is pushed where roles and teams go through SAML", () =>
    checkImport(off("switches: { roleMapping: false, teamSource: manually }", "saml"), ALL));

  test("are taken to be applied where the switch may not be read, and that is said", () =>
    checkImport(
      off("unread: [switches]"),
      `${ALL}
${notes(
  "whether role mapping is on in prod is not known, and was taken to be so: switches may not be read.",
  "whether teams follow AuthN mappings in prod is not known, and was taken to be so: switches may not",
  "be read.",
)}`,
    ));
});

/** Who holds a role, who is in which groups, and what is written. */
const COINCIDENCES: readonly (readonly [string, string, string, string])[] = [
  [
    "one group of exactly these people",
    "[ana, bob]",
    "[{ name: dd-sre, members: [ana, bob] }, { name: dd-dev, members: [ana, bob, cid] }]",
    `organization: prod
mappings:
  # role SRE: exactly the 2 people of this group hold it (2026-11-23)
  - group: dd-sre
    roles: [SRE]
`,
  ],
  [
    "suspended members and people without an account do not count, and the latter are said",
    "[ana, bob]",
    "[{ name: dd-sre, members: [ana, bob, { login: cid, state: suspended }, nobody] }]",
    `organization: prod
mappings:
  # role SRE: exactly the 2 people of this group hold it (2026-11-23; 1 member has no account)
  - group: dd-sre
    roles: [SRE]
`,
  ],
  [
    "two groups of the same people",
    "[ana, bob]",
    "[{ name: dd-a, members: [ana, bob] }, { name: dd-b, members: [bob, ana] }]",
    `organization: prod
mappings: []

${notes(
  "role SRE: 2 people have it, exactly those of dd-a and dd-b; choose one.",
  "  - group: dd-a",
  "    roles: [SRE]",
  "  - group: dd-b",
  "    roles: [SRE]",
)}`,
  ],
  [
    "most but not all",
    "[ana, bob, cid]",
    "[{ name: dd-sre, members: [ana, bob, eve] }]",
    `organization: prod
mappings: []

${notes(
  "role SRE: 3 people have it by hand; dd-sre explains 2 of them, not cid@acme.com, and would give it",
  "to 1 more.",
  "  - group: dd-sre",
  "    roles: [SRE]",
)}`,
  ],
  [
    "all, but with more people than it explains",
    "[ana, bob]",
    "[{ name: dd-all, members: [ana, bob, cid, dan, eve] }]",
    `organization: prod
mappings: []

${notes("role SRE: 2 people have it by hand, and no group explains most of them: ana@acme.com and", "bob@acme.com.")}`,
  ],
  [
    "one person",
    "[ana]",
    "[{ name: dd-one, members: [ana] }]",
    `organization: prod
mappings: []

${notes("role SRE: 1 person has it by hand, and no group explains most of them: ana@acme.com.")}`,
  ],
  [
    "a group whose members are not wholly known is compared with nobody",
    "[ana, bob]",
    "[{ name: dd-sre, members: [ana, bob], incomplete: a page is missing }, dd-dev]",
    `organization: prod
mappings: []

${notes(
  "nobody was compared with any group, because no group's members could be read.",
  "2 groups were compared with nothing: their members were not read.",
)}`,
  ],
  [
    "a group of everyone is compared with nobody",
    "[ana, bob]",
    "[{ name: Everyone, kind: everyone, members: [ana, bob] }]",
    `organization: prod
mappings: []

${notes("role SRE: 2 people have it by hand, and no group explains most of them: ana@acme.com and", "bob@acme.com.")}`,
  ],
];

describe("people who hold a role by hand", () => {
  test.each(COINCIDENCES)("%s", (_, holders, groups, expected) => checkImport(company(holders, groups), expected));

  test("are counted where nobody is to be named", () =>
    checkImport(
      company("[ana]", "[]"),
      `organization: prod\nmappings: []\n\n${notes("role SRE: 1 person has it by hand, and no group explains most of them.")}`,
      { people: "counts" },
    ));

  test("are explained by AuthN mappings and by files, as far as those reach", () =>
    checkImport(
      `
#- /a.accessmap.yaml
mappings:
  - group: dd-file
    roles: [SRE]
  - group: dd-ended
    roles: [SRE]
    until: 2020-01-01
#- live okta
groups:
  - { name: dd-file, members: [ana, bob] }
  - { name: dd-authn, members: [cid] }
  - { name: dd-ended, members: [dan, eve, fay] }
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
roles: [SRE]
accounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE] }, { login: cid, roles: [SRE] }, { login: dan, roles: [SRE] }]
mappings: [{ group: dd-authn, role: SRE }]
`,
      `
organization: prod
mappings:
  - group: dd-authn
    roles: [SRE]

${notes("role SRE: 1 person has it by hand, and no group explains most of them: dan@acme.com.")}`,
    ));

  test("do not get it back through a mapping that has ended", () =>
    checkImport(
      `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ended, roles: [SRE, Engineer], until: 2020-01-01 }
#- live okta
groups: [{ name: dd-ended, members: [ana, bob] }]
#- live datadog
roles: [SRE, Engineer]
accounts: [{ login: ana, roles: [SRE, Engineer] }, { login: bob, roles: [SRE, Engineer] }, { login: cid, roles: [Engineer] }]
`,
      `
organization: prod
mappings: []

${notes(
  "role Engineer: 3 people have it by hand; dd-ended explains 2 of them, not cid@acme.com, but its",
  "mapping has ended.",
  "role SRE: 2 people have it, exactly those of dd-ended, whose mapping has ended.",
)}`,
    ));

  test("nothing is said of disabled accounts; service accounts hold what they hold", () =>
    checkImport(
      `
#- live okta
groups: []
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
roles: [SRE]
accounts: [{ login: ana, roles: [SRE], status: disabled }, { login: bot, roles: [SRE], service: true, name: Robot }]
`,
      `organization: prod\nmappings: []\n\n${notes("service account Robot holds SRE by itself.")}`,
    ));

  test("cannot be told without all accounts, nor where a mapped group was not read", () => {
    checkImport(
      `
#- live okta
groups: [{ name: dd-sre, members: [ana, bob] }]
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
roles: [SRE]
accounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE] }]
incomplete: [accounts]
`,
      `organization: prod
mappings: []

${notes(
  "not everything was read of prod: accounts could not be read completely.",
  "nobody was compared with any group, because not all accounts are known.",
)}`.replace("prod: accounts", "datadog: accounts"),
    );
  });
});

describe("teams", () => {
  test("that SCIM feeds follow the group they are called after", () =>
    checkImport(
      `
#- live okta
groups:
  - { name: Site Reliability, members: [ana, bob] }
  - { name: dd-other, members: [ana, bob] }
  - { name: dd-web, members: [dan, eve, fay] }
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
accounts: [ana, bob, cid, dan, eve, fay]
teams:
  - { handle: site_reliability, name: Site Reliability, managed: true, members: [ana, bob] }
  - { handle: web, managed: true, members: [bob] }
  - { handle: chess, members: [ana, cid] }
  - { handle: front, members: [dan, eve, fay] }
`,
      `organization: prod
mappings:
  # team site_reliability: SCIM feeds it, and the same 2 people of this group are in it (2026-11-23)
  - group: Site Reliability
    teams: [site_reliability]
  # team front: exactly the 3 people of this group are in it (2026-11-23)
  - group: dd-web
    teams: [front]

${notes(
  "team chess: 2 people have it by hand.",
  "team web: 1 person has it by hand, and no group explains most of them: bob@acme.com.",
)}`,
    ));
});

test("owners are who the directory says, if it is one", () =>
  checkImport(
    `
#- live okta
groups:
  - { name: dd-one, members: [ana, bob], owners: [ana] }
  - { name: dd-two, members: [ana, bob], owners: [bob, ana] }
  - { name: dd-gone, members: [{ login: eve, state: deactivated }], owners: [eve] }
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
roles: [SRE]
mappings: [{ group: dd-one, role: SRE }, { group: dd-two, role: SRE }, { group: dd-gone, role: SRE }]
`,
    `
organization: prod
mappings:
  - group: dd-gone
    roles: [SRE]
  - group: dd-one
    roles: [SRE]
    owner: ana@acme.com
  # owners of the group: ana@acme.com and bob@acme.com
  - group: dd-two
    roles: [SRE]
`,
  ));

test("names that would break out of a line stay in it", () =>
  checkImport(
    company("[ana, bob]", String.raw`[{ name: "dd\n- group: x", members: [ana, bob] }]`),
    String.raw`
organization: prod
mappings:
  # role SRE: exactly the 2 people of this group hold it (2026-11-23)
  - group: "dd\n- group: x"
    roles: [SRE]
`,
  ));

test.each([
  ["nothing read", "\n#- /a.accessmap.yaml\nmappings: []\n", /prod has not been read yet/],
  ["no key", "\n#- live datadog unreachable down\n", /down/],
  [
    "another organization",
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, id: mine, directory: okta } }
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
actor: { login: bot, organization: theirs }
`,
    /belongs to/,
  ],
  ["a broken file", "\n#- /a.accessmap.yaml\nmappings:\n  - grup: x\n#- live datadog\nroles: []\n", /grup/],
])("no proposal: %s", (_, fixture, said) => {
  const made = proposeFromLive(parseFixture(fixture).snapshot, "prod", { people: "names" });
  expect("missing" in made && made.missing.map(({ message }) => message).join()).toMatch(said);
});

function company(holders: string, groups: string): string {
  const held = holders.slice(1, -1).split(", ");
  const accounts = ["ana", "bob", "cid", "dan", "eve"].map(
    (login) => `{ login: ${login}, roles: [${held.includes(login) ? "SRE" : ""}] }`,
  );
  return `
#- live okta
groups: ${groups}
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
roles: [SRE]
accounts: [${accounts.join(", ")}]
`;
}
