/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform writes its templates like that. */
/** Access control of hoop.dev: the documented resource and nothing else, the same text for the same files, nothing guessed. */

import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { exportHoop, renderHoop } from "../../server/src/core/export/hoop.ts";
import { checkProblems } from "../support/checks.ts";
import { parseFixture } from "../support/fixture.ts";

const ID = "5001a4a4-9cba-4f2a-9147-d763cd070e0a";

/**
 * The resource as its documentation describes it: three required arguments, of a single plugin, and no other resource, so
 * that none can touch the bindings of other connections. (hoophq/terraform-provider-hoop, docs/resources/plugin_connection)
 */
const SHAPE = {
  type: "object",
  additionalProperties: false,
  required: ["//", "resource"],
  properties: {
    "//": { type: "string" },
    resource: {
      type: "object",
      additionalProperties: false,
      required: ["hoop_plugin_connection"],
      properties: {
        hoop_plugin_connection: {
          type: "object",
          propertyNames: { pattern: "^[A-Za-z_][A-Za-z0-9_-]*$" },
          additionalProperties: {
            type: "object",
            additionalProperties: false,
            required: ["plugin_name", "connection_id", "config"],
            properties: {
              plugin_name: { const: "access_control" },
              connection_id: {
                type: "string",
                pattern:
                  "^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\$\\{hoop_connection\\.[A-Za-z_][A-Za-z0-9_-]*\\.id\\})$",
              },
              config: { type: "array", minItems: 1, uniqueItems: true, items: { type: "string", minLength: 1 } },
            },
          },
        },
      },
    },
  },
} as const;

const isShaped = new Ajv2020({ strict: true }).compile(SHAPE);

interface Expected {
  readonly resources: Readonly<Record<string, readonly [connection: string, ...groups: string[]]>>;
  readonly leftOut?: readonly string[];
  readonly warnings?: readonly string[];
  readonly unknown?: readonly string[];
}

function checkExport(fixture: string, expected: Expected, organizations?: readonly string[]): void {
  const found = exportHoop(parseFixture(fixture).snapshot, organizations);
  const text = renderHoop(found);
  const file = JSON.parse(text);
  expect(isShaped(file), JSON.stringify(isShaped.errors)).toBe(true);
  expect(
    Object.fromEntries(
      Object.entries<{ connection_id: string; config: string[] }>(file.resource.hoop_plugin_connection).map(
        ([label, { connection_id, config }]) => [label, [connection_id, ...config]],
      ),
    ),
  ).toEqual(expected.resources);
  expect(found.leftOut).toEqual(expected.leftOut ?? []);
  expect(found.warnings).toEqual(expected.warnings ?? []);
  expect(found.unknown).toEqual(expected.unknown ?? []);
}

const ENTRA = `
#- /accessmap.yaml
version: 1
project: acme
directories:
  corp: { type: entra, tenant: t, claim: id }
organizations:
  prod: { site: datadoghq.eu, directory: corp }
`;

describe("which groups may use which connection", () => {
  test("is told once a connection, sorted, whatever the order of the files", () =>
    checkExport(
      `
#- /b.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
    hoop: [pg-prod, ${ID.toUpperCase()}]
  - group: dd-dba
    hoop: [pg-prod]
#- /a.accessmap.yaml
mappings:
  - group: dd-web
    hoop: [${ID}, bash]
  - group: dd-sre
    hoop: [pg-prod]
  - group: dd-none
    roles: [SRE]
`,
      {
        resources: {
          [`connection-${ID}`]: [ID, "dd-sre", "dd-web"],
          bash: ["${hoop_connection.bash.id}", "dd-web"],
          "pg-prod": ["${hoop_connection.pg-prod.id}", "dd-dba", "dd-sre"],
        },
      },
    ));

  test("leaves out what has ended, and a connection that nobody is left to use", () =>
    checkExport(
      `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    hoop: [pg-prod]
    until: 2026-11-22
  - group: dd-web
    hoop: [pg-prod, bash]
    until: someday
  - group: dd-dba
    hoop: [bash]
    until: 2026-11-23
  - hoop: [bash]
#- live okta
groups: [dd-sre, dd-web, dd-dba]
`,
      {
        resources: { bash: ["${hoop_connection.bash.id}", "dd-dba"] },
        leftOut: [
          "dd-sre to pg-prod (a.accessmap.yaml:2): it ended on 2026-11-22",
          "dd-web to pg-prod and bash (a.accessmap.yaml:5): its end cannot be read as a day",
          "? to bash (a.accessmap.yaml:11): it names no group",
          "connection pg-prod: no group is left, and hoop then shows it to administrators and auditors alone",
        ],
      },
    ));

  test("leaves out a group that does not exist, and believes in one that could not be read", () => {
    const files =
      "\n#- /a.accessmap.yaml\nmappings: [{ group: dd-gone, hoop: [bash] }, { group: dd-sre, hoop: [bash] }]\n";
    checkExport(`${files}#- live okta\ngroups: [dd-sre]\n`, {
      resources: { bash: ["${hoop_connection.bash.id}", "dd-sre"] },
      leftOut: ["dd-gone to bash (a.accessmap.yaml:1): okta has no such group"],
    });
    checkExport(`${files}#- live okta unreachable down\n`, {
      resources: { bash: ["${hoop_connection.bash.id}", "dd-gone", "dd-sre"] },
    });
  });

  test("of some organizations alone", () =>
    checkExport(
      `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta }, dev: { site: datadoghq.eu, directory: okta } }
#- /a.accessmap.yaml
organization: prod
mappings: [{ group: dd-sre, hoop: [bash] }]
#- /b.accessmap.yaml
organization: dev
mappings: [{ group: dd-web, hoop: [bash] }]
`,
      { resources: { bash: ["${hoop_connection.bash.id}", "dd-web"] } },
      ["dev"],
    ));
});

describe("groups as the claim carries them", () => {
  const files = `${ENTRA}#- /a.accessmap.yaml
mappings: [{ group: Platform, hoop: [bash] }, { group: { id: 9f }, hoop: [bash] }]
`;

  test("object ids from the directory, else from the lock", () => {
    const resources = { bash: ["${hoop_connection.bash.id}", "1f", "9f"] } as const;
    checkExport(`${files}#- live corp\ngroups: [{ name: Platform, id: 1f }, { name: Other, id: 9f }]\n`, { resources });
    checkExport(`${files}#- lock\ngroups: { corp: { Platform: 1f } }\n`, { resources });
  });

  test("and otherwise nothing is exported that would take access away", () =>
    checkExport(`${files}#- live corp unreachable down\n`, {
      resources: { bash: ["${hoop_connection.bash.id}", "9f"] },
      unknown: ["Platform to bash (a.accessmap.yaml:1): its object id is not known: down"],
    }));

  test("names of groups that the files name by id", () =>
    checkExport(
      "\n#- /a.accessmap.yaml\nmappings: [{ group: { id: x1 }, hoop: [bash] }]\n#- lock\ngroups: { okta: { dd-sre: x1 } }\n",
      { resources: { bash: ["${hoop_connection.bash.id}", "dd-sre"] } },
    ));

  test("names stay names, whatever they hold", () =>
    checkExport(
      String.raw`
#- /a.accessmap.yaml
mappings: [{ group: "a ${"${x}"} %{if} \"b\"\n", hoop: [bash] }]
`,
      { resources: { bash: ["${hoop_connection.bash.id}", 'a $${x} %%{if} "b"\n'] } },
    ));
});

test("what hoop makes of some groups is said", () => {
  checkExport("\n#- /a.accessmap.yaml\nmappings: [{ group: admin, hoop: [bash] }]\n", {
    resources: { bash: ["${hoop_connection.bash.id}", "admin"] },
    warnings: ["admin is a group of hoop's own; whoever is in it keeps it, even after leaving the directory's group"],
  });
  checkExport(
    `${ENTRA.replace(", claim: id", "")}#- /a.accessmap.yaml\nmappings: [{ group: Platform, hoop: [bash] }]\n`,
    {
      resources: { bash: ["${hoop_connection.bash.id}", "Platform"] },
      warnings: [
        "corp: hoop sees object ids of Entra groups unless the claim is told to carry names; claim: id exports ids",
      ],
    },
  );
  checkExport(
    `
#- /accessmap.yaml
version: 1
project: acme
directories: { g: { type: google, customer: C1, admin: a@acme.com } }
organizations: { prod: { site: datadoghq.eu, directory: g } }
#- /a.accessmap.yaml
mappings: [{ group: sre@acme.com, hoop: [bash] }]
#- live g
groups: [{ name: sre@acme.com, members: [ana, { login: bob, via: leads@acme.com }] }]
`,
    {
      resources: { bash: ["${hoop_connection.bash.id}", "sre@acme.com"] },
      warnings: ["sre@acme.com: 1 person comes through groups inside it, which hoop does not look into"],
    },
  );
});

test("no label stands for two connections, and none is lost", () => {
  const connections = new Map([
    [`connection-${ID}`, ["a"]],
    [ID, ["b"]],
    ["__proto__", ["c"]],
  ]);
  const { resource } = JSON.parse(renderHoop({ connections }));
  expect(Object.keys(resource.hoop_plugin_connection)).toHaveLength(3);
});

test("the key is part of the format: its form is checked, and a mapping may hold nothing else", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    hoop: [pg-prod, ${ID}]
  - group: dd-web
    hoop: [pg prod]
    #      ^^^^^^^ error schema/wrong-type: This item of "hoop" must look like 5001a4a4-9cba-4f2a-9147-d763cd070e0a or pg-prod
  - group: dd-dba
    hoop: pg-prod
    #     ^^^^^^^ error schema/wrong-type
`,
  ));
