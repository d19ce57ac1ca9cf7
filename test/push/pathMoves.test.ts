/**
 * Moving an organization from one push path to another is a plan like any other: at every write on the way nobody has less
 * than both ends give them, neither as things stand nor after a SAML login at that moment, and a second plan is empty.
 */

import { describe, expect, test } from "vitest";
import { openTarget } from "../../server/src/connectors/registry.ts";
import { type Snapshot, takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import { applyPlan } from "../../server/src/core/sync/apply/apply.ts";
import { makePlan } from "../../server/src/core/sync/makePlan.ts";
import type { Plan } from "../../server/src/core/sync/plan.ts";
import { createHttpClient } from "../../server/src/http/client.ts";
import type { Company, OktaUser } from "../../server/src/sandbox/company.ts";
import { logIn } from "../../server/src/sandbox/datadog/login.ts";
import { ADMIN_ROLE } from "../../server/src/sandbox/seed/permissions.ts";
import { createSeed } from "../../server/src/sandbox/seed/seed.ts";
import { seal } from "../../server/src/store/planFile.ts";
import { targetQuery } from "../../server/src/workspace/live/queries.ts";
import { parseFixture } from "../support/fixture.ts";
import { holdingsOf } from "./ledger.ts";
import { createMeddledDatadog, type MeddledDatadog } from "./meddler.ts";
import { addRole, addUser, emptyOrganization, roleId, teamId } from "./world.ts";

const PATHS = ["scim", "saml", "members"] as const;
type Path = (typeof PATHS)[number];
const DIRECTIONS = PATHS.flatMap((from) => PATHS.filter((to) => to !== from).map((to) => [from, to] as const));
/** How SAML logins act on roles, and where teams get their members from. */
const SWITCHES = [
  { roleMapping: true, teamSource: "saml_and_manually" },
  { roleMapping: true, teamSource: "saml_only" },
  { roleMapping: false, teamSource: "manually" },
] as const;

/** Who is in which group: the same before and after the move, but for cyd who leaves and dee who comes. */
const BEFORE = { g1: ["ana", "bob", "cyd"], g2: ["bob", "eve"] };
const AFTER = { g1: ["ana", "bob", "dee"], g2: ["bob", "eve"] };
const PEOPLE = ["ana", "bob", "cyd", "dee", "eve"];
const NEVER = new AbortController().signal;

/** The organization with nobody in anything but `Keep`, and a directory that lets everybody log in. */
function company(datadog: MeddledDatadog, { roleMapping, teamSource }: (typeof SWITCHES)[number]): Company {
  const organization = emptyOrganization();
  const admin = [...organization.roles.values()].find(({ name }) => name === ADMIN_ROLE)?.id ?? "";
  for (const name of ["SRE", "Engineer", "Keep"]) addRole(organization, name);
  for (const login of ["root1", "root2"]) addUser(organization, login, [admin]);
  for (const login of PEOPLE) addUser(organization, login, [roleId("Keep")]);
  const [team] = createSeed("2026-11-25").datadog.teams.values();
  if (!team) throw new Error("the seed has no team");
  for (const handle of ["sre", "eng"])
    organization.teams.set(teamId(handle), {
      ...team,
      id: teamId(handle),
      handle,
      name: handle,
      managed: false,
      externalId: null,
      members: [],
    });
  organization.roleMapping = roleMapping;
  const source = organization.configs.get("teams_provisioning_sources");
  if (source) source.value = teamSource;
  datadog.company.datadog = organization;
  const { users, groups } = datadog.company.okta;
  const [template] = users.values();
  users.clear();
  groups.clear();
  for (const login of PEOPLE) {
    const person: OktaUser = { ...(template as OktaUser), id: login, login: `${login}@acme.com`, status: "ACTIVE" };
    users.set(login, person);
  }
  return datadog.company;
}

function enter({ okta }: Company, members: typeof BEFORE): void {
  for (const [name, logins] of Object.entries(members)) {
    const base = { id: name, name, description: "", type: "OKTA_GROUP" as const };
    const born = { created: "2024-01-15T09:00:00.000Z", lastMembershipUpdated: "2024-01-15T09:00:00.000Z" };
    okta.groups.set(name, { ...base, ...born, members: logins });
  }
}

function filesFor(path: Path, members: typeof BEFORE): Snapshot {
  const groups = Object.entries(members).map(([name, logins]) => ({ name, members: logins }));
  return parseFixture(`
#- /accessmap.yaml
version: 1
project: acme-access
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, directory: okta, attribute: memberOf, push: { roles: ${path}, teams: ${path}, users: off } }
safety: { removals: { share: 100%, people: 1000, floor: 1000 } }
#- /access/all.accessmap.yaml
organization: prod
mappings:
  - { group: g1, roles: [SRE], teams: [sre] }
  - { group: g2, roles: [Engineer], teams: [eng] }
#- lock
organizations: { prod: { adopted: true, roles: { SRE: { id: ${roleId("SRE")} }, Engineer: { id: ${roleId("Engineer")} } }, teams: { sre: { id: "" }, eng: { id: "" } } } }
#- live okta
groups: ${JSON.stringify(groups)}
`).snapshot;
}

async function planNow(datadog: MeddledDatadog, snapshot: Snapshot): Promise<Plan> {
  const target = await connect(datadog, snapshot).readTarget(targetQuery(snapshot, "prod"), { signal: NEVER });
  const made = makePlan(takeSnapshot({ ...snapshot, targets: new Map([["prod", target]]) }), "prod", {
    fileHashes: {},
  });
  if ("missing" in made) throw new Error(made.missing.map(({ message }) => message).join("; "));
  return made.plan;
}

function connect({ transport }: MeddledDatadog, { project }: Snapshot) {
  const config = project?.content.organizations.get("prod");
  if (!config) throw new Error("no organization");
  return openTarget(config, createHttpClient(transport, { sleep: async () => {}, random: () => 0.5 }));
}

/** Applies, and gives the organization as it was after each write. */
async function push(datadog: MeddledDatadog, snapshot: Snapshot): Promise<readonly Company[]> {
  const plan = await planNow(datadog, snapshot);
  const moments: Company[] = [];
  const watched: MeddledDatadog = {
    ...datadog,
    transport: {
      async exchange(request, ...rest) {
        const answer = await datadog.transport.exchange(request, ...rest);
        if (request.method !== "GET") moments.push(structuredClone(datadog.company));
        return answer;
      },
    },
  };
  const steps = applyPlan(seal(plan), {
    writer: await connect(watched, snapshot).openWriter(),
    journal: { async append() {} },
    waivers: plan.refusals.flatMap(({ waiver }) => waiver ?? []),
    signal: NEVER,
    now: () => snapshot.now,
    wait: async () => {},
    readBackPatience: [0],
    atOnce: 1,
  });
  for (;;) {
    const next = await steps.next();
    if (!next.done) continue;
    expect(next.value.status, next.value.message).toBe("done");
    return moments;
  }
}

function afterLogin(moment: Company): ReadonlySet<string> {
  const company = structuredClone(moment);
  for (const user of company.datadog.users.values()) logIn(company, user, "2026-11-25T12:00:00.000Z");
  return accessIn(company);
}

/** Mappings themselves are no access; what they give shows after a login. */
function accessIn({ datadog }: Company): ReadonlySet<string> {
  return new Set([...holdingsOf(datadog)].filter((held) => !held.startsWith("mapping ")));
}

function lessThanBoth(ends: readonly ReadonlySet<string>[], between: ReadonlySet<string>): readonly string[] {
  const [first, ...others] = ends;
  return [...(first ?? [])].filter((held) => others.every((end) => end.has(held)) && !between.has(held));
}

describe.each(DIRECTIONS)("from %s to %s", (from, to) => {
  test.each(SWITCHES)("with role mapping $roleMapping and teams $teamSource", async (switches) => {
    const datadog = createMeddledDatadog();
    const people = company(datadog, switches);
    enter(people, BEFORE);
    await push(datadog, filesFor(from, BEFORE));
    // Where logins give what mappings say, everybody has logged in before the move.
    for (const user of people.datadog.users.values()) logIn(people, user, "2026-11-25T11:00:00.000Z");
    const start = structuredClone(people);
    enter(people, AFTER);
    const moments = await push(datadog, filesFor(to, AFTER));
    expect(moments.length).toBeGreaterThan(0);
    const ends = [start, structuredClone(people)];
    for (const moment of [...moments, people]) {
      expect(lessThanBoth(ends.map(accessIn), accessIn(moment))).toEqual([]);
      expect(lessThanBoth(ends.map(afterLogin), afterLogin(moment))).toEqual([]);
    }
    expect((await planNow(datadog, filesFor(to, AFTER))).changes).toEqual([]);
  });
});
