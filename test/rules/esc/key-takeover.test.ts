/** esc/key-takeover: a known key with scopes, whose owner may do more. */

import { test } from "vitest";
import { checkFix, checkProblems } from "../../support/checks.ts";

const ONLY = { only: ["esc/key-takeover", "priv/admin-equivalent-role"] };
const LIVE = `
#- live okta
groups: [{ name: dd-keys, members: [ana] }]
#- live datadog
roles:
  - { name: Key Keeper, permissions: [org_app_keys_write] }
  - { name: Boss, permissions: [user_access_manage] }
accounts:
  - { login: robot, name: deploy-bot, roles: [Boss], service: true }
  - { login: bob, roles: ["Datadog Admin Role"] }
  - { login: cyd }
`;
const KEY = "keys: [{ name: ci, owner: robot, scopes: [monitors_write] }]\n";
const FINDING = `
#- /a.accessmap.yaml
mappings:
  - group: dd-keys
    roles: [Key Keeper]
    #       ^^^^^^^^^^ error esc/key-takeover: "dd-keys" leads to an administrator's power: "Key Keeper" permits org_app_keys_write; org_app_keys_write lifts the scopes of the key "ci", and whoever has it may do all that service account "deploy-bot" may; "deploy-bot" holds "Boss"; "Boss" permits user_access_manage; whoever edits roles and mappings grants themselves the rest. To end it, take "Key Keeper" from "dd-keys" [fix]
    teams: [keys]
${LIVE}${KEY}`;

test("the key, its owner and the role are named, and priv/admin-equivalent-role need not say it again", () =>
  checkProblems(FINDING, ONLY));

test("the role can be taken away", () =>
  checkFix(FINDING, "Remove this role", "mappings:\n  - group: dd-keys\n    roles: []\n    teams: [keys]\n", ONLY));

test("a person's key counts when the person administers", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-keys, roles: [Key Keeper] }
    #                         ^^^^^^^^^^ error esc/key-takeover
${LIVE}keys: [{ name: notebook, owner: bob, scopes: [monitors_write] }]
`,
    ONLY,
  ));

test("keys without scopes, and keys of those who may do nothing, leave it to priv/admin-equivalent-role", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-keys, roles: [Key Keeper] }
    #                         ^^^^^^^^^^ error priv/admin-equivalent-role
${LIVE}keys: [{ name: wide, owner: bob }, { name: small, owner: cyd, scopes: [monitors_write] }]
`,
    ONLY,
  ));

test("keys that could not be read prove nothing, and neither does a mapping that has ended", () =>
  checkProblems(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-keys, roles: [Key Keeper] }
    #                         ^^^^^^^^^^ error priv/admin-equivalent-role
  - { group: dd-keys, roles: [Key Keeper], until: 2026-01-01 }
${LIVE}${KEY}unread: [keys, applicationKeys]
`,
    ONLY,
  ));
