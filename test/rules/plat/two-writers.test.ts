/** What pushes had set and somebody else changed, where files and groups still mean it. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const ONLY = { only: ["plat/two-writers"] };

interface World {
  readonly roles?: string;
  readonly teams?: string;
  readonly push?: string;
  readonly marks?: readonly string[];
  readonly more?: string;
  readonly accounts?: string;
  readonly moves?: string;
  readonly at?: string;
}

const GAVE = "{ did: gave, kind: role, id: role-sre, account: account-ana, at: 2026-11-20T08:00:00.000Z }";
const TOOK = "{ did: took, kind: role, id: role-sre, account: account-bob, at: 2026-11-20T08:00:00.000Z }";

function world(options: World): string {
  const { push = "{ roles: scim, teams: scim }", marks = [], more = "", moves = GAVE, at = "" } = options;
  return `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: ${push} }
${marks[0] ?? ""}
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: ${options.roles ?? "[SRE]"}
${marks[1] ?? ""}
    teams: ${options.teams ?? "[]"}
${marks[2] ?? ""}
#- lock
organizations: { prod: { adopted: true, roles: [SRE], teams: [] } }
#- moves
[${moves}]
#- live okta
groups: [{ name: dd-sre, members: [ana, cyd]${more} }]
#- live datadog ${at}
roles: [{ name: SRE, permissions: [logs_delete_data] }, Viewer]
teams: [{ handle: sre, members: [cyd] }]
accounts: ${options.accounts ?? "[{ login: ana, roles: [Viewer] }, { login: bob, roles: [Viewer] }, { login: cyd, roles: [SRE] }]"}
`;
}

const WITH_BOB = "[{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE] }, { login: cyd, roles: [SRE] }]";

test("a role that was given and taken away is told at the line that gives it", () =>
  checkProblems(
    world({
      marks: [
        "",
        '    #       ^^^ warning plat/two-writers: Outside these files, "SRE" was taken from ana@acme.com after the push of 2026-11-20 gave it; the next push gives it again. `accessmap drift` tells more',
      ],
    }),
    ONLY,
  ));

test("a team too", () =>
  checkProblems(
    world({
      teams: "[sre]",
      moves: "{ did: gave, kind: team, id: sre, account: account-ana, at: 2026-11-20T08:00:00.000Z }",
      marks: [
        "",
        "",
        '    #       ^^^ warning plat/two-writers: Outside these files, team "sre" was taken from ana@acme.com after the push of 2026-11-20 gave it; the next push gives it again. `accessmap drift` tells more',
      ],
    }),
    ONLY,
  ));

test("what was taken and is there again is told at the organization, since no line gives it", () =>
  checkProblems(
    world({
      accounts: WITH_BOB,
      moves: `${TOOK}, ${GAVE}`,
      marks: [
        '  #^^^ warning plat/two-writers: Outside these files, "SRE" was given to bob@acme.com after the push of 2026-11-20 took it; the next push takes it again. `accessmap drift` tells more',
      ],
    }),
    ONLY,
  ));

test.each<[string, World]>([
  ["all is as the push left it", { accounts: WITH_BOB.replace("bob, roles: [SRE]", "bob, roles: [Viewer]") }],
  ["no push from here did anything", { moves: "" }],
  ["the files no longer give it", { roles: "[Viewer]" }],
  ["the account is switched off", { accounts: "[{ login: ana, roles: [], status: disabled }]" }],
  ["the account is gone", { accounts: "[{ login: bob, roles: [Viewer] }]" }],
  ["roles come with logins", { push: "{ roles: saml, teams: saml }" }],
  ["the read is as old as the push", { at: "at 2026-11-20T08:04:00.000Z" }],
  [
    "members may be missing, and what came back may be the group's",
    { accounts: WITH_BOB, moves: TOOK, more: ", incomplete: page 2 was cut" },
  ],
])("silent: %s", (_, options) => checkProblems(world(options), ONLY));

test("unknown: nothing was read", () =>
  checkProblems(`${world({}).split("#- live datadog")[0]}#- live datadog unreachable no network\n`, ONLY));
