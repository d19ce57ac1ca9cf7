/** Which plans are held against one made anew before they are applied, and what is said when none can be made. */

import { expect, test } from "vitest";
import type { Plan } from "../../server/src/core/sync/plan.ts";
import { seal } from "../../server/src/store/planFile.ts";
import { whyGroupsMoved } from "../../server/src/workspace/outdated.ts";
import type { Workspace } from "../../server/src/workspace/workspace.ts";
import { planOf } from "../sync/support/checkPlan.ts";

const MINUTE = 60_000;
const PLAN = planOf(`
#- /a.accessmap.yaml
organization: prod
mappings: [{ group: dd-sre, roles: [SRE] }]
#- live okta
groups: [{ name: dd-sre, members: [ana] }]
#- live datadog
roles: [SRE]
accounts: [ana]
`);

interface Case {
  readonly minutes: number;
  readonly isSaved?: boolean;
  readonly change?: Partial<Plan>;
  readonly isCancelled?: boolean;
}

/** Of a plan that is so old, with a directory that does not answer: how often it was asked, and what is said. */
async function ask({ minutes, isSaved = false, change = {}, isCancelled = false }: Case) {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString();
  const plan: Plan = { ...PLAN, createdAt: at(-minutes * MINUTE), expiresAt: at(60 * MINUTE), ...change };
  const cancel = new AbortController();
  let asked = 0;
  const makePlan: Workspace["makePlan"] = async () => {
    asked++;
    if (isCancelled) cancel.abort();
    return { noPlan: { cause: "live", what: "without live data", each: ["okta: no answer"] } };
  };
  const why = await whyGroupsMoved({ makePlan } as Workspace, seal(plan), { isSaved, signal: cancel.signal });
  return [asked, why];
}

const UNREAD = "groups could not be read again, so no plan without live data: okta: no answer";

test.each<[string, Case, readonly [number, string | undefined]]>([
  ["one just shown is applied as it is", { minutes: 1 }, [0, undefined]],
  ["one that lay about", { minutes: 6 }, [1, UNREAD]],
  ["one from a file, however young", { minutes: 0, isSaved: true }, [1, UNREAD]],
  [
    "an undo rests on its journal",
    { minutes: 6, isSaved: true, change: { undoes: "2026-01-05T10:00:00.000Z" } },
    [0, undefined],
  ],
  [
    "an expired one is refused anyway",
    { minutes: 6, change: { expiresAt: "2020-01-05T10:00:00.000Z" } },
    [0, undefined],
  ],
  ["whoever cancels is not told of a failure", { minutes: 6, isCancelled: true }, [1, undefined]],
])("%s", async (_, which, said) => expect(await ask(which)).toEqual(said));
