/** Terraform files to mapping files: configuration, its JSON, state, and what `terraform show -json` prints. */
/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform writes its templates like that. */

import { expect, test } from "vitest";
import { proposeFromTerraform, readTerraform } from "../../server/src/core/adopt/terraform/fromTerraform.ts";
import { writeMappings } from "../../server/src/core/adopt/writeMappings.ts";
import { expectText } from "../support/expectText.ts";
import { parseFixture } from "../support/fixture.ts";
import { afterwards, textOf, writtenOf } from "./support.ts";

type Files = Readonly<Record<string, string>>;

function propose(files: Files, fixture: string, provider?: string) {
  const { snapshot } = parseFixture(fixture);
  const organization = snapshot.project?.content.organizations.get("prod");
  if (!organization) throw new Error("no organization");
  const read = readTerraform(
    Object.entries(files).map(([file, text]) => ({ file, folder: file.slice(0, file.lastIndexOf("/") + 1), text })),
  );
  return { snapshot, proposal: proposeFromTerraform(snapshot, organization, read, provider ? { provider } : {}) };
}

function checkTerraform(files: Files, fixture: string, expected: string, provider?: string): void {
  const { snapshot, proposal } = propose(files, fixture, provider);
  if ("problem" in proposal) throw new Error(proposal.problem);
  const written = writtenOf(writeMappings(snapshot, proposal, { withNotes: true }));
  expectText(textOf(written), expected);
  afterwards(snapshot, written);
}

const NOTHING_LIVE = "\n#- /other.accessmap.yaml\nmappings: []\n";
const LIVE = `
#- live okta
groups: [dd-sre, dd-web]
#- live datadog
switches: { roleMapping: true, teamSource: saml_only }
roles: [SRE, Engineer, { name: Twin }, { name: Twin, id: second }]
teams: [web]
`;

const notes = (...lines: string[]) =>
  [
    "# What `accessmap import` could not explain. Each import writes these lines anew.",
    "#",
    ...lines.map((line) => `# ${line}`),
    "# End of what could not be explained.",
    "",
  ].join("\n");

const MAIN = `
data "datadog_role" "ro" {
  filter = "Datadog Read Only Role"
}
resource "datadog_role" "sre" {
  name = "SRE"
  permission { id = data.datadog_permissions.all.permissions.logs_read_data }
}
resource "datadog_team" "web" {
  handle = "web"
  name   = "Web"
}
locals {
  claim = "memberOf"
  key   = local.claim
}
resource "datadog_authn_mapping" "one" {
  key   = local.key
  value = "dd-sre"
  role  = datadog_role.sre.id
}
resource "datadog_authn_mapping" "two" {
  key   = "memberOf"
  value = "dd-sre"
  role  = data.datadog_role.ro.id
}
resource "datadog_authn_mapping" "three" {
  key   = "memberOf"
  value = "dd-web"
  team  = datadog_team.web.id
}
`;

test("configuration says who gets what by reference, without anything live", () =>
  checkTerraform(
    { "main.tf": MAIN },
    NOTHING_LIVE,
    `
organization: prod
mappings:
  - group: dd-sre
    roles: [Datadog Read Only Role, SRE]
  - group: dd-web
    teams: [web]
`,
  ));

test("the same in JSON, in the forms that it allows", () =>
  checkTerraform(
    {
      "main.tf.json": JSON.stringify({
        "//": "a comment",
        data: { datadog_role: { ro: { filter: "Datadog Read Only Role" } } },
        locals: [{ key: "memberOf" }],
        resource: [
          { datadog_role: { sre: [{ name: "SRE" }] }, datadog_team: { web: { handle: "web" } } },
          {
            datadog_authn_mapping: {
              one: { key: "${local.key}", value: "dd-sre", role: "${datadog_role.sre.id}" },
              two: { key: "memberOf", value: "dd-sre", role: "${data.datadog_role.ro.id}" },
              three: { key: "memberOf", value: "dd-web", team: "${datadog_team.web.id}" },
            },
          },
        ],
      }),
    },
    NOTHING_LIVE,
    `
organization: prod
mappings:
  - group: dd-sre
    roles: [Datadog Read Only Role, SRE]
  - group: dd-web
    teams: [web]
`,
  ));

const resource = (type: string, name: string, instances: readonly object[], more: object = {}) => ({
  mode: "managed",
  type,
  name,
  provider: 'provider["registry.terraform.io/datadog/datadog"]',
  instances,
  ...more,
});
const mapping = (value: string, more: object) => ({
  attributes: { id: value, key: "memberOf", value, role: "", team: "", ...more },
});

const STATE = JSON.stringify({
  version: 4,
  terraform_version: "1.9.0",
  resources: [
    resource("datadog_role", "r", [{ index_key: "sre", attributes: { id: "role-sre", name: "SRE" } }]),
    resource("datadog_role", "twin", [{ attributes: { id: "second", name: "Twin" } }]),
    resource("datadog_team", "web", [{ attributes: { id: "team-web", handle: "web" } }], { module: "module.teams" }),
    resource("datadog_authn_mapping", "all", [
      { index_key: "dd-sre", attributes_flat: mapping("dd-sre", { role: "role-sre" }).attributes },
      { index_key: "dd-web", ...mapping("dd-web", { team: "team-web" }) },
      { index_key: "${x}", ...mapping("${x}", { role: "second" }) },
      { index_key: "lost", ...mapping("dd-web", { role: "no-such-role" }) },
      { index_key: "team", ...mapping("dd-web", { team: "no-such-team" }) },
      { index_key: "old", deposed: "5f2c1a90", ...mapping("dd-sre", { role: "second" }) },
    ]),
    resource("datadog_monitor", "m", [{ attributes: { id: "1" } }]),
  ],
});

test("a state has the values of every expression, and what is live tells names apart", () =>
  checkTerraform(
    { "terraform.tfstate": STATE, "main.tf": 'resource "datadog_authn_mapping" "all" {\n  for_each = local.all\n}\n' },
    LIVE,
    `
organization: prod
mappings:
  # okta has no group of this name (2026-11-23)
  - group: "\${x}"
    roles: [{ name: Twin, id: second }]
  - group: dd-sre
    roles: [SRE]
  - group: dd-web
    roles: [{ id: no-such-role }]
    teams: [web]

${notes(
  'terraform.tfstate: datadog_authn_mapping.all["team"] was not read: the handle of team no-such-team',
  "is not known.",
  'terraform.tfstate: datadog_authn_mapping.all["old"] (deposed) was not read: Terraform destroys it',
  "with its next apply.",
)}`,
  ));

test("what `terraform show -json` prints is a state too", () =>
  checkTerraform(
    {
      "state.json": JSON.stringify({
        format_version: "1.0",
        values: {
          root_module: {
            resources: [
              {
                mode: "data",
                type: "datadog_role",
                name: "sre",
                address: "data.datadog_role.sre",
                values: { id: "x", name: "SRE", filter: "SR" },
              },
            ],
            child_modules: [
              {
                address: "module.access",
                resources: [
                  {
                    mode: "managed",
                    type: "datadog_authn_mapping",
                    name: "one",
                    address: "module.access.datadog_authn_mapping.one",
                    values: { key: "memberOf", value: "dd-sre", role: "x" },
                  },
                ],
              },
            ],
          },
        },
      }),
    },
    NOTHING_LIVE,
    `
organization: prod
mappings:
  - group: dd-sre
    roles: [SRE]
`,
  ));

const one = (body: string) => ({ "main.tf": `resource "datadog_authn_mapping" "one" {\n${body}\n}\n` });
const KEY = '  key = "memberOf"';

test.each<readonly [string, Files, readonly string[]]>([
  [
    "a group that is computed",
    one(`${KEY}\n  value = "dd-\${var.env}"\n  role = "r"`),
    [
      'main.tf:1: datadog_authn_mapping.one was not read: value is the expression "dd-${var.env}" at line',
      "3; a state file has its value.",
    ],
  ],
  [
    "an attribute from a variable",
    one('  key = var.key\n  value = "g"\n  role = "r"'),
    [
      "main.tf:1: datadog_authn_mapping.one was not read: key is the expression var.key at line 2; a state",
      "file has its value.",
    ],
  ],
  [
    "many of one",
    one(`  for_each = local.all\n${KEY}\n  value = each.key\n  role = each.value`),
    [
      "main.tf:1: datadog_authn_mapping.one was not read: for_each makes several of it; a state file has",
      "their values.",
    ],
  ],
  [
    "none or one",
    one(`  count = var.on ? 1 : 0\n${KEY}\n  value = "g"\n  role = "r"`),
    ["main.tf:1: datadog_authn_mapping.one was not read: count makes several of it; a state file has their", "values."],
  ],
  [
    "a role that is chosen",
    one(`${KEY}\n  value = "g"\n  role = datadog_role.all["x"].id`),
    [
      'main.tf:1: datadog_authn_mapping.one was not read: role is the expression datadog_role.all["x"].id',
      "at line 4; a state file has its value.",
    ],
  ],
  [
    "a role that is not here",
    one(`${KEY}\n  value = "g"\n  role = datadog_role.x.id`),
    [
      "main.tf:1: datadog_authn_mapping.one was not read: role is the expression datadog_role.x.id at line",
      "4; a state file has its value.",
    ],
  ],
  [
    "a module's output",
    one(`${KEY}\n  value = "g"\n  role = module.roles.sre`),
    [
      "main.tf:1: datadog_authn_mapping.one was not read: role is the expression module.roles.sre at line",
      "4; a state file has its value.",
    ],
  ],
  [
    "another attribute of a role",
    one(`${KEY}\n  value = "g"\n  role = datadog_role.x.name`),
    [
      "main.tf:1: datadog_authn_mapping.one was not read: role is the expression datadog_role.x.name at",
      "line 4; a state file has its value.",
    ],
  ],
  [
    "no role at all",
    one(`${KEY}\n  value = "g"`),
    ["main.tf:1: datadog_authn_mapping.one was not read: it has no role."],
  ],
  [
    "a role that is looked for",
    {
      "main.tf": `${one(`${KEY}\n  value = "g"\n  role = data.datadog_role.x.id`)["main.tf"]}data "datadog_role" "x" {\n  filter = "Sup"\n}\n`,
    },
    [
      'main.tf:1: datadog_authn_mapping.one was not read: data.datadog_role.x looks for roles with "Sup" in',
      "their name; read with live roles to see which one it is.",
    ],
  ],
  [
    "a local that goes in circles",
    {
      "main.tf": `${one('  key = local.a\n  value = "g"\n  role = "r"')["main.tf"]}locals {\n  a = local.b\n  b = local.a\n}\n`,
    },
    [
      "main.tf:1: datadog_authn_mapping.one was not read: key is the expression local.a at line 2; a state",
      "file has its value.",
    ],
  ],
  [
    "single people",
    {
      "main.tf":
        'resource "datadog_team_membership" "a" {}\nresource "datadog_team_membership" "b" {}\nresource "datadog_user_role" "c" {}\n',
    },
    [
      "2 datadog_team_membership resources put single people into teams; mappings are about groups.",
      "1 datadog_user_role resource gives a role to a single person; mappings are about groups.",
    ],
  ],
  ["a file that is none", { "main.tf": "%PDF" }, ["main.tf was not read from line 1 on: it is not valid there."]],
  ["JSON that is none", { "a.tf.json": "{" }, ["a.tf.json was not read: it is not valid JSON."]],
  [
    "an old state",
    { "terraform.tfstate": '{"version":3,"resources":[]}' },
    ["terraform.tfstate was not read: its state has version 3, not 4."],
  ],
  ["deep JSON", { "a.tf.json": "[".repeat(200_000) }, ["a.tf.json was not read: it is not valid JSON."]],
])("not read, and said: %s", (_, files, said) =>
  checkTerraform(files, NOTHING_LIVE, `organization: prod\nmappings: []\n\n${notes(...said)}`),
);

test("a role that is looked for is the one of exactly that name, where it is live", () =>
  checkTerraform(
    {
      "main.tf": `${one(`${KEY}\n  value = "dd-sre"\n  role = data.datadog_role.x.id`)["main.tf"]}data "datadog_role" "x" {\n  filter = "Engineer"\n}\n`,
    },
    LIVE,
    "organization: prod\nmappings:\n  - group: dd-sre\n    roles: [Engineer]\n",
  ));

test("mappings that have no effect today are imported, because somebody wrote them, and that is said", () =>
  checkTerraform(
    { "main.tf": MAIN },
    LIVE.replace("roleMapping: true", "roleMapping: false"),
    `
organization: prod
mappings:
  - group: dd-sre
    roles: [Datadog Read Only Role, SRE]
  - group: dd-web
    teams: [web]

${notes("AuthN mappings of roles have no effect in prod today, because role mapping is off; as entries they", "would.")}`,
  ));

test("another attribute than the one that carries groups", () =>
  checkTerraform(
    {
      "main.tf":
        `${MAIN}resource "datadog_authn_mapping" "d" {\n  key = "department"\n  value = "Web"\n  role = datadog_role.sre.id\n}\n`.replaceAll(
          "local.key",
          '"memberOf"',
        ),
    },
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta, attribute: memberOf } }
`,
    `
organization: prod
mappings:
  - group: dd-sre
    roles: [Datadog Read Only Role, SRE]
  - group: dd-web
    teams: [web]

${notes("main.tf:32: datadog_authn_mapping.d maps department=Web, which is no group claim.")}`,
  ));

test("an attribute that is computed somewhere casts no doubt on the others", () =>
  checkTerraform(
    { "main.tf": `${MAIN}resource "datadog_authn_mapping" "x" {\n  key = var.key\n  value = "g"\n  role = "r"\n}\n` },
    NOTHING_LIVE,
    `
organization: prod
mappings:
  - group: dd-sre
    roles: [Datadog Read Only Role, SRE]
  - group: dd-web
    teams: [web]

${notes("main.tf:32: datadog_authn_mapping.x was not read: key is the expression var.key at line 33; a state", "file has its value.")}`,
  ));

test("resources of several providers belong to several organizations: one has to be named", () => {
  const files = {
    "main.tf": `${one(`${KEY}\n  value = "a"\n  role = "r"\n  provider = datadog.eu`)["main.tf"]}${one(`${KEY}\n  value = "b"\n  role = "r"`)["main.tf"]}`,
  };
  expect(propose(files, NOTHING_LIVE).proposal).toEqual({
    problem: expect.stringMatching(/--provider: datadog, datadog\.eu/),
  });
  expect(propose(files, NOTHING_LIVE, "aws").proposal).toEqual({
    problem: expect.stringMatching(/no resource uses the provider aws; there are datadog and datadog\.eu/),
  });
  checkTerraform(
    files,
    NOTHING_LIVE,
    "organization: prod\nmappings:\n  - group: a\n    roles: [{ id: r }]\n",
    "datadog.eu",
  );
});

test("the provider of a state's resources is told by its alias", () => {
  const state = JSON.parse(STATE);
  state.resources[0].provider += ".eu";
  expect(propose({ "x.tfstate": JSON.stringify(state) }, NOTHING_LIVE).proposal).toEqual({
    problem: expect.stringMatching(/datadog, datadog\.eu/),
  });
});
