/** The text of a plan with its lines: what folds, what leads where, and that the lines are those of the text. */

import { expect, test } from "vitest";
import { renderPlan } from "../../../server/src/core/sync/render/plan.ts";
import { type PlanNode, planOutline } from "../../../server/src/core/sync/render/planOutline.ts";
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
#- /access/on call.accessmap.yaml
organization: prod
mappings:
  - group: dd-sre
    roles: [SRE, Engineer]
    teams: [sre]
  - group: dd-gone
    roles: [Other]
#- lock
organizations: { prod: { adopted: true, roles: [SRE, Engineer], teams: [sre] } }
#- live okta
groups: [{ name: dd-sre, members: [ana, bob, cyd, sre] }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data] }, { name: Engineer, permissions: [monitors_write] }, Keep, Other]
teams: [{ handle: sre, name: SRE, members: [ana, bob, cyd, sre] }]
accounts:
  - { login: ana }
  - { login: bob, roles: [Engineer] }
  - { login: cyd, roles: [Engineer] }
  - { login: sre, roles: [Engineer] }
  - { login: eve, roles: [SRE, Keep, Datadog Admin Role] }
`;

const sealed = { plan: planOf(FIXTURE), fingerprint: "abc" };
const text = renderPlan(sealed, { format: "text" }).split("\n");

/** `first-last text`, with the lines of the file counted from 1. */
function show(nodes: readonly PlanNode[], indent = ""): string {
  return nodes
    .map(({ line, last, text: words, holdsPeople, nodes: inner }) => {
      const people = holdsPeople ? " [people]" : "";
      return `${indent}${line + 1}-${last + 1} ${words.slice(0, 24)}${people}\n${show(inner, `${indent}  `)}`;
    })
    .join("");
}

test("sections, what is in them, stages and lists of people", () =>
  expectText(
    show(planOutline(sealed).nodes),
    `
1-1 Plan for prod (datadoghq
3-9 Access
  4-5 + ana@acme.com, bob@acme [people]
  6-6 + ana@acme.com gains Eng
  7-7 - eve@acme.com loses SRE
  8-8 drift or intent is not k
  9-9 0 people keep what they
11-12 Held back
  12-12 dd-gone (1 grant): group
14-17 Lock-out
  15-15 1 person (eve@acme.com)
  16-16 No active person is with
  17-17 SRE changes hands: nobod
19-29 Steps
  20-21 Create and link
    21-21 1. put team sre under SC
  22-27 Give
    23-23 2. team sre: keep 4 memb
    24-24 3. ana@acme.com: give En
    25-25 4. bob@acme.com: give SR
    26-26 5. cyd@acme.com: give SR
    27-27 6. sre@acme.com: give SR
  28-29 Take
    29-29 7. eve@acme.com: take SR
31-31 Fingerprint abc
33-33 4 people gain access, 1 
`,
  ));

test("each change leads to the lines that cause it, files with blanks in their names too", () => {
  const shown = planOutline(sealed).links.map(
    ({ line, start, end, file, fileLine }) => `${line + 1} ${text[line]?.slice(start, end)} ${file}:${fileLine}`,
  );
  const file = "access/on call.accessmap.yaml";
  expect(shown).toEqual([
    `4 ${file}:4 ${file}:4`,
    `6 ${file}:4 ${file}:4`,
    `7 ${file}:4 ${file}:4`,
    `12 ${file}:6 ${file}:6`,
    `21 sre ${file}:5`,
    `24 Engineer ${file}:4`,
    `24 SRE ${file}:4`,
    `25 SRE ${file}:4`,
    `26 SRE ${file}:4`,
    `27 SRE ${file}:4`,
    `29 SRE ${file}:4`,
  ]);
});

test("every line of the outline stands in the text where it says", () => {
  const check = (nodes: readonly PlanNode[]) => {
    for (const { line, text: words, nodes: inner } of nodes) {
      expect(text[line]?.trim()).toBe(words);
      check(inner);
    }
  };
  check(planOutline(sealed).nodes);
});
