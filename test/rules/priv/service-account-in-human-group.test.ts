/** People and programs in one group. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const file = (marker = "", role = "Logs") => `
#- /a.accessmap.yaml
mappings:
  - group: dd-ops
${marker}    roles: [${role}]
`;

const live = (members: string) => `
#- live okta
groups: [{ name: dd-ops, members: [${members}] }]
#- live datadog
roles: [{ name: Logs, permissions: [logs_write_archives] }, { name: Viewer, permissions: [dashboards_read] }]
`;

const only = { only: ["priv/service-account-in-human-group"] };

test("a program among people, and a person among programs", () => {
  checkProblems(
    file(
      `    #      ^^^^^^ warning priv/service-account-in-human-group: deploy-bot@acme.com looks like a service account among 2 people in "dd-ops", which gets "Logs"; give people and programs groups of their own\n`,
    ) + live("ana, ben, deploy-bot"),
    only,
  );
  checkProblems(
    file(
      `    #      ^^^^^^ warning priv/service-account-in-human-group: ana@acme.com is a person among 2 service accounts in "dd-ops", which gets "Logs"; give people and programs groups of their own\n`,
    ) + live("ana, svc.backup, sync@acme-prod.iam.gserviceaccount.com"),
    only,
  );
});

test("names of people, groups of one kind, and roles that give little", () => {
  checkProblems(file() + live("ana.botha, roberta.srvic, ci.wang"), only);
  checkProblems(file() + live("svc.backup, deploy-bot"), only);
  checkProblems(file("", "Viewer") + live("ana, deploy-bot"), only);
});

test("members that were not read", () =>
  checkProblems(file() + live("ana, deploy-bot").replace("members: [ana, deploy-bot]", "count: 2"), only));
