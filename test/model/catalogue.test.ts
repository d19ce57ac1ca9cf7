/** The permission catalogue and how a live list is laid over it. */

import { describe, expect, test } from "vitest";
import {
  CATALOGUE,
  describePermission,
  type LivePermission,
  mergePermission,
  RECORDED_BASELINE,
} from "../../server/src/core/model/catalogue.ts";
import { SENSITIVITIES } from "../../server/src/core/model/target.ts";

function live(name: string, more: Partial<LivePermission> = {}): LivePermission {
  return { name, displayName: name, group: "Other", type: "write", restricted: false, aliases: [], ...more };
}

describe("the catalogue", () => {
  test("has a judgement and words for every permission, and refers to none it lacks", () => {
    expect(CATALOGUE.size).toBeGreaterThan(400);
    for (const permission of CATALOGUE.values()) {
      expect(SENSITIVITIES, permission.name).toContain(permission.sensitivity);
      expect(["read", "write", "other"], permission.name).toContain(permission.type);
      expect(permission.summary, permission.name).toBeTruthy();
      for (const name of [...permission.requires, ...permission.implies])
        expect(CATALOGUE.has(name), `${permission.name} names ${name}`).toBe(true);
    }
  });

  test("the permissions that lead to everything else are critical", () => {
    for (const name of ["user_access_manage", "org_management", "service_account_write", "admin"])
      expect(CATALOGUE.get(name)?.sensitivity).toBe("critical");
  });

  test("the recorded baseline holds what everybody has, and nothing critical", () => {
    expect(RECORDED_BASELINE.has("dashboards_read")).toBe(true);
    expect(RECORDED_BASELINE.has("user_access_manage")).toBe(false);
    for (const name of RECORDED_BASELINE) expect(CATALOGUE.get(name)?.sensitivity, name).not.toBe("critical");
  });
});

describe("a live permission", () => {
  test("keeps what the organization says, and takes sensitivity and words from the catalogue", () => {
    const merged = mergePermission(live("logs_delete_data", { displayName: "Renamed here", restricted: true }));
    expect(merged).toMatchObject({
      displayName: "Renamed here",
      restricted: true,
      sensitivity: "critical",
      catalogued: true,
    });
    expect(merged.summary).toBe(CATALOGUE.get("logs_delete_data")?.summary);
  });

  test("that was renamed is found by its former name", () => {
    expect(mergePermission(live("logs_purge", { aliases: ["logs_delete_data"] }))).toMatchObject({
      name: "logs_purge",
      sensitivity: "critical",
      catalogued: true,
    });
  });

  test.each([
    ["widgets_read", "read", "low"],
    ["widget_secrets_read", "read", "medium"],
    ["widgets_write", "write", "medium"],
    ["widgets_manage", "write", "high"],
    ["widget_admin", "write", "high"],
    ["widgets_delete", "write", "high"],
    ["widgets_do", "other", "medium"],
  ] as const)("that nobody has judged, %s (%s), counts as %s", (name, type, sensitivity) => {
    expect(mergePermission(live(name, { type }))).toMatchObject({ sensitivity, catalogued: false });
  });

  test("known by name alone is described, never called harmless when it may write", () => {
    expect(describePermission("widgets_read").sensitivity).toBe("low");
    expect(describePermission("widgets").sensitivity).toBe("medium");
    expect(describePermission("admin").catalogued).toBe(true);
  });
});
