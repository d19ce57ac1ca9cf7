/** Findings explained: what they rest on with its age, and how to check them by hand. */

import { test } from "vitest";
import { Checker } from "../../server/src/core/analysis/checking/checker.ts";
import { explainFinding } from "../../server/src/core/features/why.ts";
import { RULES } from "../../server/src/core/rules/index.ts";
import { expectText } from "../support/expectText.ts";
import { parseFixture } from "../support/fixture.ts";

function checkWhy(fixture: string, rule: string, expected: string): void {
  const { snapshot, files } = parseFixture(fixture);
  const checker = new Checker(RULES.filter(({ id }) => id === rule));
  checker.update(snapshot);
  checker.settle();
  const [finding] = [...files.keys()].flatMap((file) => checker.findings(file)).filter((found) => found.rule === rule);
  if (!finding) throw new Error(`no finding of ${rule}`);
  const { title, lines } = explainFinding(snapshot, finding);
  expectText([title, ...lines].join("\n"), expected);
}

test("a group that is not there: the listing was whole, and this asks for the same", () =>
  checkWhy(
    `
#- /access/a.accessmap.yaml
mappings:
  - group: dd-paymets
    roles: [SRE]
#- live okta at 2026-11-23T11:50:00Z
groups: [{ name: dd-payments, members: [ana] }]
#- live datadog
roles: [SRE]
`,
    "ref/unknown-group",
    `
Why unknown-group, a.accessmap.yaml:2
"okta" has no group "dd-paymets", so nobody gets anything here; did you mean "dd-payments"?
  access/a.accessmap.yaml:2
  error of rule ref/unknown-group

It rests on
  live data, the oldest read 11:50 UTC, 10 minutes ago
  okta: 1 group read 11:50 UTC, 10 minutes ago, whole

What is known of the names
  group "dd-paymets" is not in okta

Check it by hand
  group dd-paymets
    GET https://acme.okta.com/api/v1/groups?q=dd-paymets
    accessmap show dd-paymets

What can be done
  Change to "dd-payments"
  Remove this mapping
  The rule's manual page: accessmap rule ref/unknown-group
`,
  ));

test("a role that is too much: where to see it in Datadog", () =>
  checkWhy(
    `
#- /access/a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [Quiet, SRE]
#- live okta incomplete a page is missing
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog at 2026-11-20T12:00:00Z
roles: [{ name: SRE, permissions: [logs_delete_data, user_access_manage] }, Quiet]
`,
    "priv/admin-equivalent-role",
    `
Why admin-equivalent-role, a.accessmap.yaml:3
"dd-sre" gets "SRE", which is as good as Datadog Admin: user_access_manage leads to every other permission. Move it to a role for administrators
  access/a.accessmap.yaml:3
  error of rule priv/admin-equivalent-role

It rests on
  live data, the oldest read 2026-11-20 12:00 UTC, 3 days ago
  okta: 1 group read 12:00 UTC, just now, not whole: a page is missing
  prod: 5 roles read 2026-11-20 12:00 UTC, 3 days ago, whole; 0 accounts read 2026-11-20 12:00 UTC, 3 days ago, whole

What is known of the names
  group "dd-sre" has id group-dd-sre, 1 person
  role "SRE" has id role-sre, 2 permissions

Check it by hand
  group dd-sre
    https://acme-admin.okta.com/admin/group/group-dd-sre
    GET https://acme.okta.com/api/v1/groups?q=dd-sre
    accessmap show dd-sre
  role SRE
    https://app.datadoghq.eu/organization-settings/roles?role_id=role-sre
    GET https://api.datadoghq.eu/api/v2/roles?filter=SRE

What can be done
  Remove this role
  The rule's manual page: accessmap rule priv/admin-equivalent-role
`,
  ));

test("what the files alone say needs no system", () =>
  checkWhy(
    `
#- /a.accessmap.yaml
mappings:
  - { group: dd-sre, roles: [SRE], until: 2026-01-31 }
`,
    "exp/expired",
    `
Why expired, a.accessmap.yaml:2
What "dd-sre" gets here ended on 2026-01-31: the mapping gives nothing any more; remove it, or extend it with a reason
  a.accessmap.yaml:2
  error of rule exp/expired

It rests on
  the files alone

What can be done
  Remove this mapping
  The rule's manual page: accessmap rule exp/expired
`,
  ));
