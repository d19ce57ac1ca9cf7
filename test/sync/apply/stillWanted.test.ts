/** A plan that lay about against one made anew: what is not asked for any more, and what the plan did not say. */

import { describe, expect, test } from "vitest";
import { whyUnwanted } from "../../../server/src/core/sync/apply/stillWanted.ts";
import { parseFixture } from "../../support/fixture.ts";
import { planFor } from "../support/checkPlan.ts";
import { pushFixture, type Setting } from "../support/pushFixture.ts";

const FULL = { mappings: "  - { group: dd-sre, roles: [SRE], teams: [sre] }", lock: "{ adopted: true, roles: [SRE] }" };

const MEMBERS: Setting = {
  ...FULL,
  push: "{ roles: members, teams: members, users: full }",
  okta: "[{ name: dd-sre, members: [ana, new, { login: gone, state: deactivated }] }]",
  datadog: `roles: [SRE, Keep]
teams: [{ handle: sre, members: [bob] }]
accounts: [{ login: ana, roles: [Keep] }, { login: bob, roles: [SRE, Keep] }, { login: gone, roles: [Keep] }, { login: cy, roles: [Keep] }]`,
};

const SAML: Setting = {
  ...FULL,
  push: "{ roles: saml, teams: saml, users: off }",
  okta: "[{ name: dd-sre, members: [ana] }]",
  datadog: `roles: [SRE, Keep]
teams: [sre]
accounts: [{ login: ana, roles: [Keep] }, { login: bob, roles: [Keep] }]
switches: { roleMapping: true, teamSource: saml_and_manually }`,
};

/** Why the plan of a setting is not to be applied when live data is that of `now`. */
function why(setting: Setting, now: Partial<Setting>): string | undefined {
  const [before, after] = [setting, { ...setting, ...now }].map((each) => parseFixture(pushFixture(each)).snapshot);
  const target = after?.targets.get("prod");
  if (!before || !after || !target) throw new Error("the fixture has no organization");
  return whyUnwanted(planFor(before), planFor(after), target)?.replaceAll("@acme.com", "");
}

const MOVED = /^groups or accounts moved since the plan was made: (.*); plan again and look at the new one$/;

describe("nothing is in the way", () => {
  test.each([
    ["nothing moved", MEMBERS, {}],
    ["others came, whom the plan leaves to the next one", MEMBERS, { okta: MEMBERS.okta.replace("ana,", "ana, cy,") }],
    [
      "it is there by now",
      MEMBERS,
      {
        datadog: `roles: [SRE, Keep]
teams: [{ handle: sre, members: [ana, new] }]
accounts:
  - { login: ana, roles: [SRE, Keep] }
  - { login: bob, roles: [Keep] }
  - { login: new, roles: [SRE] }
  - { login: gone, status: disabled, roles: [Keep] }`,
      },
    ],
    [
      "a team is made by now",
      { ...MEMBERS, push: "{ roles: off, teams: scim }", datadog: "accounts: [ana]" },
      { datadog: "teams: [{ handle: sre, managed: true, members: [ana] }]\naccounts: [ana]" },
    ],
    ["a mapping is there by now", SAML, { datadog: `${SAML.datadog}\nmappings: [{ group: dd-sre, role: SRE }]` }],
  ])("%s", (_, setting, now) => expect(why(setting, now)).toBeUndefined());
});

test.each([
  [
    "a group that is gone",
    MEMBERS,
    { okta: "[{ name: dd-sre-old, members: [ana] }]" },
    "it is not asked for any more that new gets an account, ana gets SRE, ana joins team sre, new joins team sre, bob leaves team sre and 2 more",
  ],
  [
    "somebody who left the group",
    MEMBERS,
    { okta: "[{ name: dd-sre, members: [new, { login: gone, state: deactivated }] }]" },
    "it is not asked for any more that ana gets SRE and ana joins team sre",
  ],
  [
    "somebody who came back",
    MEMBERS,
    { okta: "[{ name: dd-sre, members: [ana, new, bob, gone] }]" },
    "it is not asked for any more that bob leaves team sre, bob loses SRE and the account gone is switched off",
  ],
  [
    "a mapped group that is gone",
    SAML,
    { okta: "[{ name: dd-sre-old, members: [ana] }]" },
    "it is not asked for any more that memberOf=dd-sre → SRE is mapped and memberOf=dd-sre → team sre is mapped",
  ],
  [
    "somebody else in a mapped group: a login would give them what nobody was shown",
    SAML,
    { okta: "[{ name: dd-sre, members: [bob] }]" },
    "it would not come about that ana gains SRE at a login and ana joins team sre at a login; the plan does not say that bob gains SRE at a login and bob joins team sre at a login",
  ],
])("%s", (_, setting, now, reason) => expect(MOVED.exec(why(setting, now) ?? "")?.[1]).toBe(reason));

test("what could not be read wholly is told, since it may be why something is missing", () => {
  const unread = "[{ name: dd-sre, members: [new], incomplete: a page is missing }]";
  expect(why(MEMBERS, { okta: unread }) ?? "").toMatch(/it is not asked for any more that .* \(.*\); plan again/);
});
