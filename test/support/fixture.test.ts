/** The fixture language itself: what tests state must be what the product is given. */

import { expect, test } from "vitest";
import { checkProblems } from "./checks.ts";
import { parseFixture } from "./fixture.ts";

test("files, markers, cursor, clock and live systems are read", () => {
  const { snapshot, files, cursor, markers } = parseFixture(`
#- /access/a.accessmap.yaml
mappings:
  - group: dd$0-sre
    #      ^^^^^^ error some/rule: words
    roles: [SRE]
#- now 2027-01-31
#- lock
organizations: { prod: { adopted: true, roles: [SRE] } }
groups: { okta: { dd-sre: group-dd-sre } }
#- live okta at 2027-01-31T09:00Z
groups: [other, { name: dd-sre, members: [ana, { login: bob@acme.com, state: deactivated }] }, { name: all, members: 3 }]
#- live datadog incomplete page 2 is missing
roles: [{ name: SRE, permissions: [logs_read_data], users: 3 }, SRE]
`);
  const text = files.get("access/a.accessmap.yaml") ?? "";
  expect(text).toBe("mappings:\n  - group: dd-sre\n    roles: [SRE]\n");
  expect(markers.map(({ span }) => text.slice(span.start, span.end))).toEqual(["dd-sre"]);
  expect(cursor).toEqual({ file: "access/a.accessmap.yaml", offset: text.indexOf("dd-sre") + 2 });
  expect(snapshot.now).toBe("2027-01-31T12:00:00.000Z");
  expect(snapshot.lock.organizations.get("prod")?.roles.get("SRE")).toEqual({ id: "role-sre" });
  const okta = snapshot.directories.get("okta");
  expect([...(okta?.members.keys() ?? [])]).toEqual(["group-dd-sre", "group-all"]);
  const roles = snapshot.targets.get("prod")?.roles;
  expect(roles?.state === "known" && [...roles.items.keys()]).toEqual([
    "role-datadog-read-only-role",
    "role-datadog-standard-role",
    "role-datadog-admin-role",
    "role-sre",
    "role-sre-2",
  ]);
  expect(roles?.state === "known" && roles.complete).toBe(false);
});

test("a fixture without markers asserts silence", () => {
  expect(() => checkProblems("#- /a.accessmap.yaml\nnonsense: 1\n")).toThrow(/schema\/unknown-key/);
});

test("a marker without a finding fails", () => {
  expect(() => checkProblems("#- /a.accessmap.yaml\nowner: me\n#^^^^ error schema/unknown-key\n")).toThrow(
    /expected, not found/,
  );
});
