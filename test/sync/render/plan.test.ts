/** Plans as people read them: golden text and Markdown, folding, and names that try to be more than names. */

import { expect, test } from "vitest";
import { summarize } from "../../../server/src/core/sync/makePlan.ts";
import type { SealedPlan } from "../../../server/src/core/sync/plan.ts";
import { lastLine, NO_CHANGES, renderPlan } from "../../../server/src/core/sync/render/plan.ts";
import { planForAssistants } from "../../../server/src/core/sync/render/planForAssistants.ts";
import { expectText } from "../../support/expectText.ts";
import { planOf } from "../support/checkPlan.ts";

const FIXTURE = `
#- /accessmap.yaml
version: 1
project: acme-access
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, id: 0f5cb5d2-7f6c-11ee-a2e8-da7ad0900005, directory: okta, push: { roles: scim, teams: scim } }
safety: { admins: 1 }
#- /access/platform.accessmap.yaml
organization: prod
bundles:
  engineer: { roles: [Engineer], teams: [engineering] }
mappings:
  - group: dd-sre
    bundles: [engineer]
    roles: [SRE]
  - group: dd-gone
    roles: [Billing]
#- lock
organizations: { prod: { adopted: true, roles: [SRE, Engineer], teams: [engineering] } }
#- live okta
groups: [{ name: dd-sre, members: [ana, bob, cyd, dee, new] }]
#- live datadog
roles:
  - { name: SRE, permissions: [logs_delete_data, user_access_invite, monitors_write, dashboards_write, dashboards_read] }
  - { name: Engineer, permissions: [monitors_write, dashboards_read] }
  - { name: Billing, permissions: [billing_edit] }
  - Keep
teams: [{ handle: engineering, name: Engineering, members: [ana, fay] }]
accounts:
  - { login: ana, roles: [Engineer] }
  - { login: bob, roles: [Engineer] }
  - { login: cyd, roles: [Engineer] }
  - { login: dee, roles: [Engineer] }
  - { login: eve, roles: [SRE, Keep] }
  - { login: fay, roles: [Engineer, Datadog Admin Role] }
`;

function sealed(text: string): SealedPlan {
  return { plan: planOf(text), fingerprint: "abc123" };
}

test("text: access first, everybody below who is only counted, the numbers last", () =>
  expectText(
    renderPlan(sealed(FIXTURE), { format: "text" }),
    `
Plan for prod (datadoghq.eu), organization prod

Access
  + ana@acme.com, bob@acme.com and 2 more gain SRE: logs_delete_data (critical), user_access_invite (high), dashboards_write (low), through dd-sre → SRE  access/platform.accessmap.yaml:7
      ana@acme.com, bob@acme.com, cyd@acme.com, dee@acme.com
  + bob@acme.com, cyd@acme.com and dee@acme.com join team engineering, through dd-sre → engineering  access/platform.accessmap.yaml:6
  - fay@acme.com loses Engineer: no permission besides those held anyway, not a member of dd-sre  access/platform.accessmap.yaml:6
  - eve@acme.com loses SRE: logs_delete_data (critical), user_access_invite (high), monitors_write (medium), dashboards_write (low), not a member of dd-sre  access/platform.accessmap.yaml:7
  - fay@acme.com leaves team engineering, not a member of dd-sre  access/platform.accessmap.yaml:6
    drift or intent is not known: no apply is recorded in this folder
    0 people keep what they have

Held back
  dd-gone (1 grant): group "dd-gone" does not exist in okta; it grants nothing, and nobody loses anything because of it  access/platform.accessmap.yaml:8
  new@acme.com: no Datadog account yet; the identity provider creates accounts, the next push gives them their access

Lock-out
  1 person (fay@acme.com) can administer the organization afterwards
  No active person is without any role afterwards
  SRE changes hands: nobody who holds it today keeps it, and it is taken only once somebody new has it

Steps
  Create and link
    1. put team engineering under SCIM as "Engineering" (accessmap:acme-access:engineering)
  Give
    2. ana@acme.com: give SRE (keeps Engineer)
    3. bob@acme.com: give SRE (keeps Engineer)
    4. cyd@acme.com: give SRE (keeps Engineer)
    5. dee@acme.com: give SRE (keeps Engineer)
  Give and take
    6. team engineering: add bob@acme.com, cyd@acme.com and dee@acme.com; remove fay@acme.com; keep 1 member
  Take
    7. eve@acme.com: take SRE (keeps Keep)
    8. fay@acme.com: take Engineer (keeps Datadog Admin Role)

Fingerprint abc123

4 people gain access, 2 lose access, 1 team changes in prod (datadoghq.eu); 2 things held back.`,
  ));

test("an empty plan ends in one sentence", () => {
  const text = FIXTURE.replace("members: [ana, bob, cyd, dee, new]", "members: [ana]")
    .replace(/ {2}- group: dd-gone\n.*\n/, "")
    .replace("name: Engineering, members: [ana, fay]", "managed: true, members: [ana]")
    .replace(/accounts:[\s\S]*/, "accounts: [{ login: ana, roles: [Engineer, SRE, Datadog Admin Role] }]\n");
  expect(renderPlan(sealed(text), { format: "text" })).toBe(
    "Plan for prod (datadoghq.eu), organization prod\n\nNo changes. Datadog matches the mapping files.\n",
  );
  expect(summarize(planOf(text))).toBe("nothing changes in prod (datadoghq.eu)");
});

test("an empty plan that holds something back says so", () => {
  const text = FIXTURE.replace("members: [ana, bob, cyd, dee, new]", "members: [new]")
    .replace(/accounts:[\s\S]*/, "accounts: []\n")
    .replace("members: [ana, fay]", "members: []")
    .replace(", teams: [engineering] }\nmappings", " }\nmappings");
  expect(renderPlan(sealed(text), { format: "text" }).trimEnd().split("\n").at(-1)).toBe(
    "No changes; 1 thing held back.",
  );
});

test("refusals say how they are lifted", () => {
  const text = FIXTURE.replace("members: [ana, bob, cyd, dee, new]", "members: []");
  const lines = renderPlan(sealed(text), { format: "text" }).split("\n");
  expect(lines).toContain(
    "  lock/emptied role=SRE: SRE has people today and would have none (lifted by --allow lock/emptied:role=SRE)",
  );
});

test("colour and width are the caller's", () => {
  const text = renderPlan(sealed(FIXTURE), {
    format: "text",
    width: 60,
    color: (kind, words) => `<${kind}>${words}</>`,
  });
  expect(text).toContain(
    "<gain>  + ana@acme.com, bob@acme.com and 2 more gain SRE:\n      logs_delete_data (critical), ",
  );
  const plain = renderPlan(sealed(FIXTURE), { format: "text", width: 60 });
  expect(plain.split("\n").filter((line) => line.length > 60 && !line.startsWith("4 people"))).toEqual([]);
});

test("on a screen people who are only counted are not listed", () => {
  const lines = renderPlan(sealed(FIXTURE), { format: "text", width: 400 }).split("\n");
  expect(lines.filter((line) => /^ +ana@acme\.com, bob@acme\.com, cyd/.test(line))).toEqual([]);
});

test("Markdown: stages keep the numbers of their steps", () =>
  expect(renderPlan(sealed(FIXTURE), { format: "markdown" })).toContain(
    "(keeps Engineer)\n\nGive and take:\n\n6. team engineering",
  ));

test("Markdown keeps names from being markup", () => {
  const text = renderPlan(
    sealed(FIXTURE.replaceAll("Billing", '"[x](https://evil)"').replaceAll("SRE", '"S*R*E <b>"')),
    {
      format: "markdown",
    },
  );
  expect(text).toContain("# Plan for prod (datadoghq.eu), organization prod\n");
  expect(text).toContain("- `+` ana@acme.com, bob@acme.com and 2 more gain S\\*R\\*E \\<b\\>:");
  expect(text).not.toContain("](http");
});

test("Markdown keeps addresses from being links, entities from being letters, and people behind a fold from being HTML", () => {
  const text = renderPlan(
    sealed(
      FIXTURE.replaceAll("SRE", '"&commat;acme/admins https://evil www.evil"').replaceAll(
        /\bbob\b/g,
        '"<img src=//evil>_b"',
      ),
    ),
    { format: "markdown" },
  );
  expect(text).toContain("gain \\&commat;acme/admins https\\://evil www\\.evil:");
  expect(text).toMatch(/<summary>4 people<\/summary>.*&#60;img src=\/\/evil&#62;_b@acme\.com.*<\/details>/);
  expect(text).not.toMatch(/[^\\]<img|https:|www\.|[^\\]&commat/);
});

test("control characters are shown, not obeyed", () => {
  const plan = planOf(FIXTURE);
  const held = { what: "\u001b[2J", why: "\u202ex", people: [] };
  const text = renderPlan({ plan: { ...plan, heldBack: [held] }, fingerprint: "f" }, { format: "text" });
  expect(text).toContain("?[2J: ?x");
});

test("what is known is not all there is to do: a plan says what was not read", () => {
  const whole = `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, roles: [SRE] }
#- lock
organizations: { prod: { adopted: true, roles: [SRE] } }
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [SRE]
accounts: [{ login: ana, roles: [SRE] }]
`;
  const cases = [
    [whole, NO_CHANGES],
    [
      whole.replace("#- live datadog", "#- live datadog incomplete a page was cut"),
      "No change is known; accounts of prod could not be read completely: a page was cut.",
    ],
    [
      whole
        .replace("#- live okta", "#- live okta incomplete a page was cut")
        .replace("roles: [SRE] }\n#- lock", "roles: [SRE] }\n  - { group: dd-eng, roles: [SRE] }\n#- lock"),
      "No change is known; 1 thing held back; a page was cut.",
    ],
    [
      whole
        .replace("#- live okta", "#- live okta incomplete a page was cut")
        .replace("roles: [SRE] }\n#- lock", "roles: [SRE] }\n  - { group: dd-eng, roles: [SRE] }\n#- lock")
        .replace("roles: [SRE] }]", "roles: [] }]"),
      "1 person gains access, 0 lose access, 0 teams change in prod (datadoghq.eu); 1 thing held back; a page was cut.",
    ],
  ] as const;
  for (const [text, last] of cases) expect(lastLine(planOf(text))).toBe(last);
});

test("assistants see people counted, and nothing that names one, unless the policy lets them", () => {
  expectText(
    planForAssistants(sealed(FIXTURE), "counts"),
    `
Plan for prod (datadoghq.eu), organization prod

+ 4 people gain SRE: logs_delete_data (critical), user_access_invite (high), dashboards_write (low), through dd-sre → SRE  access/platform.accessmap.yaml:7
+ 3 people join team engineering, through dd-sre → engineering  access/platform.accessmap.yaml:6
- 1 person loses Engineer: no permission besides those held anyway, not a member of dd-sre  access/platform.accessmap.yaml:6
- 1 person loses SRE: logs_delete_data (critical), user_access_invite (high), monitors_write (medium), dashboards_write (low), not a member of dd-sre  access/platform.accessmap.yaml:7
- 1 person leaves team engineering, not a member of dd-sre  access/platform.accessmap.yaml:6
  drift or intent is not known: no apply is recorded in this folder
  0 people keep what they have
4 people gain access, 2 lose access, 1 team changes in prod (datadoghq.eu); 2 things held back.
`,
  );
  expect(planForAssistants(sealed(FIXTURE), "names")).toBe(renderPlan(sealed(FIXTURE), { format: "text" }));
});
