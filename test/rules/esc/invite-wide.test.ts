/** Invitations by many. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const file = (marker = "") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-eng
    roles: [Host]
${marker}`;

const live = (members: string, more = "") => `
#- live okta
groups: [{ name: dd-eng, ${members} }]
#- live datadog
roles: [{ name: Host, permissions: [user_access_invite, monitors_write${more}] }, { name: Watcher, permissions: [monitors_write] }]
`;

const only = { only: ["esc/invite-wide"] };

test("many people may invite", () =>
  checkProblems(
    file(
      `    #       ^^^^ info esc/invite-wide: "dd-eng" lets 40 people invite anybody through "Host" (user_access_invite); keep this for those who run the organization [fix]\n`,
    ) + live("members: 40"),
    only,
  ));

test("a role without it is offered", () =>
  checkFix(
    file() + live("members: 40"),
    'Use "Watcher" instead',
    "\nmappings:\n  - group: dd-eng\n    roles: [Watcher]\n",
    only,
  ));

test("a few people, and administrators", () => {
  checkProblems(file() + live("members: 10"), only);
  checkProblems(file() + live("members: 40", ", user_access_manage"), only);
});

test("a group of unknown size", () => checkProblems(file() + live("kind: static"), only));
