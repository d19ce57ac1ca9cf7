/** Plans survive being saved; what was tampered with or cut does not pass for one. */

import { expect, test } from "vitest";
import { canonicalText } from "../../../server/src/core/sync/makePlan.ts";
import type { Plan } from "../../../server/src/core/sync/plan.ts";
import { planFromJson, planToJson } from "../../../server/src/core/sync/render/planJson.ts";
import { planOf } from "../support/checkPlan.ts";

const FIXTURE = `
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-sre, roles: [SRE], teams: [sre] }
#- lock
organizations: { prod: { adopted: true, roles: [SRE] } }
#- live okta
groups: [{ name: dd-sre, members: [ana, bob] }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data] }, Keep]
teams: [{ handle: sre, members: [ana, eve] }]
accounts: [{ login: ana, roles: [Keep] }, bob, { login: eve, roles: [SRE, Keep] }]
`;

const plan = planOf(FIXTURE);

test("a plan comes back as it was", () => {
  expect(planFromJson(planToJson({ plan, fingerprint: "f" }, "d"))).toEqual({ plan, fingerprint: "f", digest: "d" });
});

test.each([
  ["an empty role set", ["changes", 2, "after"], [], "plan.changes[2].after should be a list"],
  ["an unknown action", ["changes", 0, "action"], "delete", "plan.changes[0].action is not known"],
  ["an action that every object has", ["changes", 0, "action"], "__proto__", "plan.changes[0].action is not known"],
  ["a fact that every object has", ["assumptions", 0, "fact"], "toString", "plan.assumptions[0].fact is not known"],
  ["a role without id", ["changes", 2, "after", 0, "id"], "", "plan.changes[2].after[0].id should be an identifier"],
  ["no assumptions", ["assumptions"], undefined, "plan.assumptions should be a list"],
  ["an unknown fact", ["assumptions", 0, "fact"], "x", "plan.assumptions[0].fact is not known"],
  [
    "a role whose id leads elsewhere",
    ["changes", 2, "after", 0, "id"],
    "..",
    "plan.changes[2].after[0].id should be an identifier",
  ],
  ["an end that never comes", ["expiresAt"], "never", "plan.expiresAt should be a time"],
  ["a beginning in other words", ["createdAt"], "27 Nov 2026", "plan.createdAt should be a time"],
  ["no organization id", ["organization", "id"], undefined, "plan.organization.id should be an identifier"],
])("%s is refused", (_, path, value, fault) => {
  const copy = put(plan, path, value) as Plan;
  expect(planFromJson(planToJson({ plan: copy, fingerprint: "f" }, "d"))).toEqual({
    error: `the plan is damaged: ${fault}`,
  });
});

test("other texts are refused", () => {
  expect(planFromJson("{")).toEqual({ error: "the plan is not valid JSON" });
  expect(planFromJson("[]")).toEqual({ error: "the plan is damaged: the plan should be an object" });
  expect(planFromJson('{"fingerprint":"f","plan":{"version":2}}')).toEqual({
    error: "the plan has version 2; this program reads version 1",
  });
});

test("the canonical text covers what would be done and on what facts", () => {
  const text = canonicalText(plan);
  const edits: readonly Partial<Plan>[] = [
    { files: { "accessmap.yaml": "1" } },
    { changes: plan.changes.slice(1) },
    { changes: plan.changes.map((change) => (change.action === "set-members" ? { ...change, keeps: [] } : change)) },
    { assumptions: plan.assumptions.slice(1) },
    { refusals: [{ guard: "lock/self", message: "" }] },
    { organization: { ...plan.organization, id: "other" } },
    { organization: { ...plan.organization, site: "datadoghq.com" } },
    // What somebody is shown who is asked before a saved plan is applied.
    { organization: { ...plan.organization, title: "Another" } },
    { access: [] },
    { access: plan.access.map((access) => ({ ...access, gains: [] })) },
    { access: plan.access.map((access) => ({ ...access, rolesGained: [] })) },
    { access: plan.access.map((access) => ({ ...access, teamsLost: [] })) },
  ];
  for (const edit of edits) expect(canonicalText({ ...plan, ...edit })).not.toBe(text);
});

test("the canonical text leaves out words, the time and the order of files", () => {
  const changes = JSON.parse(JSON.stringify(plan.changes).replaceAll("dd-sre → SRE", "other words")) as Plan["changes"];
  const other: Plan = { ...plan, changes, createdAt: "2027-01-01T00:00:00.000Z", warnings: ["x"], heldBack: [] };
  expect(canonicalText(other)).toBe(canonicalText(plan));
  const files = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, "0"]));
  expect(canonicalText({ ...plan, files: files(["a", "b"]) })).toBe(
    canonicalText({ ...plan, files: files(["b", "a"]) }),
  );
});

/** A copy with another value at a path. */
function put(whole: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(whole) ? [...whole] : { ...(whole as object) }) as Record<string | number, unknown>;
  copy[key] = put(copy[key], rest, value);
  return copy;
}
