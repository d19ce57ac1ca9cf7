/** Severities by file and organization. */

import { test } from "vitest";
import { checkProblems } from "../support/checks.ts";

const fixture = (overrides: string, own: string, staging: string, entry = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, push: { roles: saml } }
${entry}  staging: { site: datadoghq.eu }
policy:
  rules: { hyg/duplicate: error }
  overrides: ${overrides}
#- /access/prod.accessmap.yaml
organization: prod
mappings:
  - { group: a, roles: [SRE] }
  - { group: a, roles: [SRE] }
${own}#- /access/staging.accessmap.yaml
organization: staging
mappings:
  - { group: a, roles: [SRE] }
  - { group: a, roles: [SRE] }
${staging}`;

const at = (severity: string) => `    #                   ^^^ ${severity} hyg/duplicate\n`;

test("without an override the rule's own setting holds", () => checkProblems(fixture("[]", at("error"), at("error"))));

test("by organization, by file, by pattern of rules; the first that fits counts", () => {
  checkProblems(
    fixture("[{ rules: [hyg/duplicate], organizations: [staging], severity: info }]", at("error"), at("info")),
  );
  checkProblems(fixture('[{ rules: ["hyg/*"], files: ["access/staging*"], severity: off }]', at("error"), ""));
  const two = '[{ rules: ["hyg/*"], files: ["*staging*"], severity: info }, { rules: ["*"], severity: warning }]';
  checkProblems(fixture(two, at("warning"), at("info")));
  checkProblems(fixture('[{ rules: ["priv/*"], severity: off }]', at("error"), at("error")));
});

test("a rule that is off may be on somewhere", () => {
  const off = fixture("[{ rules: [hyg/duplicate], organizations: [staging], severity: warning }]", "", at("warning"));
  checkProblems(off.replace("hyg/duplicate: error", "hyg/duplicate: off"));
});

test("a finding at an organization's entry is that organization's", () => {
  const live = "#- live prod\nswitches: { roleMapping: false }\n";
  const file = (organization: string, marker: string) =>
    fixture(
      `[{ rules: [plat/*], organizations: [${organization}], severity: info }]`,
      at("error"),
      at("error"),
      marker,
    ) + live;
  checkProblems(file("prod", "  #^^^ info plat/mappings-disabled\n"), {
    only: ["plat/mappings-disabled", "hyg/duplicate"],
  });
  checkProblems(file("staging", "  #^^^ warning plat/mappings-disabled\n"), {
    only: ["plat/mappings-disabled", "hyg/duplicate"],
  });
});

test("a locked rule keeps its severity", () => {
  const secret = "  - { group: b, reason: ddapp_0123456789abcdef0123456789abcdef01234567 }\n";
  const file = fixture('[{ rules: ["cred/*"], severity: off }]', secret, "");
  checkProblems(
    file.replace(
      secret,
      `${secret}    #                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error cred/secret-in-file [fix]\n`,
    ),
    {
      only: ["cred/secret-in-file"],
    },
  );
});
