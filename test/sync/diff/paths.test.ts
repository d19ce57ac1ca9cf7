/** The push paths beside SCIM, and accounts: what each writes, what it leaves alone, and what it runs into. */

import { describe, expect, test } from "vitest";
import { checkPlan, planOf } from "../support/checkPlan.ts";
import { pushFixture } from "../support/pushFixture.ts";

const ON = "switches: { roleMapping: true, teamSource: saml_and_manually }";

describe("roles through SAML mappings", () => {
  const SAML = { push: "{ roles: saml, teams: off }", mappings: "  - { group: dd-sre, roles: [SRE] }" };

  test("a mapping is created, and its people gain at their next login", () => {
    const plan = planOf(
      pushFixture({
        ...SAML,
        okta: "[{ name: dd-sre, members: [ana, bob] }]",
        datadog: `roles: [SRE]\naccounts: [{ login: ana }, { login: bob, roles: [SRE] }]\n${ON}`,
      }),
    );
    expect(plan.changes.map(({ action }) => action)).toEqual(["create-mapping"]);
    expect(
      plan.access.map(({ accounts, rolesGained }) => [accounts[0]?.name, rolesGained.map(({ role }) => role)]),
    ).toEqual([["ana@acme.com", ["SRE"]]]);
  });

  test("an Entra-like claim carries the group's id", () =>
    checkPlan(
      pushFixture({
        ...SAML,
        claim: ", claim: id",
        okta: "[{ name: dd-sre, members: [ana] }]",
        datadog: `roles: [SRE]\naccounts: [ana]\n${ON}`,
      }),
      `
create mapping memberOf=group-dd-sre → SRE
warning: roles that were once written through SCIM outrank SAML role mapping: such people keep them, whatever mappings say, until SCIM or somebody takes them away
`,
    ));

  test("one that is there is left alone", () =>
    checkPlan(
      pushFixture({
        ...SAML,
        okta: "[{ name: dd-sre, members: [ana] }]",
        datadog: `roles: [SRE]\naccounts: [ana]\nmappings: [{ group: dd-sre, role: SRE }]\n${ON}`,
      }),
      "",
    ));

  test("a renamed group is one request", () =>
    checkPlan(
      pushFixture({
        ...SAML,
        okta: "[{ name: dd-sre, members: [ana] }]",
        datadog: `roles: [SRE]\naccounts: [ana]\nmappings: [{ group: dd-old, role: SRE }]\n${ON}`,
      }),
      "change mapping memberOf=dd-old → SRE to memberOf=dd-sre → SRE",
    ));

  test("what no file asks for is deleted, and whoever holds it through nothing else loses it at the next login", () => {
    const plan = planOf(
      pushFixture({
        ...SAML,
        okta: "[{ name: dd-sre, members: [ana, bob, cyd] }]",
        datadog: `roles: [SRE, Engineer]
accounts: [{ login: ana, roles: [SRE, Engineer] }, bob, cyd]
mappings: [{ group: dd-sre, role: SRE }, { group: dd-sre, role: Engineer }, { group: x, role: SRE, key: department }]
${ON}`,
      }),
    );
    expect(plan.changes).toMatchObject([{ action: "delete-mapping", mapping: { gives: { name: "Engineer" } } }]);
    expect(plan.access).toMatchObject([
      {
        accounts: [{ name: "ana@acme.com" }],
        rolesLost: [{ role: "Engineer", because: { text: expect.stringContaining("is deleted") } }],
      },
    ]);
    expect(plan.warnings.join()).toContain("1 AuthN mapping of other attributes gives managed roles or teams");
  });

  test("a second copy goes, the first stays", () =>
    checkPlan(
      pushFixture({
        ...SAML,
        okta: "[{ name: dd-sre, members: [ana] }]",
        datadog: `roles: [SRE]\naccounts: [ana]\nmappings: [{ group: dd-sre, role: SRE }, { group: dd-sre, role: SRE }]\n${ON}`,
      }),
      "delete mapping memberOf=dd-sre → SRE",
    ));

  test("nothing is deleted before adoption, on doubt, or when mappings were not read", () => {
    const datadog = `roles: [SRE, Engineer]\naccounts: [ana]\nmappings: [{ group: dd-old, role: Engineer }, { group: dd-sre, role: SRE }]\n${ON}`;
    const okta = "[{ name: dd-sre, members: [ana] }]";
    checkPlan(
      pushFixture({ ...SAML, lock: "{ adopted: false, roles: [Engineer] }", okta, datadog }),
      "held: mapping memberOf=dd-old → Engineer stays: the organization is not adopted yet, so nothing is removed; `accessmap lock --adopt` allows it",
    );
    checkPlan(
      pushFixture({ ...SAML, okta, datadog: `${datadog}\nincomplete: [mappings]` }),
      "held: AuthN mappings: AuthN mappings could not be read completely: mappings could not be read completely",
    );
    const unread = `  - { group: dd-sre, roles: [SRE] }\n  - { group: dd-eng, roles: [Engineer] }`;
    const cut = "[{ name: dd-sre, members: [ana] }, { name: dd-eng, members: [ana], incomplete: cut }]";
    expect(planOf(pushFixture({ ...SAML, mappings: unread, okta: cut, datadog })).changes).toEqual([]);
  });

  test("without an attribute nothing is written", () =>
    expect(
      planOf(
        pushFixture({
          ...SAML,
          attribute: "",
          okta: "[{ name: dd-sre, members: [ana] }]",
          datadog: "roles: [SRE]\naccounts: [ana]",
        }),
      ).heldBack,
    ).toMatchObject([{ why: expect.stringContaining("attribute is not set") }]));

  test("with the switch off nobody gains, and the plan says so", () => {
    const plan = planOf(
      pushFixture({ ...SAML, okta: "[{ name: dd-sre, members: [ana] }]", datadog: "roles: [SRE]\naccounts: [ana]" }),
    );
    expect(plan.access).toEqual([]);
    expect(plan.warnings.join()).toContain("SAML role mapping is off");
  });
});

describe("teams through SAML mappings", () => {
  const SAML = { push: "{ roles: off, teams: saml }", mappings: "  - { group: dd-sre, teams: [sre] }" };
  const okta = "[{ name: dd-sre, members: [ana] }]";

  test("a mapping names a team that exists", () =>
    checkPlan(
      pushFixture({ ...SAML, okta, datadog: `teams: [sre]\naccounts: [ana]\n${ON}` }),
      "create mapping memberOf=dd-sre → team sre",
    ));

  test("one that does not exist is held back", () =>
    checkPlan(
      pushFixture({ ...SAML, okta, datadog: `accounts: [ana]\n${ON}` }),
      "held: team sre: there is no such team, and a mapping needs one; create it in Datadog",
    ));

  test("a team under SCIM keeps its members, and the plan says that a login may not reach it", () => {
    const plan = planOf(
      pushFixture({ ...SAML, okta, datadog: `teams: [{ handle: sre, managed: true }]\naccounts: [ana]\n${ON}` }),
    );
    expect(plan.access).toEqual([]);
    expect(plan.warnings.join()).toContain("team sre is managed through SCIM and not known to change at a login");
  });

  test("under `manually` mappings do nothing", () =>
    expect(planOf(pushFixture({ ...SAML, okta, datadog: "teams: [sre]\naccounts: [ana]" })).warnings.join()).toContain(
      "teams_provisioning_sources is `manually`",
    ));
});

describe("members, role by role and team by team", () => {
  const MEMBERS = {
    push: "{ roles: members, teams: members }",
    mappings: "  - { group: dd-sre, roles: [SRE], teams: [sre] }",
    okta: "[{ name: dd-sre, members: [ana] }]",
  };

  test("goes through the API, and no team is linked", () => {
    const plan = planOf(
      pushFixture({
        ...MEMBERS,
        datadog:
          "roles: [SRE, Keep]\nteams: [{ handle: sre, members: [bob] }]\naccounts: [ana, { login: bob, roles: [SRE, Keep] }]",
      }),
    );
    expect(plan.changes).toMatchObject([
      { action: "set-roles", through: "api", account: { name: "ana@acme.com" } },
      {
        action: "set-members",
        through: "api",
        grants: [{ name: "ana@acme.com" }],
        revokes: [{ name: "bob@acme.com" }],
      },
      { action: "set-roles", through: "api", account: { name: "bob@acme.com" } },
    ]);
  });

  test("a team that SCIM manages is written through SCIM, because unlinking would empty it", () => {
    const plan = planOf(
      pushFixture({ ...MEMBERS, datadog: "roles: [SRE]\nteams: [{ handle: sre, managed: true }]\naccounts: [ana]" }),
    );
    expect(plan.changes).toContainEqual(expect.objectContaining({ action: "set-members", through: "scim" }));
    expect(plan.warnings.join()).toContain("ending that would empty it");
  });

  test.each(["Sre", "SRE"])("a team whose handle is written otherwise is not made a second time: %s", (handle) => {
    for (const push of ["{ roles: off, teams: members }", "{ roles: off, teams: scim }"])
      checkPlan(
        pushFixture({
          push,
          mappings: `  - { group: dd-sre, teams: [${handle}] }`,
          lock: "{ adopted: true }",
          okta: "[{ name: dd-sre, members: [ana] }]",
          datadog: "teams: [{ handle: sre, members: [bob] }]\naccounts: [ana, bob]",
        }),
        `held: team ${handle}: there is a team "sre", and handles are compared exactly; write it that way`,
      );
  });

  test("a new team is not made under another handle than is written, nor two of them as one", () =>
    checkPlan(
      pushFixture({
        push: "{ roles: off, teams: scim }",
        mappings: "  - { group: dd-sre, teams: [SRE] }\n  - { group: dd-eng, teams: [sre] }",
        lock: "{ adopted: true }",
        okta: "[{ name: dd-sre, members: [ana] }, { name: dd-eng, members: [bob] }]",
        datadog: "accounts: [ana, bob]",
      }),
      `
create team sre under SCIM as "sre" (accessmap:acme-access:sre)
team sre: add bob
held: team SRE: a team of this name would have the handle "sre"; write it that way`,
    ));

  test("a team that does not exist is held back", () =>
    expect(planOf(pushFixture({ ...MEMBERS, datadog: "roles: [SRE]\naccounts: [ana]" })).heldBack).toMatchObject([
      { what: "team sre", why: expect.stringContaining("there is no such team") },
    ]));

  test("is undone by role mapping, and by strict team provisioning", () => {
    const plan = planOf(
      pushFixture({
        ...MEMBERS,
        datadog: "roles: [SRE]\nteams: [sre]\naccounts: [ana]\nswitches: { roleMapping: true, teamSource: saml_only }",
      }),
    );
    expect(plan.warnings.filter((text) => text.includes("the next login undoes what is written here"))).toHaveLength(2);
  });
});

describe("accounts", () => {
  const FULL = {
    push: "{ roles: scim, teams: scim, users: full }",
    mappings: "  - { group: dd-sre, roles: [SRE], teams: [sre] }",
  };

  test("somebody without an account gets one with all roles at once, then joins teams", () => {
    const plan = planOf(
      pushFixture({
        ...FULL,
        okta: "[{ name: dd-sre, members: [ana] }]",
        datadog: "roles: [SRE]\nteams: [{ handle: sre, managed: true }]",
      }),
    );
    expect(plan.changes).toMatchObject([
      { action: "create-user", through: "scim", account: { id: "new:ana@acme.com" }, roles: [{ name: "SRE" }] },
      { action: "set-members", grants: [{ id: "new:ana@acme.com" }] },
    ]);
    expect(plan.access).toMatchObject([
      { state: "created", rolesGained: [{ role: "SRE" }], teamsGained: [{ team: "sre" }] },
    ]);
  });

  test("nobody gets an account without a role", () =>
    checkPlan(
      pushFixture({
        ...FULL,
        mappings: "  - { group: dd-sre, teams: [sre] }",
        okta: "[{ name: dd-sre, members: [ana] }]",
        datadog: "teams: [{ handle: sre, managed: true }]",
      }),
      "held: ana: no account is created for them, because no mapping gives them a role",
    ));

  test("under `deactivate` nobody is created", () =>
    expect(
      planOf(
        pushFixture({
          ...FULL,
          push: "{ roles: scim, teams: off, users: deactivate }",
          okta: "[{ name: dd-sre, members: [ana] }]",
          datadog: "roles: [SRE]",
        }),
      ).changes,
    ).toEqual([]));

  test("somebody deactivated in the directory is switched off and keeps the roles, unused", () => {
    const plan = planOf(
      pushFixture({
        ...FULL,
        push: "{ roles: members, teams: off, users: deactivate }",
        okta: "[{ name: dd-sre, members: [ana, { login: bob, state: deactivated }] }]",
        datadog: "roles: [SRE, Keep]\naccounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE, Keep] }]",
      }),
    );
    expect(plan.changes).toMatchObject([
      {
        action: "set-active",
        active: false,
        through: "api",
        account: { name: "bob@acme.com" },
        because: { text: "deactivated in okta" },
      },
    ]);
    expect(plan.access).toMatchObject([{ state: "off", rolesLost: [{ role: "Keep" }, { role: "SRE" }] }]);
  });

  test.each([
    ["suspended in the directory", "{ login: bob, state: suspended }", "{ adopted: true, roles: [SRE] }"],
    ["before adoption", "{ login: bob, state: deactivated }", "{ adopted: false, roles: [SRE] }"],
  ])("nobody is switched off who is %s", (_, member, lock) => {
    const plan = planOf(
      pushFixture({
        ...FULL,
        lock,
        okta: `[{ name: dd-sre, members: [ana, ${member}] }]`,
        datadog:
          "roles: [SRE, Keep]\nteams: [{ handle: sre, managed: true, members: [ana] }]\naccounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE, Keep] }]",
      }),
    );
    expect(plan.changes.map(({ action }) => action)).not.toContain("set-active");
  });

  test("whoever is switched off gains nothing at a next login", () => {
    const plan = planOf(
      pushFixture({
        push: "{ roles: members, teams: saml, users: deactivate }",
        mappings: "  - { group: dd-sre, roles: [SRE] }\n  - { group: dd-x, teams: [sre] }",
        okta: "[{ name: dd-sre, members: [ana] }, { name: dd-x, members: [bob] }]",
        datadog: `roles: [SRE]\nteams: [sre]\naccounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE] }]\n${ON}`,
      }),
    );
    expect(plan.changes.map(({ action }) => action)).toContain("set-active");
    expect(plan.access.flatMap(({ teamsGained }) => teamsGained)).toEqual([]);
  });

  test("whoever would hold nothing is switched off instead of being written an empty set", () => {
    const datadog = "roles: [SRE]\naccounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE] }]";
    const okta = "[{ name: dd-sre, members: [ana] }]";
    const mappings = "  - { group: dd-sre, roles: [SRE] }";
    const off = pushFixture({ push: "{ roles: scim, teams: off, users: off }", mappings, okta, datadog });
    expect(planOf(off).heldBack).toMatchObject([{ why: expect.stringContaining("no role at all") }]);
    const full = pushFixture({ push: "{ roles: scim, teams: off, users: deactivate }", mappings, okta, datadog });
    expect(planOf(full).changes).toMatchObject([{ action: "set-active", active: false, through: "scim" }]);
  });
});
