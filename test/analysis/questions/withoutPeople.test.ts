/** Names of people in what assistants are told, whoever put them there. */

import { expect, test } from "vitest";
import { ask } from "../../../server/src/core/analysis/questions/ask.ts";
import { withoutPeople } from "../../../server/src/core/analysis/questions/withoutPeople.ts";
import { parseFixture } from "../../support/fixture.ts";

const { snapshot } = parseFixture(`
#- /a.accessmap.yaml
mappings:
  - { group: ci@acme.com, roles: [Keys] }
  - { group: dd-adm, roles: [Boss] }
#- live okta
groups: [{ name: ci@acme.com, members: [{ login: zoe, name: Zoë van Dijk }] }, { name: dd-adm, members: [ana, { login: j.doe-smith, name: J }] }]
#- live datadog
roles: [{ name: Keys, permissions: [org_app_keys_write] }, { name: Boss, permissions: [user_access_manage] }]
accounts: [{ login: ana, roles: [Boss], name: Ana Novak }, { login: zoe, roles: [Keys], name: Zoë van Dijk }, { login: bot@acme.com, service: true, name: Build Bot }]
keys: [{ name: Ana Novak's laptop (ana@acme.com), owner: ana, scopes: [user_access_read] }]
`);

test("a key that is called after its owner", () => {
  const organization = snapshot.project?.content.organizations.get("prod");
  const reply = organization && ask(snapshot, organization, { kind: "escalation" }, "counts");
  const text = reply && "lines" in reply ? reply.lines.join("\n") : "";
  expect(text).toContain("Ana Novak's laptop (ana@acme.com)");
  expect(withoutPeople(text, snapshot)).toContain(`the key "(somebody)'s laptop ((somebody))"`);
  expect(withoutPeople(text, snapshot)).toContain('"ci@acme.com" gets "Keys"');
});

test.each([
  ["okta: ANA.NOVAK@ACME.COM may not list groups", "okta: (somebody) may not list groups"],
  ["stranger@else.example; bot@acme.com and CI@acme.com", "(somebody); bot@acme.com and CI@acme.com"],
  ["the key of Zoë van Dijk, by Build Bot", "the key of (somebody), by Build Bot"],
  [
    "keys ANA NOVAK, ana-novak-ci, Ana.Novak and novak_ana",
    "keys (somebody), (somebody)-ci, (somebody) and (somebody)",
  ],
  ["Novak, Ana; Havana Novakova", "(somebody); Havana Novakova"],
  ["o'neil@acme.com asked 'ana@acme.com'", "(somebody) asked '(somebody)'"],
  ["the script of j.doe-smith", "the script of (somebody)"],
  ["ana and zoe are words, and so is @", "ana and zoe are words, and so is @"],
])("%s", (text, expected) => expect(withoutPeople(text, snapshot)).toBe(expected));
