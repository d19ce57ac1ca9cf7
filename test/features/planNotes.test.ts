/** Findings of a dry run stand on the lines that cause them; what no line causes stands at the organization. */

import { expect, test } from "vitest";
import { planNotes } from "../../server/src/core/features/planNotes.ts";
import { makePlan } from "../../server/src/core/sync/makePlan.ts";
import { parseFixture } from "../support/fixture.ts";
import { renderPlaces } from "./support.ts";

interface Case {
  readonly adopted?: boolean;
  readonly members?: string;
  readonly project?: string;
  readonly mappings?: string;
  /** `place severity code: message`. */
  readonly notes: readonly string[];
}

const ACCOUNTS = ["ana", "bob", "cyd", "dee", "eve", "fay"];

function fixtureOf({ adopted = true, members = "ana", project = "", mappings }: Case): string {
  return `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, directory: okta, push: { roles: scim, teams: scim } }
${project}
#- /a.accessmap.yaml
mappings:
  - group: dd-ops
    roles: [Ops]
${mappings ?? ""}
#- lock
organizations: { prod: { adopted: ${adopted}, roles: [Ops, Power], teams: [] } }
#- live okta
groups: [{ name: dd-ops, members: [${members}] }]
#- live datadog
roles: [{ name: Ops, permissions: [logs_delete_data] }, { name: Power, permissions: [user_access_manage] }, Keep]
accounts:
${ACCOUNTS.map((login) => `  - { login: ${login}, roles: [Ops, Keep] }`).join("\n")}
  - { login: gus, roles: [Datadog Admin Role] }
  - { login: hal, roles: [Datadog Admin Role] }
`;
}

const HERE = "a.accessmap.yaml:3:13 Ops";
const WAIVE = "Lift it with `accessmap apply --allow";

const CASES: Readonly<Record<string, Case>> = {
  "nothing found": { members: ACCOUNTS.join(), notes: [] },
  "a role that too many lose, on the line that gives it, and the total too": {
    notes: [
      `${HERE} error lock/mass-removal: Sync would be refused: 5 of 6 people would lose Ops; up to 25 % and 50 people is ordinary. ${WAIVE} lock/mass-removal:role=Ops\``,
      `${HERE} error lock/mass-removal: Sync would be refused: 5 of 6 people would lose something; up to 25 % and 50 people is ordinary. ${WAIVE} lock/mass-removal:total\``,
    ],
  },
  "a grant to more people than the policy allows": {
    members: ACCOUNTS.join(),
    project: "policy: { limits: { critical: 2 } }",
    mappings: "  - { group: dd-ops, roles: [Power] }",
    notes: [
      `a.accessmap.yaml:4:30 Power error lock/mass-grant: Sync would be refused: 6 people would hold Power (critical) through mappings; policy.limits allows 2. ${WAIVE} lock/mass-grant:role=Power\``,
    ],
  },
  "what is held back for a group that does not exist": {
    members: ACCOUNTS.join(),
    mappings: "  - { group: dd-gone, roles: [Power] }",
    notes: [
      'a.accessmap.yaml:4:14 dd-gone info held-back: Held back: dd-gone (1 grant): group "dd-gone" does not exist in okta; it grants nothing, and nobody loses anything because of it',
    ],
  },
};

for (const [title, one] of Object.entries(CASES))
  test(title, () => {
    const fixture = parseFixture(fixtureOf(one));
    const made = makePlan(fixture.snapshot, "prod", { fileHashes: {} });
    const organization = fixture.snapshot.project?.content.organizations.get("prod");
    if ("missing" in made || !organization) throw new Error("no plan");
    const shown = planNotes(made.plan, "accessmap.yaml", organization).map(
      ({ place, severity, code, message }) => `${renderPlaces(fixture, [place])} ${severity} ${code}: ${message}`,
    );
    expect(shown).toEqual(one.notes);
  });

test("a guard that no line of a mapping trips stands at the organization", () => {
  const fixture = parseFixture(fixtureOf({ members: ACCOUNTS.join(), notes: [] }));
  const made = makePlan(fixture.snapshot, "prod", { fileHashes: {} });
  const organization = fixture.snapshot.project?.content.organizations.get("prod");
  if ("missing" in made || !organization) throw new Error("no plan");
  const refusals = [{ guard: "plat/wrong-organization", message: "the key belongs to another organization" }];
  const [note] = planNotes({ ...made.plan, refusals }, "accessmap.yaml", organization);
  expect(note && renderPlaces(fixture, [note.place])).toBe("accessmap.yaml:5:3 prod");
  expect(note?.message).toContain("cannot be lifted");
});
