/** AuthN mappings that no file explains. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";

const fixture = (marker: string, live: string, push = "saml", mappings = "") => `
#- /accessmap.yaml
version: 1
project: acme
directories: { okta: { type: okta, domain: acme.okta.com } }
organizations:
  prod: { site: datadoghq.eu, push: { roles: ${push} } }
${marker}#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE]
${mappings}#- live okta
groups: [{ name: dd-sre, id: g1 }]
#- live datadog
roles: [SRE, Ops]
teams: [sre]
${live}
`;

const LIVE = "mappings: [{ group: dd-sre, role: SRE }, { group: g1, role: SRE }, { group: dd-old, role: Ops }]";

const only = ["hyg/live-not-in-file"];

const MARKER =
  '  #^^^ warning hyg/live-not-in-file: "prod" has an AuthN mapping that no file explains: dd-old → Ops; write it into a mapping file, or delete it in Datadog\n';

test("a surplus one is named; a group may be meant by name or id", () =>
  checkProblems(fixture(MARKER, LIVE), { only }));

test("they matter wherever role mapping is on", () => {
  checkProblems(fixture(MARKER, `${LIVE}\nswitches: { roleMapping: true }`, "scim"), { only });
  checkProblems(fixture("", LIVE, "scim"), { only });
});

test("the files speak of one attribute, where the project says which", () => {
  const live = "mappings: [{ key: groups, group: dd-sre, role: SRE }, { key: Groups, group: dd-sre, role: SRE }]";
  const ours = (text: string) => text.replace("datadoghq.eu, push", "datadoghq.eu, attribute: groups, push");
  checkProblems(ours(fixture(MARKER.replace("dd-old → Ops", "Groups=dd-sre → SRE"), live)), { only });
  checkProblems(fixture("", live), { only });
});

test("an ended mapping explains its own", () => {
  const ended = "  - group: dd-old\n    roles: [Ops]\n    until: 2020-01-01\n";
  checkProblems(fixture("", LIVE, "saml", ended), { only });
});

test("what may be the id of a group that was not read", () => {
  const unread = (text: string) =>
    text.replace("groups: [{ name: dd-sre, id: g1 }]", "").replace("live okta", "live okta unreachable timeout");
  checkProblems(unread(fixture(MARKER, LIVE)), { only });
  checkProblems(unread(fixture("", "mappings: [{ group: g1, role: SRE }]")), { only });
});

test("unread mappings, and names that may stand for one", () => {
  checkProblems(fixture("", `${LIVE}\nunread: [mappings]`), { only });
  checkProblems(fixture("", `${LIVE}\nincomplete: [roles]`), { only });
  checkProblems(fixture("", LIVE, "saml", "  - group: { id: g7 }\n"), { only });
});
