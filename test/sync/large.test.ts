/** The size the product promises: a company of 100,000 accounts. How long it takes is for `npm run bench:plan` to say. */

import { expect, test } from "vitest";
import { takeSnapshot } from "../../server/src/core/analysis/snapshot.ts";
import { complete } from "../../server/src/core/model/knowledge.ts";
import type { Account } from "../../server/src/core/model/target.ts";
import { renderPlan } from "../../server/src/core/sync/render/plan.ts";
import { seal } from "../../server/src/store/planFile.ts";
import { parseFixture } from "../support/fixture.ts";
import { planFor } from "./support/checkPlan.ts";

test("100,000 accounts, 10,000 of them in a group", () => {
  const { snapshot } = parseFixture(`
#- /access/platform.accessmap.yaml
organization: prod
mappings:
  - { group: dd-all, roles: [SRE, Engineer], teams: [all] }
#- lock
organizations: { prod: { adopted: true, roles: [SRE, Engineer], teams: [all] } }
#- live okta
groups: [{ name: dd-all, members: 10000 }]
#- live datadog
roles: [{ name: SRE, permissions: [logs_delete_data] }, Engineer, Keep]
teams: [{ handle: all, managed: true }]
`);
  const target = snapshot.targets.get("prod");
  if (!target) throw new Error("no organization");
  const accounts = Array.from({ length: 100_000 }, (_, index): [string, Account] => {
    const handle = `dd-all-${index}@acme.com`;
    const roleIds = index > 10_000 && index % 10 === 0 ? ["role-sre", "role-keep"] : ["role-keep"];
    return [
      `a${index}`,
      { id: `a${index}`, handle, email: handle, name: "", status: "active", serviceAccount: false, roleIds },
    ];
  });
  const large = { ...target, accounts: complete("prod", snapshot.now, new Map(accounts)) };
  const plan = planFor(takeSnapshot({ ...snapshot, targets: new Map([["prod", large]]) }));
  const text = renderPlan(seal(plan), { format: "text" });
  expect(plan.changes).toHaveLength(10_000 + 8_999 + 1);
  expect(text).toContain(
    "+ dd-all-10000@acme.com, dd-all-1000@acme.com and 9998 more gain SRE: logs_delete_data (critical), through",
  );
});
