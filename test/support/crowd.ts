/** What the rules on one kind of harm have in common: whom they report, and whom they leave alone. */

import { test } from "vitest";
import { checkFix, checkProblems } from "./checks.ts";
import { projectWith } from "./fixture.ts";

export interface CrowdCase {
  readonly rule: string;
  /** One permission that does the harm. */
  readonly permission: string;
  /** The message behind `"dd-eng" gives "Builder" to 143 people, `. */
  readonly words: string;
}

/** Tests a rule that reports roles with one kind of harm in the hands of many. */
export function testCrowdRule({ rule, permission, words }: CrowdCase): void {
  const only = { only: [rule] };
  const mapping = (role: string, marker = "", group = "dd-eng") => `
#- /a.accessmap.yaml
mappings:
  - group: ${group}
    roles: [${role}]
${marker}`;
  const live = (members: string, roles = `[{ name: Builder, permissions: [${permission}, monitors_write] }]`) => `
#- live okta
groups: [{ name: dd-eng, ${members} }, { name: Everyone, kind: everyone, members: 143 }]
#- live datadog
roles: ${roles}
`;
  const finding = `    #       ^^^^^^^ warning ${rule}: "dd-eng" gives "Builder" to 143 people, ${words}\n`;

  test("many people, counted or as the directory counts them", () => {
    checkProblems(mapping("Builder", finding) + live("members: 143"), only);
    checkProblems(mapping("Builder", finding.replace("to 143", "to up to 143")) + live("count: 143"), only);
  });

  test("a smaller role is offered, and to give none", () => {
    const roles = `[{ name: Builder, permissions: [${permission}, monitors_write] }, { name: Watcher, permissions: [monitors_write] }]`;
    const fixture = mapping("Builder") + live("members: 143", roles);
    checkFix(fixture, 'Use "Watcher" instead', "\nmappings:\n  - group: dd-eng\n    roles: [Watcher]\n", only);
    checkFix(fixture, "Remove this role", "\nmappings:\n  - group: dd-eng\n    roles: []\n", only);
  });

  test("few people, everybody's group, Datadog's own roles, administrators and roles of many dangers are others' findings", () => {
    checkProblems(mapping("Builder") + live("members: 10"), only);
    checkProblems(mapping("Builder", "", "Everyone") + live("members: 10"), only);
    checkProblems(mapping("Datadog Standard Role, Datadog Admin Role") + live("members: 143"), only);
    const wide = `[${permission}, api_keys_write, dashboards_public_share, workflows_run, user_access_manage]`;
    checkProblems(mapping("Boss") + live("members: 143", `[{ name: Boss, permissions: ${wide} }]`), only);
    const dangers = wide.replace(", user_access_manage", "");
    checkProblems(mapping("Mix") + live("members: 143", `[{ name: Mix, permissions: ${dangers} }]`), only);
  });

  test("a policy that limits such permissions says itself what many is", () =>
    checkProblems(`${projectWith("{ limits: { high: 500 } }")}${mapping("Builder")}${live("members: 143")}`, only));

  test("a group of unknown size, a part of its members, and a role that was not read prove nothing", () => {
    checkProblems(
      `${mapping("Builder")}#- live datadog\nroles: [{ name: Builder, permissions: [${permission}] }]\n`,
      only,
    );
    checkProblems(mapping("Builder") + live("members: 143, incomplete: page 2 is missing"), only);
    checkProblems(
      `${mapping("Builder")}#- live okta\ngroups: [{ name: dd-eng, members: 143 }]\n#- live datadog unreachable timeout\n`,
      only,
    );
  });
}
