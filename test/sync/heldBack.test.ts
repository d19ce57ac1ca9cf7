/** Nothing is removed on doubt: each kind of doubt, and what it holds back. */

import { describe, expect, test } from "vitest";
import { makePlan } from "../../server/src/core/sync/makePlan.ts";
import { parseFixture } from "../support/fixture.ts";
import { checkMissing, checkPlan, planOf } from "./support/checkPlan.ts";

const FILE = `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    roles: [SRE]
  - group: dd-eng
    roles: [Engineer]
`;
const LOCK = `
#- lock
organizations: { prod: { adopted: true, roles: [SRE, Engineer] } }
`;
const DATADOG = `
#- live datadog
roles: [SRE, Engineer, Keep]
accounts: [{ login: ana, roles: [SRE] }, { login: bob, roles: [SRE, Engineer, Keep] }, { login: eng, roles: [Engineer] }]
`;
const OKTA = `
#- live okta
groups: [{ name: dd-sre, members: [ana] }, { name: dd-eng, members: [eng] }]
`;

describe("a group that cannot be judged", () => {
  test("does not exist: it grants nothing and takes nothing", () =>
    checkPlan(
      `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-sree
    roles: [SRE]
  - group: dd-eng
    roles: [Engineer]
${LOCK}${OKTA}${DATADOG}`,
      `
bob: take Engineer (keeps Keep and SRE)
held: dd-sree (1 grant): group "dd-sree" does not exist in okta; it grants nothing, and nobody loses anything because of it
held: ana and bob keep SRE: group "dd-sree" does not exist in okta`,
    ));

  test("members unread: others still lose what is known", () =>
    checkPlan(
      `${FILE}${LOCK}
#- live okta
groups: [dd-sre, { name: dd-eng, members: [eng] }]
${DATADOG}`,
      `
bob: take Engineer (keeps Keep and SRE)
held: dd-sre (1 grant): members of dd-sre could not be read: the members of this group were not read from okta; it grants nothing, and nobody loses anything because of it
held: ana and bob keep SRE: members of dd-sre could not be read: the members of this group were not read from okta`,
    ));

  test("members read in part: those known gain, nobody loses", () =>
    checkPlan(
      `${FILE}${LOCK}
#- live okta
groups: [{ name: dd-sre, members: [eng], incomplete: page 2 was cut }, { name: dd-eng, members: [eng, bob] }]
${DATADOG}`,
      `
eng: give SRE (keeps Engineer)
held: dd-sre (1 grant): members of dd-sre could not be read completely: page 2 was cut
held: ana and bob keep SRE: members of dd-sre could not be read completely: page 2 was cut`,
    ));

  test("members read too long ago", () =>
    checkPlan(
      `${FILE}${LOCK}
#- live okta at 2026-11-23T10:00Z
groups: [{ name: dd-sre, members: [ana, eng] }, { name: dd-eng, members: [eng, bob] }]
${DATADOG}`,
      `
eng: give SRE (keeps Engineer)
held: dd-sre (1 grant): members of dd-sre were read 10:00 UTC, too long ago to take anything away
held: dd-eng (1 grant): members of dd-eng were read 10:00 UTC, too long ago to take anything away
held: bob keeps SRE: members of dd-sre were read 10:00 UTC, too long ago to take anything away`,
    ));

  test("renamed, or created anew under the same name", () =>
    checkPlan(
      `${FILE}
#- lock
organizations: { prod: { adopted: true, roles: [SRE, Engineer] } }
groups: { okta: { dd-sre: group-old, dd-eng: group-other } }
#- live okta
groups: [{ name: dd-sre-team, id: group-old, members: [] }, { name: dd-eng, members: [] }]
${DATADOG}`,
      `
held: dd-sre (1 grant): group "dd-sre" is now called "dd-sre-team" in okta; it grants nothing, and nobody loses anything because of it
held: dd-eng (1 grant): group "dd-eng" is another one than when it was reviewed; look at it, then run \`accessmap review\`; it grants nothing, and nobody loses anything because of it
held: bob and eng keep Engineer: group "dd-eng" is another one than when it was reviewed; look at it, then run \`accessmap review\`
held: ana and bob keep SRE: group "dd-sre" is now called "dd-sre-team" in okta`,
    ));

  test("a last day that is no day", () =>
    checkPlan(
      `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    roles: [SRE]
    until: 2026-31-12
  - group: dd-eng
    roles: [Engineer]
${LOCK}${OKTA}${DATADOG}`,
      `
bob: take Engineer (keeps Keep and SRE)
held: dd-sre (1 grant): "2026-31-12" is not a day; it grants nothing, and nobody loses anything because of it
held: ana and bob keep SRE: "2026-31-12" is not a day`,
    ));
});

describe("a name in a mapping that means nothing yet", () => {
  test("a role that does not exist: its members keep what they have", () =>
    checkPlan(
      `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    roles: [SREE]
  - group: dd-eng
    roles: [Engineer]
${LOCK}${OKTA}${DATADOG}`,
      `
bob: take Engineer and SRE (keeps Keep)
held: dd-sre → SREE: role "SREE" does not exist in prod
held: ana keeps SRE: role "SREE" does not exist in prod`,
    ));

  test("a role that was renamed in Datadog", () =>
    checkPlan(
      `${FILE}
#- lock
organizations: { prod: { adopted: true, roles: { SRE: role-x, Engineer: role-engineer } } }
${OKTA}
#- live datadog
roles: [{ name: Site Reliability, id: role-x }, Engineer, Keep]
accounts: [{ login: bob, roles: [role-x, Keep] }, { login: eng, roles: [Engineer] }, ana]
`,
      `
held: dd-sre → SRE: role "SRE" is now called "Site Reliability" in prod
held: bob keeps Site Reliability: role "SRE" is now called "Site Reliability" in prod`,
    ));

  test("two roles of one name", () =>
    checkPlan(
      `${FILE}${LOCK}${OKTA}
#- live datadog
roles: [SRE, { name: SRE, id: role-sre-b }, Engineer, Keep]
accounts: [{ login: bob, roles: [SRE, Keep] }, { login: eng, roles: [Engineer] }, ana]
`,
      `
held: dd-sre → SRE: prod has 2 roles called "SRE"; name one by its id
held: bob keeps SRE: prod has 2 roles called "SRE"; name one by its id`,
    ));

  test("a bundle that does not exist: nobody in the group loses anything", () =>
    checkPlan(
      `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    bundles: [oncal]
  - group: dd-eng
    roles: [Engineer]
${LOCK}${OKTA}${DATADOG}`,
      `
bob: take Engineer and SRE (keeps Keep)
held: dd-sre → oncal: bundle "oncal" does not exist
held: ana keeps SRE: bundle "oncal" does not exist`,
    ));

  test("a role that does not exist, in a group that could not be read: nobody loses anything", () =>
    checkPlan(
      `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    roles: [SREE]
  - group: dd-eng
    roles: [Engineer]
${LOCK}
#- live okta
groups: [dd-sre, { name: dd-eng, members: [eng] }]
${DATADOG}`,
      `
held: dd-sre → SREE: role "SREE" does not exist in prod
held: dd-sre: members of dd-sre could not be read: the members of this group were not read from okta; it grants nothing, and nobody loses anything because of it
held: bob keeps Engineer: role "SREE" does not exist in prod
held: ana and bob keep SRE: role "SREE" does not exist in prod`,
    ));

  test("a file for an organization that is not there holds back every removal", () =>
    checkPlan(
      `${FILE}
#- /access/other.accessmap.yaml
organization: prd
mappings: [{ group: dd-sre, roles: [SRE] }]
${LOCK}${OKTA}${DATADOG}`,
      `
held: access/other.accessmap.yaml: it names organization "prd", which accessmap.yaml does not have
held: bob keeps Engineer: access/other.accessmap.yaml cannot be assigned: it names organization "prd", which accessmap.yaml does not have
held: bob keeps SRE: access/other.accessmap.yaml cannot be assigned: it names organization "prd", which accessmap.yaml does not have`,
    ));
});

describe("people that cannot be judged", () => {
  test("an unknown state neither gains nor loses", () =>
    checkPlan(
      `${FILE}${LOCK}
#- live okta
groups: [{ name: dd-sre, members: [ana, { login: bob, state: unknown }, { login: eng, state: unknown }] }, { name: dd-eng, members: [eng] }]
${DATADOG}`,
      `
held: bob and eng: okta does not say whether they are active, so they neither gain nor lose
held: bob keeps Engineer: bob: okta does not say whether they are active, so they neither gain nor lose
held: bob keeps SRE: bob: okta does not say whether they are active, so they neither gain nor lose`,
    ));

  test("several accounts with the address of one person", () =>
    checkPlan(
      `${FILE}${LOCK}
#- live okta
groups: [{ name: dd-sre, members: [ana, { login: b, email: bob@acme.com }] }, { name: dd-eng, members: [eng] }]
#- live datadog
roles: [SRE, Engineer, Keep]
accounts:
  - { login: bob1, email: bob@acme.com, roles: [SRE, Keep] }
  - { login: bob2, email: bob@acme.com }
  - { login: ana, roles: [SRE] }
  - { login: eng, roles: [Engineer] }
`,
      `
held: b: prod has several accounts with the address, so none of them is changed
held: bob1 keeps SRE: b: prod has several accounts with the address, so none of them is changed`,
    ));

  test("a role that the listing lacks: the whole set cannot be verified", () =>
    checkPlan(
      `${FILE}${LOCK}${OKTA}
#- live datadog
roles: [SRE, Engineer]
accounts: [{ login: ana, roles: [Ghost] }, { login: eng, roles: [Engineer] }]
`,
      "held: ana is not changed: a role they hold could not be read",
    ));
});

describe("an organization that was read in part", () => {
  test.each(["accounts", "roles"])("%s: known people gain, nobody loses", (what) => {
    const plan = planOf(`${FILE}${LOCK}
#- live okta
groups: [{ name: dd-sre, members: [ana, eng] }, { name: dd-eng, members: [eng] }]
${DATADOG}incomplete: [${what}]
`);
    expect(plan.changes).toMatchObject([{ account: { name: "eng@acme.com" }, revokes: [] }]);
    expect(plan.heldBack.map(({ why }) => why)).toContain(
      `${what} of prod could not be read completely: ${what} could not be read completely`,
    );
  });
});

describe("no plan at all", () => {
  test.each(["accounts", "roles", "actor"])("%s unread", (what) =>
    checkMissing(`${FILE}${OKTA}${DATADOG}unread: [${what}]\n`, [`denied: ${what} may not be read`]),
  );

  test("the organization was never read", () =>
    checkMissing(`${FILE}${OKTA}`, ["not-configured: prod has not been read yet"]));

  test("there is no such organization", () =>
    checkMissing(
      `${FILE}${OKTA}`,
      ['not-configured: accessmap.yaml has no organization "stage"; it has prod'],
      "stage",
    ));

  test("no directory answered", () =>
    checkMissing(`${FILE}\n#- live okta unreachable okta is down\n${DATADOG}`, ["unreachable: okta is down"]));

  test("the key belongs to another organization", () =>
    checkMissing(
      `
#- /accessmap.yaml
version: 1
project: acme-access
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, id: 0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005, directory: okta, push: { roles: scim, teams: scim } }
${FILE}${OKTA}${DATADOG}actor: { login: bot, organization: 11111111-7f6c-11ee-a2e8-da7ad0900005 }
`,
      [
        'wrong-target: the Datadog key belongs to "prod" (11111111-7f6c-11ee-a2e8-da7ad0900005), but organizations.prod.id is 0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005',
      ],
    ));

  test("a file that cannot be read as written may hide mappings", () => {
    const broken = parseFixture(`${FILE.replace("mappings", "mapings")}${LOCK}${OKTA}${DATADOG}`).snapshot;
    const made = makePlan(broken, "prod", { fileHashes: {} });
    expect("missing" in made && made.missing.map(({ kind, system }) => `${kind} ${system}`)).toContain(
      "malformed access/platform.accessmap.yaml",
    );
  });
});

describe("what a push rests on and was not read is told of the plan, whatever else it knows", () => {
  const files = "organization: prod\nmappings: [{ group: dd-sre, roles: [SRE], teams: [sre] }]\n";
  const okta = "#- live okta\ngroups: [{ name: dd-sre, members: [ana] }]\n";
  const live = (gap: string) =>
    `#- live datadog\nroles: [SRE]\nteams: [sre]\naccounts: [ana]\nswitches: { roleMapping: true }\n${gap}\n`;
  const push = (paths: string) =>
    `#- /accessmap.yaml\nversion: 1\nproject: acme\ndirectories: { okta: { type: okta, domain: acme.okta.com } }\norganizations: { prod: { site: datadoghq.eu, directory: okta, attribute: memberOf, push: ${paths} } }\n`;
  test.each<[paths: string, gap: string, unread: string | undefined]>([
    ["{ roles: scim, teams: scim }", "", undefined],
    ["{ roles: scim, teams: scim }", "incomplete: [accounts]", "accounts of prod could not be read completely"],
    ["{ roles: scim, teams: scim }", "unread: [teams]", "teams may not be read"],
    ["{ roles: scim, teams: members }", "unread: [teams]", "teams may not be read"],
    ["{ roles: scim, teams: saml }", "unread: [teams]", "teams may not be read"],
    ["{ roles: scim, teams: off }", "unread: [teams]", undefined],
    ["{ roles: saml, teams: off }", "incomplete: [mappings]", "AuthN mappings of prod could not be read completely"],
    ["{ roles: scim, teams: off }", "incomplete: [mappings]", undefined],
  ])("%s, %s", (paths, gap, unread) => {
    const plan = planOf(`\n${push(paths)}#- /access/a.accessmap.yaml\n${files}${okta}${live(gap)}`);
    expect(plan.unread ?? "").toMatch(unread === undefined ? /^$/ : new RegExp(unread));
  });
});
