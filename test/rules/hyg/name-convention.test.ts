/** Names against the patterns of the policy. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const project = (names: string) => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations: { prod: { site: datadoghq.eu } }
${names}`;

const NAMES = 'policy: { names: { groups: ["dd-*", "app-*"], roles: ["* Role"], teams: ["team-*"] } }\n';

const ONE_OF_EACH = `#- /a.accessmap.yaml
bundles:
  b: { roles: [Viewer] }
  #            ^^^^^^ info hyg/name-convention: The role "Viewer" does not match "* Role", as policy.names asks
mappings:
  - group: ops
    #      ^^^ info hyg/name-convention: The group "ops" does not match "dd-*" or "app-*", as policy.names asks
    bundles: [b]
    roles: [SRE]
    #       ^^^ info hyg/name-convention
    teams: [team-a, sre]
    #               ^^^ info hyg/name-convention: The team "sre" does not match "team-*", as policy.names asks
`;

test("each kind has its own patterns", () => checkProblems(project(NAMES) + ONE_OF_EACH));

test("names that match, ids, and Datadog's own roles", () =>
  checkProblems(`${project(NAMES)}#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE Role, Datadog Standard Role, { name: SRE, id: r1 }]
  - group: { id: g1 }
`));

test("without patterns any name will do, live data or not", () =>
  checkProblems(`${project("")}#- /a.accessmap.yaml\nmappings:\n  - group: ops\n    roles: [SRE]\n    teams: [sre]\n`));
