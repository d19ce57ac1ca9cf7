/** What the lock records, and what a review records anew. */

import { expect, test } from "vitest";
import { changesSinceReview, pinsOf } from "../../server/src/core/analysis/pins.ts";
import { readLock, renderLock } from "../../server/src/core/syntax/readLock.ts";
import { parseFixture } from "../support/fixture.ts";

const FIXTURE = `
#- /a.accessmap.yaml
mappings:
  - group: dd-sre
    roles: [SRE, New, Vague, Gone]
    teams: [sre, coming]
  - { group: dd-new-name, roles: [SRE] }
  - { group: dd-remade, roles: [Remade] }
#- lock
organizations:
  prod:
    adopted: true
    reviewed: 2026-01-31
    roles:
      SRE: { id: role-sre, permissions: [apm_read, monitors_write] }
      Remade: { id: role-0, permissions: [apm_read] }
      Gone: { id: role-moved }
      Kept: { id: role-kept }
    teams: { sre: team-0 }
groups: { okta: { dd-sre: { id: group-dd-sre, people: 4 }, dd-old-name: { id: group-dd-new-name }, dd-remade: g0 } }
#- live okta
groups: [{ name: dd-sre, members: 9 }, { name: dd-new-name, count: 3 }, dd-remade]
#- live datadog
roles: [{ name: SRE, permissions: [monitors_write, logs_delete_data] }, { name: New, permissions: [apm_read] }, { name: Vague, unresolved: 2 }, Remade, { name: Moved, id: role-moved }]
teams: [sre]
`;

const { snapshot } = parseFixture(FIXTURE);

test("a lock takes up what is new and leaves alone what was reviewed", () => {
  const lock = pinsOf(snapshot, {});
  const prod = lock.organizations.get("prod");
  expect(prod?.adopted).toBe(true);
  expect(prod?.reviewed).toBe("2026-01-31");
  expect(Object.fromEntries(prod?.roles ?? [])).toEqual({
    SRE: { id: "role-sre", permissions: ["apm_read", "monitors_write"] },
    New: { id: "role-new", permissions: ["apm_read"] },
    Vague: { id: "role-vague" },
    Remade: { id: "role-0", permissions: ["apm_read"] },
    Gone: { id: "role-moved" },
    Kept: { id: "role-kept" },
  });
  expect(Object.fromEntries(prod?.teams ?? [])).toEqual({ sre: { id: "team-0" }, coming: { id: "" } });
  expect(Object.fromEntries(lock.groups.get("okta") ?? [])).toEqual({
    "dd-sre": { id: "group-dd-sre", people: 4 },
    "dd-new-name": { id: "group-dd-new-name" },
    "dd-remade": { id: "g0" },
  });
});

test("a review records the day, the contents and the sizes of now, and then nothing has changed", () => {
  const lock = pinsOf(snapshot, { isReview: true });
  expect(lock.organizations.get("prod")?.reviewed).toBe("2026-11-23");
  expect(lock.organizations.get("prod")?.roles.get("SRE")?.permissions).toEqual(["logs_delete_data", "monitors_write"]);
  expect(lock.groups.get("okta")?.get("dd-sre")?.people).toBe(9);
  expect([
    lock.organizations.get("prod")?.roles.get("Remade"),
    lock.organizations.get("prod")?.teams.get("sre"),
  ]).toEqual([{ id: "role-remade", permissions: [] }, { id: "team-sre" }]);
  expect(changesSinceReview({ ...snapshot, lock })).toEqual(["role Gone in prod is called Moved now"]);
});

test("all that changed is told", () =>
  expect(changesSinceReview(snapshot)).toEqual([
    "group dd-old-name in okta is called dd-new-name now",
    "group dd-remade in okta is another one of the same name",
    "group dd-sre in okta grew from 4 to 9 people",
    "role Gone in prod is called Moved now",
    "role Remade in prod is another one of the same name: lost apm_read",
    "role SRE in prod gained logs_delete_data (critical), lost apm_read",
    "team sre in prod is another one of the same name",
  ]));

test("a role whose id the file writes is meant, whatever the lock knew by its name", () => {
  const { snapshot: byId } = parseFixture(
    FIXTURE.replace("roles: [Remade]", "roles: [{ name: Remade, id: role-remade }]"),
  );
  expect(pinsOf(byId, {}).organizations.get("prod")?.roles.get("Remade")).toEqual({
    id: "role-remade",
    permissions: [],
  });
});

test("it reads back as it was written, and what is broken in it is left out", () => {
  const lock = pinsOf(snapshot, { isReview: true });
  const text = renderLock(lock);
  expect(renderLock(readLock("accessmap.lock", text).lock)).toBe(text);
  const odd = {
    version: 1,
    organizations: { prod: { reviewed: "soon", roles: { A: { id: "1", permissions: "all" } } } },
  };
  const read = readLock("accessmap.lock", JSON.stringify(odd)).lock.organizations.get("prod");
  expect(read).toEqual({ adopted: false, roles: new Map([["A", { id: "1" }]]), teams: new Map() });
});

test("the first record of an organization is its first review", () =>
  expect(
    pinsOf({ ...snapshot, lock: { organizations: new Map(), groups: new Map() } }, {}).organizations.get("prod")
      ?.reviewed,
  ).toBe("2026-11-23"));
