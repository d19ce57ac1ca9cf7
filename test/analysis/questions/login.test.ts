/** Logins by the mappings there are and by those that the files would leave, for organizations that are pushed through SAML. */

import { describe, expect, test } from "vitest";
import { ask } from "../../../server/src/core/analysis/questions/ask.ts";
import { expectText } from "../../support/expectText.ts";
import { parseFixture } from "../../support/fixture.ts";

const company = (more: { lock?: string; claim?: string; mappings?: string; live?: string } = {}) => `
#- /accessmap.yaml
version: 1
project: acme
directories: { corp: { type: entra, tenant: 7c1f4a2e-5d0b-4e37-9a52-0f6f3f1c9b10, claim: ${more.claim ?? "name"} } }
organizations: { prod: { site: datadoghq.eu, attribute: groups, push: { roles: saml, teams: saml } } }
#- /a.accessmap.yaml
mappings:
${more.mappings ?? "  - { group: sg-ops, roles: [Operator], teams: [ops] }\n  - { group: sg-ro, roles: [Viewer], until: 2026-01-31 }"}
#- lock
organizations: { prod: { adopted: ${more.lock ?? "true"} } }
#- live corp
groups: [{ name: sg-ops, members: [ana] }, { name: sg-ro, members: [ana, bob] }]
#- live prod
roles: [{ name: Operator, permissions: [monitors_write] }, { name: Viewer, permissions: [cases_read] }]
teams: [ops]
accounts: [{ login: ana, roles: [Viewer] }, { login: bob, roles: [Viewer] }]
mappings: [{ key: groups, group: ${more.live ?? "sg-ro"}, role: Viewer }]
switches: { roleMapping: true, teamSource: saml_only }
`;

const answerTo = (values: readonly string[], name = "groups") =>
  `<Response><Assertion><Subject><NameID>ana@acme.com</NameID></Subject><Attribute Name="${name}">${values.map((value) => `<AttributeValue>${value}</AttributeValue>`).join("")}</Attribute></Assertion></Response>`;

function reply(fixture: string, by: { readonly person: string } | { readonly assertion: string }) {
  const { snapshot } = parseFixture(fixture);
  const [organization] = snapshot.project?.content.organizations.values() ?? [];
  if (!organization) throw new Error("no organization");
  return ask(snapshot, organization, { kind: "login", ...by });
}

function checkLogin(
  fixture: string,
  by: { readonly person: string } | { readonly assertion: string },
  expected: string,
) {
  const answer = reply(fixture, by);
  expectText(`${("problem" in answer ? [answer.problem] : [answer.title, ...answer.lines]).join("\n")}\n`, expected);
}

test("a mapping that comes, and one that goes because it has ended", () =>
  checkLogin(
    company(),
    { assertion: answerTo(["sg-ops", "sg-ro"]) },
    `
Login of ana@acme.com to prod
The login would succeed
Mappings that match
  groups = sg-ro → "Viewer"
Roles afterwards: Viewer
Once the files are pushed
  The login would succeed
  Mappings that match
    groups = sg-ops → "Operator"
    groups = sg-ops → team "ops"
  Roles afterwards: Operator; taken away: Viewer
  Joins teams: ops
`,
  ));

test("who would be locked out by the push is told so", () =>
  checkLogin(
    company(),
    { assertion: answerTo(["sg-ro"]) },
    `
Login of ana@acme.com to prod
The login would succeed
Mappings that match
  groups = sg-ro → "Viewer"
Roles afterwards: Viewer
Once the files are pushed
  The login would fail
    no role mapping matches: all roles are taken away and the login is refused
`,
  ));

test("before adoption nothing goes", () =>
  checkLogin(
    company({ lock: "false" }),
    { assertion: answerTo(["sg-ro"]) },
    `
Login of ana@acme.com to prod
The login would succeed
Mappings that match
  groups = sg-ro → "Viewer"
Roles afterwards: Viewer
Once the files are pushed
  The same
`,
  ));

test("a person by name, and groups that come by their ids", () =>
  checkLogin(
    company({ claim: "id", live: "group-sg-ro", mappings: "  - { group: sg-ops, roles: [Operator] }" }),
    { person: "ana@acme.com" },
    `
Login of ana@acme.com to prod
Whether the login would succeed is not known
  no role mapping that is known matches; with role mapping on and none at all, the login is refused
Once the files are pushed
  The login would succeed
  Mappings that match
    groups = group-sg-ops → "Operator"
  Roles afterwards: Operator; taken away: Viewer
Not known, so there may be more
  groups that no mapping names are not read, and live mappings may match them
`,
  ));

test("what nearly matches the files is told with them", () =>
  checkLogin(
    company(),
    { assertion: answerTo(["SG-OPS"]) },
    `
Login of ana@acme.com to prod
The login would fail
  no role mapping matches: all roles are taken away and the login is refused
Once the files are pushed
  The same
  Nearly matching
    groups: the mapping says "sg-ops", the login "SG-OPS"; case counts
`,
  ));

test("a role or a group that could not be looked up keeps the answer open", () => {
  const unread = company({ mappings: "  - { group: sg-ops, roles: [Operator] }" }).replace(
    "roles: [{",
    "unread: [roles]\nroles: [{",
  );
  checkLogin(
    unread,
    { assertion: answerTo(["sg-ops"]) },
    `
Login of ana@acme.com to prod
The login would fail
  no role mapping matches: all roles are taken away and the login is refused
Once the files are pushed
  Whether the login would succeed is not known
    no role mapping that is known matches; with role mapping on and none at all, the login is refused
Not known, so there may be more
  role "Operator" is not known for sure
`,
  );
});

test("what could not be read leaves open whether there is a login at all", () => {
  const unread = company().replace("roles: [{", "unread: [accounts, mappings]\nroles: [{");
  checkLogin(
    unread,
    { assertion: answerTo(["sg-other"]) },
    `
Login of ana@acme.com to prod
Whether the login would succeed is not known
  whether an account has the handle ana@acme.com is not known
  no role mapping that is known matches; with role mapping on and none at all, the login is refused
Once the files are pushed
  The same
Not known, so there may be more
  AuthN mappings not known: mappings may not be read
`,
  );
  const answer = reply(unread, { assertion: answerTo(["sg-other"]) });
  expect(answer).toMatchObject({ data: { succeeds: null, failures: [] } });
});

describe("hostile answers", () => {
  const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, at) => `<!ENTITY lol${at} "${`&lol${at - 1};`.repeat(10)}">`).join("")}]><r>&lol8;</r>`;
  const utf16 = Buffer.from(answerTo(["sg-ops"]), "utf16le");
  test.each([
    ["entities that multiply", laughs, /document types and declarations are refused/],
    [
      "an entity from the network",
      '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd"><r/>',
      /document types and declarations/,
    ],
    ["a stylesheet", '<?xml-stylesheet href="http://127.0.0.1:1/x"?><r/>', /processing instructions are refused/],
    ["too much", `<r>${"x".repeat(1_500_000)}</r>`, /too long/],
    ["too much in base64", Buffer.from(`<r>${"x".repeat(1_400_000)}</r>`).toString("base64"), /no SAML answer/],
    ["another encoding", utf16.toString("utf8"), /not UTF-8/],
    ["another encoding in base64", utf16.toString("base64"), /not UTF-8/],
    ["bytes that are no text", Buffer.from([0x3c, 0xff, 0xfe, 0x3e]).toString("base64"), /not UTF-8/],
    ["nothing", "", /not UTF-8|no SAML answer/],
  ])("%s is refused with a reason", (_, assertion, problem) => {
    expect(reply(company(), { assertion })).toEqual({ problem: expect.stringMatching(problem) });
  });
});
