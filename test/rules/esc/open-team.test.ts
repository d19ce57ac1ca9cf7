/** Teams that anybody may join. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const file = (push: string, marker = "", until = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu, push: { teams: ${push} } } }
#- /a.accessmap.yaml
mappings:
  - group: dd-web
    teams: [web]
${marker}${until}`;

const live = (fields: string) => `
#- live datadog
teams: [{ handle: web${fields} }]
`;

const only = { only: ["esc/open-team"] };

test("a mapping does not decide who is in", () =>
  checkProblems(
    file(
      "saml",
      `    #       ^^^ warning esc/open-team: Anybody in "prod" may join the team "web", whatever is mapped to it; let only its administrators manage members\n`,
    ) + live(", open: true"),
    only,
  ));

test("SCIM manages it, now or after the next push; nobody joins by themselves; the mapping has ended", () => {
  checkProblems(file("saml") + live(", open: true, managed: true"), only);
  checkProblems(file("scim") + live(", open: true"), only);
  checkProblems(file("saml") + live(", open: false"), only);
  checkProblems(file("saml", "", "    until: 2026-01-01\n") + live(", open: true"), only);
});

test("who may join is not known", () => checkProblems(file("saml") + live(""), only));
