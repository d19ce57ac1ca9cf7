/** Questions answered as people read them: the path, what is not yet so, what goes, and what is not known. */

import { expect, test } from "vitest";
import { ask } from "../../../server/src/core/analysis/questions/ask.ts";
import type { Question } from "../../../server/src/core/analysis/questions/question.ts";
import type { AssistantAccess } from "../../../server/src/core/model/project.ts";
import { expectText } from "../../support/expectText.ts";
import { parseFixture } from "../../support/fixture.ts";

const COMPANY = `
#- /a.accessmap.yaml
mappings:
  - { group: dd-ops, roles: [Operator], teams: [ops] }
  - { group: dd-ro, roles: [Viewer] }
#- lock
organizations: { prod: { adopted: true, roles: [Operator, Viewer] } }
#- live okta
groups:
  - { name: dd-ops, members: [ana, bob] }
  - { name: dd-ro, members: [bob, cyd], incomplete: a page is missing }
#- live datadog
roles:
  - { name: Operator, permissions: [logs_modify_indexes, monitors_downtime] }
  - { name: Viewer, permissions: [cases_read] }
  - { name: Legacy, permissions: [logs_modify_indexes] }
teams: [ops]
accounts:
  - { login: ana, roles: [Operator], lastLogin: 2026-11-01 }
  - { login: bob, roles: [] }
  - { login: cyd, roles: [Legacy] }
  - { login: dee, roles: [Operator, Datadog Read Only Role] }
  - { login: eve, status: disabled }
mappings: [{ group: dd-ops, role: Operator }, { group: dd-ro, role: Viewer }, { group: dd-ops, team: ops }]
switches: { roleMapping: true, teamSource: saml_only }
`;

function checkAnswer(question: Question, expected: string, people: AssistantAccess = "names", fixture = COMPANY): void {
  const { snapshot } = parseFixture(fixture);
  const [organization] = snapshot.project?.content.organizations.values() ?? [];
  if (!organization) throw new Error("no organization");
  const reply = ask(snapshot, organization, question, people);
  expectText(`${("problem" in reply ? [reply.problem] : [reply.title, ...reply.lines]).join("\n")}\n`, expected);
}

test("who can: by path, with what is not yet so and what the next push takes back", () =>
  checkAnswer(
    { kind: "who-can", permission: "logs_write_exclusion_filters" },
    `
Who can logs_write_exclusion_filters in prod
high: Edits exclusion filters of indexes.
3 people
  "dd-ops" → "Operator" (part of logs_modify_indexes)  a.accessmap.yaml:2
    ana@acme.com
    bob@acme.com  (not yet: after the next push)
  "Legacy" (part of logs_modify_indexes), held outside the files
    cyd@acme.com
Until the next push takes it back
  dee@acme.com through "Operator"
`,
  ));

test("service accounts are counted apart from people", () => {
  const fixture = COMPANY.replace("accounts:\n", "accounts:\n  - { login: bot, service: true, roles: [Legacy] }\n");
  const question = { kind: "who-can", permission: "logs_write_exclusion_filters" } as const;
  checkAnswer(
    question,
    `
Who can logs_write_exclusion_filters in prod
high: Edits exclusion filters of indexes.
3 people and 1 service account
  "dd-ops" → "Operator" (part of logs_modify_indexes)  a.accessmap.yaml:2
    2 people
  "Legacy" (part of logs_modify_indexes), held outside the files
    1 person and 1 service account
Until the next push takes it back
  1 person
`,
    "counts",
    fixture,
  );
});

test("to an assistant that may count people only, nobody is named", () => {
  checkAnswer(
    { kind: "who-can", permission: "monitors_downtime" },
    `
Who can monitors_downtime in prod
medium: Sets downtimes and mutes any monitor; needs monitors_write to be useful.
2 people
  "dd-ops" → "Operator"  a.accessmap.yaml:2
    2 people
Until the next push takes it back
  1 person
`,
    "counts",
  );
  checkAnswer(
    { kind: "what-if", change: { what: "gains", group: "dd-ro", role: "Legacy" } },
    `
If "dd-ro" got "Legacy"
Nobody who is known gains or loses a permission
  "dd-ro" as a group
    gains high: "dd-ro" → "Legacy"  logs_modify_indexes
    gains high: "dd-ro" → "Legacy" (part of logs_modify_indexes)  logs_write_exclusion_filters
    gains 1 that everybody or the Datadog Read Only Role has
Not known, so there may be more
  members of "dd-ro" not known completely: a page is missing
`,
    "counts",
  );
  const { snapshot } = parseFixture(COMPANY);
  const [organization] = snapshot.project?.content.organizations.values() ?? [];
  const questions: readonly Question[] = [
    { kind: "who-can", permission: "cases_read" },
    { kind: "what-if", change: { what: "loses", group: "dd-ops", role: "Operator" } },
  ];
  for (const question of questions)
    expect(JSON.stringify(organization && ask(snapshot, organization, question, "counts"))).not.toMatch(/@acme\.com/);
});

test("a name that does not exist is answered with near ones", () => {
  checkAnswer(
    { kind: "who-can", permission: "cases_red" },
    `
prod has no permission "cases_red"; did you mean "cases_read"?
`,
  );
  checkAnswer(
    { kind: "explain", person: "ana@acme.co" },
    `
Nobody known of prod is called "ana@acme.co"; did you mean "ana@acme.com"? Not certain: members of "dd-ro" not known completely: a page is missing
`,
  );
});

test("a person explained", () =>
  checkAnswer(
    { kind: "explain", person: "bob@acme.com" },
    `
bob@acme.com in prod
Account  active
Groups   dd-ops (Operator and team ops), dd-ro (Viewer)
Effective permissions, before resource restrictions
  high (2)
    logs_modify_indexes                      "dd-ops" → "Operator"  a.accessmap.yaml:2
    logs_write_exclusion_filters             "dd-ops" → "Operator" (part of logs_modify_indexes)  a.accessmap.yaml:2
  medium (1)
    monitors_downtime                        "dd-ops" → "Operator"  a.accessmap.yaml:2  (without effect, lacks monitors_write)
  and 2 that everybody or the Datadog Read Only Role has
`,
  ));

test("a person with access outside the files, and one whose access goes", () => {
  checkAnswer(
    { kind: "explain", person: "cyd@acme.com" },
    `
cyd@acme.com in prod
Account  active
Groups   dd-ro (Viewer)
Besides  Legacy, held outside the files
Effective permissions, before resource restrictions
  high (2)
    logs_modify_indexes                      "Legacy", held outside the files
    logs_write_exclusion_filters             "Legacy" (part of logs_modify_indexes), held outside the files
  and 2 that everybody or the Datadog Read Only Role has
`,
  );
  checkAnswer(
    { kind: "explain", person: "dee@acme.com" },
    `
dee@acme.com in prod
Account  active
Groups   no mapped one
Besides  Datadog Read Only Role, held outside the files
Until the next push  Operator
Effective permissions, before resource restrictions
  only 59 that everybody or the Datadog Read Only Role has
Not known, so there may be more
  members of "dd-ro" not known completely: a page is missing
`,
  );
});

test("joining, leaving, and being in a group already", () => {
  checkAnswer(
    { kind: "what-if", change: { what: "joins", person: "cyd@acme.com", group: "dd-ops" } },
    `
If cyd@acme.com joined "dd-ops"
cyd@acme.com is in 1 mapped group today
1 person would gain or lose permissions
  cyd@acme.com
    gains medium: "dd-ops" → "Operator"  monitors_downtime
`,
  );
  checkAnswer(
    { kind: "what-if", change: { what: "leaves", person: "bob@acme.com", group: "dd-ops" } },
    `
If bob@acme.com left "dd-ops"
bob@acme.com is in 2 mapped groups today
1 person would gain or lose permissions
  bob@acme.com
    loses high: "dd-ops" → "Operator"  logs_modify_indexes
    loses high: "dd-ops" → "Operator" (part of logs_modify_indexes)  logs_write_exclusion_filters
    loses medium: "dd-ops" → "Operator"  monitors_downtime
    loses 1 that everybody or the Datadog Read Only Role has
`,
  );
  checkAnswer(
    { kind: "what-if", change: { what: "joins", person: "bob@acme.com", group: "dd-ops" } },
    `
bob@acme.com is a member of "dd-ops" already
`,
  );
  checkAnswer(
    { kind: "what-if", change: { what: "joins", person: "new@acme.com", group: "dd-ro" } },
    `
If new@acme.com joined "dd-ro"
new@acme.com is not known: taken for somebody new, which is not certain: members of "dd-ro" not known completely: a page is missing
1 person would gain or lose permissions
  new@acme.com
    gains 1 that everybody or the Datadog Read Only Role has
`,
  );
  checkAnswer(
    { kind: "what-if", change: { what: "leaves", person: "ana@acme.com", group: "dd-ro" } },
    `
ana@acme.com is not known to be a member of "dd-ro": members of "dd-ro" not known completely: a page is missing
`,
  );
});

const ASSERTION = `<?xml version="1.0"?>
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
  <saml:Assertion>
    <saml:Subject><saml:NameID>ana@acme.com</saml:NameID></saml:Subject>
    <saml:AttributeStatement>
      <saml:Attribute Name="memberOf"><!-- groups --><saml:AttributeValue>dd-ops</saml:AttributeValue><saml:AttributeValue>DD-RO</saml:AttributeValue></saml:Attribute>
    </saml:AttributeStatement>
  </saml:Assertion>
</samlp:Response>`;

test("a login from an assertion: what matches, what results, what nearly matched", () =>
  checkAnswer(
    { kind: "login", assertion: ASSERTION },
    `
Login of ana@acme.com to prod
The login would succeed
Mappings that match
  memberOf = dd-ops → "Operator"
  memberOf = dd-ops → team "ops"
Roles afterwards: Operator
Joins teams: ops
Roles that SCIM sets for a person go before those of the mappings
Nearly matching
  memberOf: the mapping says "dd-ro", the login "DD-RO"; case counts
Once the files are pushed
  The same mappings
  Through SCIM the files give: Operator
`,
  ));

test("an answer may come as browsers post it", () => {
  const posted = `SAMLResponse=${encodeURIComponent(Buffer.from(ASSERTION.replace("ana@", "änne@")).toString("base64"))}&RelayState=x`;
  const { snapshot } = parseFixture(COMPANY);
  const [organization] = snapshot.project?.content.organizations.values() ?? [];
  const reply = organization && ask(snapshot, organization, { kind: "login", assertion: posted });
  expect(reply).toMatchObject({ title: "Login of änne@acme.com to prod" });
});

test("a login that no role mapping matches is refused, and says under which attribute the group came", () =>
  checkAnswer(
    { kind: "login", assertion: ASSERTION.replace("memberOf", "groups").replace("ana@", "eve@") },
    `
Login of eve@acme.com to prod
The login would fail
  the account is disabled
  no role mapping matches: all roles are taken away and the login is refused
Nearly matching
  "dd-ops" comes in attribute "groups", the mapping reads "memberOf"
Once the files are pushed
  The same mappings
  Through SCIM nothing is given to eve@acme.com, who is in no mapped group that is known
`,
  ));

test("an identity provider that refused, an answer without groups, and what is no answer at all", () => {
  checkAnswer(
    { kind: "login", assertion: ASSERTION.replace("status:Success", "status:Responder") },
    `
Login of ana@acme.com to prod
The login would fail
  the identity provider refused: urn:oasis:names:tc:SAML:2.0:status:Responder
Mappings that match
  memberOf = dd-ops → "Operator"
  memberOf = dd-ops → team "ops"
Nearly matching
  memberOf: the mapping says "dd-ro", the login "DD-RO"; case counts
Once the files are pushed
  The same mappings
  Through SCIM the files give: Operator
`,
  );
  checkAnswer(
    { kind: "login", assertion: ASSERTION.replace("memberOf", "http://schemas.microsoft.com/claims/groups.link") },
    `
Login of ana@acme.com to prod
The login would fail
  the identity provider left the groups out because there are too many (groups.link)
  no role mapping matches: all roles are taken away and the login is refused
Nearly matching
  "dd-ops" comes in attribute "http://schemas.microsoft.com/claims/groups.link", the mapping reads "memberOf"
Once the files are pushed
  The same mappings
  Through SCIM the files give: Operator
`,
  );
  checkAnswer(
    { kind: "login", assertion: '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>' },
    `
This is no SAML answer that can be read: document types and declarations are refused (line 1)
`,
  );
});

test("a login by name rests on the mapped groups that are known", () =>
  checkAnswer(
    { kind: "login", person: "bob@acme.com" },
    `
Login of bob@acme.com to prod
The login would succeed
Mappings that match
  memberOf = dd-ops → "Operator"
  memberOf = dd-ro → "Viewer"
  memberOf = dd-ops → team "ops"
Roles afterwards: Operator, Viewer
Joins teams: ops
Roles that SCIM sets for a person go before those of the mappings
Once the files are pushed
  The same mappings
  Through SCIM the files give: Operator, Viewer
Not known, so there may be more
  members of "dd-ro" not known completely: a page is missing
  groups that no mapping names are not read, and live mappings may match them
`,
  ));

test("before the organization was read there is no answer", () =>
  checkAnswer(
    { kind: "explain", person: "ana@acme.com" },
    `
prod has not been read yet, so nothing is known of its roles and people
`,
    "names",
    "#- /a.accessmap.yaml\nmappings: []\n",
  ));

test("a group: who is in it, and what they can do through what", () => {
  checkAnswer(
    { kind: "group", group: "dd-ops" },
    `
dd-ops in prod
2 people
Teams  ops
Effective permissions, before resource restrictions
  high (2)
    logs_modify_indexes                      "dd-ops" → "Operator"  a.accessmap.yaml:2
    logs_write_exclusion_filters             "dd-ops" → "Operator" (part of logs_modify_indexes)  a.accessmap.yaml:2
  medium (1)
    monitors_downtime                        "dd-ops" → "Operator"  a.accessmap.yaml:2
  and 1 that everybody or the Datadog Read Only Role has
People
  ana@acme.com
  bob@acme.com
`,
  );
  checkAnswer(
    { kind: "group", group: "prod\nokta\nid group-dd-ro" },
    `
dd-ro in prod
at least 2 people
Effective permissions, before resource restrictions
  only 1 that everybody or the Datadog Read Only Role has
Not known, so there may be more
  members of "dd-ro" not known completely: a page is missing
`,
    "counts",
  );
  checkAnswer(
    { kind: "group", group: "dd-opps" },
    'No mapping in force of prod names the group "dd-opps"; did you mean "dd-ops"?',
  );
});

const SHARED = `
#- /a.accessmap.yaml
mappings: [{ group: dd-ops, roles: [] }]
#- live okta
groups: [{ name: dd-ops, members: [] }]
#- live datadog
accounts:
  - { login: ana, email: team@acme.com }
  - { login: bob, email: team@acme.com }
  - { login: s1, service: true, name: robot }
  - { login: s2, service: true, name: robot }
`;

test.each([
  ["team@acme.com", "ana@acme.com, bob@acme.com"],
  ["robot", "account-s1, account-s2"],
])("several are meant by %s", (person, which) =>
  checkAnswer(
    { kind: "explain", person },
    `2 people or accounts are meant by ${person}: ${which}; name one of them`,
    "names",
    SHARED,
  ),
);

test("an account's id is enough where a name is shared", () =>
  checkAnswer(
    { kind: "explain", person: "account-s1" },
    `
robot in prod
Account  service account
Groups   no mapped one
Effective permissions, before resource restrictions
  none
`,
    "names",
    SHARED,
  ));
