/** Random trouble for one read: up to three faults on its system, and servers that are sloppy or stingy besides. */

import type { Fault, FaultKind, Sandbox, Sloppiness, System } from "../../server/src/sandbox/sandbox.ts";
import type { Dice } from "./dice.ts";

const KINDS: readonly FaultKind[] = [
  "status",
  "status",
  "status",
  "cut-page",
  "cut-page",
  "repeat-page",
  "empty",
  "stale",
  "reset",
  "cut-body",
  "crash",
  "slow",
  "drip",
  "html",
  "content-type",
  "wrong-value",
  "wrong-value",
];

/** Any request of the system, its lists, or what members come from. */
const PATHS: Readonly<Record<System, readonly RegExp[]>> = {
  okta: [/./, /\/groups\?/, /\/groups\/[^/]+\/users/, /after=/],
  datadog: [/./, /\/users/, /\/roles/, /\/team/, /\/permissions/, /memberships/, /page\[number\]=[1-9]/],
  entra: [/./, /\/groups\?/, /embers/, /skiptoken/, /oauth2/],
  google: [/./, /\/groups\?/, /\/members/, /\/users/, /pageToken/, /^\/token/],
  scim: [/./, /\/Groups/, /\/Users/, /startIndex=[2-9]|cursor=/, /ServiceProviderConfig/],
};

const SLOPPY: readonly Sloppiness[] = [
  "no-members",
  "duplicate-ids",
  "overlapping-pages",
  "no-discovery",
  "text-counts",
  "filter-ignored",
];

/** What a read has to cope with, in words for the report. */
export interface Trouble {
  readonly faults: readonly Fault[];
  readonly settings: readonly string[];
}

/**
 * Injects the trouble and tells what it is. `settle` takes all of it back. A first read has nothing to compare with, so
 * that nobody could tell an empty answer from an empty directory: it meets none.
 */
export function makeTrouble(sandbox: Sandbox, system: System, isFirst: boolean, dice: Dice): Trouble {
  const some = Array.from({ length: dice.pick([0, 1, 1, 1, 2, 3]) }, () => faultFor(system, dice));
  const faults = some.filter(({ kind }) => !isFirst || kind !== "empty");
  for (const fault of faults) sandbox.inject(fault);
  return { faults, settings: disorder(sandbox, system, dice) };
}

export async function settle(sandbox: Sandbox): Promise<void> {
  await sandbox.clearFaults();
  sandbox.entra.mostRows = 999;
  sandbox.entra.permissions.add("User.Read.All").delete("User.ReadBasic.All");
  sandbox.scim.sloppy.clear();
  sandbox.scim.paging = "index";
  sandbox.scim.mostRows = 200;
}

function faultFor(system: System, dice: Dice): Fault {
  const kind = dice.pick(KINDS);
  const lasting = dice.happens(0.4);
  return {
    system,
    kind,
    path: dice.pick(PATHS[system]),
    after: dice.pick([0, 0, 1, 2, 4]),
    ...(!lasting && { times: 1 + dice.roll(3) }),
    ...(kind === "status" ? statusFor(system, dice) : {}),
    ...(kind === "html" ? { status: dice.pick([200, 502, 503]) } : {}),
    ...(kind === "wrong-value" ? { value: dice.happens(0.5) ? dice.roll(60) : dice.roll(1_000_000_000) } : {}),
    ...(kind === "slow" || kind === "drip" ? { ms: dice.pick([2, 5, 10, 20, 300]), times: 1 } : {}),
  };
}

function statusFor(system: System, dice: Dice): Partial<Fault> {
  const status = dice.pick([401, 403, 404, 429, 500, 502, 503, 504]);
  const waits = { "retry-after": dice.pick(["1", "0", "2.128", "soon"]) };
  if (system === "google" && status === 403 && dice.happens(0.5))
    return { status, code: dice.pick(["userRateLimitExceeded", "quotaExceeded"]) };
  return { status, ...(status === 429 && dice.happens(0.6) ? { headers: waits } : {}) };
}

function disorder(sandbox: Sandbox, system: System, dice: Dice): readonly string[] {
  const settings: string[] = [];
  if (system === "entra" && dice.happens(0.5)) {
    sandbox.entra.mostRows = dice.pick([60, 100, 250]);
    settings.push("short pages");
  }
  if (system === "entra" && dice.happens(0.1)) {
    sandbox.entra.permissions.delete("User.Read.All");
    if (dice.happens(0.5)) sandbox.entra.permissions.add("User.ReadBasic.All");
    settings.push("limited permissions");
  }
  if (system !== "scim") return settings;
  sandbox.scim.mostRows = dice.pick([40, 100, 200]);
  if (dice.happens(0.3)) sandbox.scim.paging = "cursor";
  for (const sloppiness of SLOPPY)
    if (dice.happens(0.08)) {
      sandbox.scim.sloppy.add(sloppiness);
      settings.push(sloppiness);
    }
  return settings;
}
