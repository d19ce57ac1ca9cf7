/** Offboarding: which ways in are open to somebody who left, what closes each, and when "closed" is proven. */

import { describe, expect, test } from "vitest";
import { type DirectoryPeople, leaversOf } from "../../server/src/core/audit/leavers.ts";
import { type Exception, except, offboardingReport } from "../../server/src/core/audit/offboarding.ts";
import { renderOffboarding } from "../../server/src/core/audit/renderOffboarding.ts";
import type { Principal, PrincipalState } from "../../server/src/core/model/directory.ts";
import { complete, type Knowledge, partial, unknown } from "../../server/src/core/model/knowledge.ts";
import type { RecordedApply } from "../../server/src/core/sync/journal/journal.ts";
import { makePlan } from "../../server/src/core/sync/makePlan.ts";
import { parseFixture, projectWith } from "../support/fixture.ts";

const NOW = "2026-11-23T12:00:00.000Z";
const GAP = { kind: "throttled", system: "okta", message: "okta is busy" } as const;

/** Everybody in a directory: states by login. */
function everybody(states: Readonly<Record<string, PrincipalState>>): Knowledge<Principal> {
  const people = Object.entries(states).map(([name, state]): [string, Principal] => {
    const login = `${name}@acme.com`;
    return [name, { id: name, login, email: login, name, state }];
  });
  return complete("okta", NOW, new Map(people));
}

interface Case {
  readonly live: string;
  readonly people?: Knowledge<Principal>;
  readonly more?: DirectoryPeople;
  readonly project?: string;
  /** Teams of ana's account; all are read unless it says otherwise. */
  readonly teams?: Knowledge<string>;
  readonly applies?: readonly RecordedApply[];
}

function report({ live, people = everybody({ ana: "deactivated" }), more, project = "", teams, applies = [] }: Case) {
  const { snapshot } = parseFixture(
    `${project}#- /a.accessmap.yaml\nmappings: []\n#- live okta\ngroups: []\n#- live datadog\n${live}\n`,
  );
  const all: DirectoryPeople = new Map([["okta", people], ...(more ?? [])]);
  const organization = [...(snapshot.project?.content.organizations.values() ?? [])][0];
  if (!organization) throw new Error("the fixture has no organization");
  const leavers = leaversOf(snapshot, organization, all);
  const planned = makePlan(snapshot, organization.name, { fileHashes: {} });
  const plan = "plan" in planned ? planned.plan : undefined;
  const known = teams ?? complete("prod", NOW, new Map());
  return offboardingReport(snapshot, all, [
    { organization, leavers, teams: new Map([["account-ana", known]]), plan, applies },
  ]);
}

const told = (given: Case) =>
  report(given).people.map(({ person, verdict, open, unknown: gaps }) => ({
    person,
    verdict,
    open: open.map(({ kind, what, closes }) => `${kind} ${what}, by ${closes.by}`),
    unknown: gaps,
  }));

const KEYS = "keys: []";
const ON = "accounts: [{ login: ana, roles: [Dev] }]\nroles: [{ name: Dev, permissions: [monitors_write] }]";
const OFF = "accounts: [{ login: ana, status: disabled }]";

const VERDICTS: readonly (readonly [what: string, given: Case, verdict: string, open: readonly string[]])[] = [
  [
    "an active account, its role and its team",
    { live: `${ON}\nteams: [sre]\n${KEYS}`, teams: complete("prod", NOW, new Map([["team-sre", "team-sre"]])) },
    "open",
    ["account ana@acme.com is active, by hand", "role Dev (medium), by account", "team sre, by account"],
  ],
  ["a disabled account", { live: `${OFF}\n${KEYS}` }, "closed", []],
  ["no account at all", { live: KEYS }, "closed", []],
  [
    "keys and tokens",
    {
      live: `accounts: [{ login: ana }]\nkeys: [{ name: a, owner: ana }, { name: p, kind: personal-token, owner: ana }, { name: x, owner: bo }]`,
    },
    "open",
    ["account ana@acme.com is active, by hand", 'application-key "a", by account', 'personal-token "p", by account'],
  ],
  [
    "a key that is still listed although its account is off",
    { live: `${OFF}\nkeys: [{ name: a, owner: ana }]` },
    "open",
    ['application-key "a", by hand'],
  ],
  [
    "an API key that they made",
    { live: `${OFF}\nkeys: [{ name: agents, kind: api-key, owner: ana }]` },
    "open",
    ['api-key "agents", made by them, by hand'],
  ],
  [
    "a service account with their address",
    { live: `accounts: [{ login: bot, service: true, email: ana@acme.com }]\n${KEYS}` },
    "open",
    ['service-account "bot" carries their address, by hand'],
  ],
  [
    "a service account with the address of their login, where their account has another one",
    {
      live: `accounts: [{ login: ana, status: disabled, email: ana.n@acme.com }, { login: bot, service: true, email: ana@acme.com }]\n${KEYS}`,
    },
    "open",
    ['service-account "bot" carries their address, by hand'],
  ],
  [
    "a service account that the policy says they answer for",
    {
      live: `${OFF.replace("]", ", { login: bot, service: true }]")}\n${KEYS}`,
      project: projectWith(
        "{ bots: [{ name: bot, owner: Ana@acme.com }, { name: other, owner: bo@acme.com }] }",
      ).trimStart(),
    },
    "open",
    ['service-account "bot" is theirs, says policy.bots, by hand'],
  ],
];

test.each(VERDICTS)("%s", (_, given, verdict, open) => {
  const found = told(given).filter(({ person }) => person === "ana@acme.com");
  expect(found.map((one) => [one.verdict, one.open])).toEqual([[verdict, open]]);
});

/** Nothing is open as far as one can see, and one cannot see all. */
const UNPROVEN: readonly (readonly [what: string, given: Case, why: RegExp])[] = [
  ["keys were not read", { live: OFF }, /application keys: the key in use may not see them/],
  ["keys were not wholly read", { live: `${OFF}\n${KEYS}\nincomplete: [keys]` }, /application keys: /],
  ["accounts were not wholly read", { live: `${KEYS}\nincomplete: [accounts]` }, /accounts: /],
  [
    "two accounts have the address",
    {
      live: `accounts: [{ login: x, email: ana@acme.com }, { login: y, email: ana@acme.com }]\n${KEYS}`,
      people: everybody({ ana: "deactivated", x: "active", y: "active" }),
    },
    /2 accounts carry their address, x@acme.com and y@acme.com, and nothing tells which is theirs/,
  ],
];

test.each(UNPROVEN)("unproven: %s", (_, given, why) => {
  expect(told(given)).toEqual([
    {
      person: "ana@acme.com",
      verdict: "unproven",
      open: [],
      unknown: expect.arrayContaining([expect.stringMatching(why)]),
    },
  ]);
});

describe("who left", () => {
  const live = `accounts: [ana, bo]\n${KEYS}`;
  test.each([
    ["suspended people", everybody({ ana: "suspended", bo: "active" }), ["ana@acme.com suspended"]],
    ["people who never started have not left", everybody({ ana: "staged", bo: "active" }), []],
    ["a state that is not told says nothing", everybody({ ana: "unknown", bo: "active" }), []],
    ["an account that nobody is behind", everybody({ bo: "active" }), ["ana@acme.com unknown-person"]],
    [
      "which takes a whole read",
      partial("okta", NOW, (everybody({ bo: "active" }) as { items: ReadonlyMap<string, Principal> }).items, GAP),
      [],
    ],
    ["and one at all", unknown(GAP), []],
  ])("%s", (_, people, expected) => {
    expect(report({ live, people }).people.map(({ person, state }) => `${person} ${state}`)).toEqual(expected);
  });

  test("service accounts are nobody's people", () => {
    const found = report({ live: `accounts: [{ login: bot, service: true }]\n${KEYS}`, people: everybody({}) });
    expect(found.people).toEqual([]);
  });
});

test("somebody who is still there in another directory has not left for certain", () => {
  const project = `#- /accessmap.yaml
version: 1
project: acme
directories:
  okta: { type: okta, domain: acme.okta.com }
  hr: { type: scim, url: https://scim.example.com/v2 }
organizations: { prod: { site: datadoghq.eu, directory: okta } }
#- /b.accessmap.yaml
mappings: [{ group: { directory: hr, name: x }, roles: [Dev] }]
`;
  const more = new Map([["hr", everybody({ ana: "active" })]]);
  expect(told({ live: `${ON}\n${KEYS}`, project, more })).toEqual([
    { person: "ana@acme.com", verdict: "unproven", open: [], unknown: ["they are still there in hr"] },
  ]);
});

test("nor has somebody whose account a person who is there means as well, under another login", () => {
  const people = [
    { id: "1", login: "ana@acme.com", email: "ana@acme.com", name: "ana", state: "deactivated" },
    { id: "2", login: "ana.n@acme.com", email: "ana@acme.com", name: "ana", state: "active" },
  ] as const;
  const known = complete<Principal>("okta", NOW, new Map(people.map((one) => [one.id, one])));
  expect(told({ live: `${ON}\n${KEYS}`, people: known })).toEqual([
    {
      person: "ana@acme.com",
      verdict: "unproven",
      open: [],
      unknown: ["their account is also that of ana.n@acme.com, who is still there in okta"],
    },
  ]);
});

describe("what closes an account", () => {
  const project = (users: string, lock: string) => `#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim, users: ${users} } } }
${lock}#- /b.accessmap.yaml
mappings: [{ group: dd-dev, roles: [Dev] }]
`;
  const adopted = "#- lock\norganizations: { prod: { adopted: true, roles: [Dev], teams: [] } }\n";
  test.each([
    ["nobody pushes accounts", "off", "", /let a push do it with `users: deactivate`/],
    ["they are in no mapped group", "deactivate", adopted, /the plan does not, because they are in no mapped group/],
  ])("%s", (_, users, lock, how) => {
    const [ana] = report({ live: `${ON}\n${KEYS}`, project: project(users, lock) }).people;
    expect(ana?.open[0]?.closes).toEqual({
      by: "hand",
      how: expect.stringMatching(how),
      link: "https://app.datadoghq.eu/organization-settings/users",
    });
  });
});

test("a plan that a guard refuses closes nothing until it is lifted", () => {
  const { snapshot } = parseFixture(`#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim, users: deactivate } } }
#- lock
organizations: { prod: { adopted: true, roles: [Dev], teams: [] } }
#- /a.accessmap.yaml
mappings: [{ group: dd-dev, roles: [Dev] }]
#- live okta
groups: [{ name: dd-dev, members: [{ login: ana, state: deactivated }] }]
#- live datadog
${ON}
`);
  const planned = makePlan(snapshot, "prod", { fileHashes: {} });
  const organization = snapshot.project?.content.organizations.get("prod");
  if (!organization || !("plan" in planned)) throw new Error("no plan");
  const leavers = leaversOf(snapshot, organization, new Map([["okta", everybody({ ana: "deactivated" })]]));
  const { plan } = planned;
  const facts = { organization, leavers, teams: new Map(), applies: [] };
  const how = (refusals: typeof plan.refusals) =>
    offboardingReport(snapshot, new Map(), [{ ...facts, plan: { ...plan, refusals } }]).people[0]?.open[0]?.closes.how;
  expect(how([])).toBe("the plan switches it off: `accessmap apply`");
  expect(how([{ guard: "lock/emptied", message: "Dev has people today and would have none" }])).toBe(
    "the plan would switch it off, but lock/emptied refuses it: Dev has people today and would have none",
  );
});

test("the apply that switched the account off is named", () => {
  const change = {
    action: "set-active",
    through: "scim",
    account: { id: "account-ana", name: "ana@acme.com" },
    active: false,
    roles: [],
    because: { text: "" },
  } as const;
  const at = "2026-11-20T10:00:00.000Z";
  const organization = { name: "prod", id: "o", site: "datadoghq.eu" };
  const apply: RecordedApply = {
    start: { at, event: "start", text: "", fingerprint: "f", organization, steps: 1, waivers: [] },
    state: {
      start: undefined,
      ended: true,
      lastAt: "",
      intents: new Map([[1, change]]),
      outcomes: new Map([[1, { result: "done", detail: "" }]]),
      inFlight: [],
    },
  };
  const [ana] = report({ live: `${OFF}\n${KEYS}`, applies: [apply] }).people;
  expect([ana?.verdict, ana?.closedBy]).toEqual(["closed", at]);
});

test.each([
  ["of whom a directory tells wholly", everybody({}), "0 who left: none with an open path, 0 closed."],
  ["of nobody", unknown(GAP), "0 who left: none with an open path, 0 closed. Who else left is not known."],
])("the summary %s", (_, people, expected) => {
  const text = renderOffboarding(report({ live: KEYS, people }), { all: false });
  expect(text.split("\n").at(-1)).toBe(expected);
});

describe("exceptions", () => {
  const live = `accounts: [{ login: ana, status: disabled }, breakglass]\nkeys: [{ name: agents, kind: api-key, owner: ana }]`;
  test.each<[readonly Exception[], readonly string[], readonly string[]]>([
    [[], [], ["ana@acme.com open", "breakglass@acme.com open"]],
    [["api-keys"], [], ["ana@acme.com closed", "breakglass@acme.com open"]],
    [[], ["breakglass@acme.com"], ["ana@acme.com open"]],
    [["unknown-people"], [], ["ana@acme.com open"]],
  ])("%j, known %j", (exceptions, known, expected) => {
    const { people } = except(report({ live }), exceptions, known);
    expect(people.map(({ person, verdict }) => `${person} ${verdict}`)).toEqual(expected);
  });
});
