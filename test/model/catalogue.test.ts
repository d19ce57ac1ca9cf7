/** The catalogue of permissions, and judgements about permissions that it lacks. */

import { expect, test } from "vitest";
import { ADMIN_EQUIVALENT } from "../../server/src/core/analysis/effective.ts";
import {
  CATALOGUE,
  describePermission,
  mergePermission,
  RECORDED_BASELINE,
} from "../../server/src/core/model/catalogue.ts";
import { SENSITIVITIES } from "../../server/src/core/model/target.ts";

const live = (name: string, type: "read" | "write" | "other" = "write", aliases: string[] = []) =>
  mergePermission({ name, displayName: name, group: "New", type, restricted: false, aliases });

test("every entry is sound", () => {
  for (const permission of CATALOGUE.values()) {
    expect(SENSITIVITIES, permission.name).toContain(permission.sensitivity);
    expect(["read", "write", "other"], permission.name).toContain(permission.type);
    for (const name of [...permission.implies, ...permission.requires]) {
      expect(CATALOGUE.has(name) || name === "standard", `${permission.name} names ${name}`).toBe(true);
    }
  }
});

test("what leads to everything is critical, what everybody holds is in the baseline", () => {
  for (const name of ADMIN_EQUIVALENT) expect(CATALOGUE.get(name)?.sensitivity, name).toBe("critical");
  expect(RECORDED_BASELINE.has("dashboards_read")).toBe(true);
  for (const name of ADMIN_EQUIVALENT) expect(RECORDED_BASELINE.has(name), name).toBe(false);
});

test("live facts win, sensitivity stays ours, an old name finds the entry", () => {
  expect(live("logs_delete_data", "other")).toMatchObject({ sensitivity: "critical", type: "other", catalogued: true });
  expect(live("logs_erase_data", "write", ["logs_delete_data"])).toMatchObject({
    name: "logs_erase_data",
    sensitivity: "critical",
  });
});

test("a permission nobody has judged is never harmless when it writes", () => {
  expect(live("quantum_things_read", "read").sensitivity).toBe("low");
  expect(live("quantum_secrets_read", "read").sensitivity).toBe("medium");
  expect(live("quantum_things_write").sensitivity).toBe("medium");
  expect(live("quantum_things_delete").sensitivity).toBe("high");
  expect(describePermission("quantum_things_view")).toMatchObject({
    type: "read",
    sensitivity: "low",
    catalogued: false,
  });
  expect(describePermission("quantum_keys_manage").sensitivity).toBe("high");
});
