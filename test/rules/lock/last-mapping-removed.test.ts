/** Groups that the files have dropped. */

import { test } from "vitest";
import { checkProblems } from "../../support/checks.ts";
import { organization } from "./support.ts";

const only = ["lock/last-mapping-removed"];
const parts = {
  marker:
    'warning lock/last-mapping-removed: No mapping names "dd-gone" of "okta" any more, and there are people in it; when that is meant, run `accessmap lock`',
  mappings: "  - { group: dd-sre, roles: [] }\n",
  lock: "groups: { okta: { dd-sre: group-dd-sre, dd-gone: { id: g9, people: 3 } } }\n",
  okta: "groups: [{ name: dd-sre }, { name: dd-gone, id: g9 }]",
  datadog: "",
};

test("the lock knows it, and there are people in it", () => {
  checkProblems(organization(parts), { only });
  const counted = {
    ...parts,
    lock: parts.lock.replace(", people: 3", ""),
    okta: parts.okta.replace("id: g9", "id: g9, count: 2"),
  };
  checkProblems(organization(counted), { only });
});

test("empty, gone, or mapped under its new name", () => {
  const near = { ...parts, marker: "" };
  checkProblems(organization({ ...near, lock: parts.lock.replace("people: 3", "people: 0") }), { only });
  checkProblems(organization({ ...near, okta: "groups: [dd-sre]" }), { only });
  const renamed = {
    mappings: "  - { group: dd-sre, roles: [] }\n  - { group: dd-new, roles: [] }\n",
    okta: parts.okta.replace("dd-gone", "dd-new"),
  };
  checkProblems(organization({ ...near, ...renamed }), { only });
});

test("a mapped name that is not known may be it, and so may be a group nobody could read", () => {
  checkProblems(organization({ ...parts, marker: "", mappings: `${parts.mappings}  - { group: what, roles: [] }\n` }), {
    only,
  });
  checkProblems(organization({ ...parts, marker: "" }).replace("#- live okta", "#- live okta denied"), { only });
});
