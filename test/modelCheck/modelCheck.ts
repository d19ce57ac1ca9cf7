/**
 * Random worlds and edits over all push paths: a plan is applied over HTTP to the sandbox, and what came of it is compared
 * with what it announced, person by person; with both its ends after every single request; and with a second plan.
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openRefusals } from "../../server/src/core/sync/makePlan.ts";
import type { Plan, SealedPlan } from "../../server/src/core/sync/plan.ts";
import type { Company } from "../../server/src/sandbox/company.ts";
import { logIn } from "../../server/src/sandbox/datadog/login.ts";
import { startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { applySealed } from "../../server/src/workspace/applying.ts";
import { environmentTransport } from "../../server/src/workspace/environmentTransport.ts";
import { openWorkspace, type Workspace } from "../../server/src/workspace/workspace.ts";
import { createDice } from "../campaign/dice.ts";
import { edit } from "./edits.ts";
import { announcedBy, causedBy, difference, dips, emptied, type Holdings, holdingsOf, movesBetween } from "./judge.ts";
import { createWorld, renderFiles, type World } from "./world.ts";

export interface Tally {
  plans: number;
  applied: number;
  refused: number;
  steps: number;
  requests: number;
  /** Kinds of changes that were applied. */
  readonly actions: Map<string, number>;
  /** What must not be, each with the way to see it again. */
  readonly faults: string[];
}

export function newTally(): Tally {
  return { plans: 0, applied: 0, refused: 0, steps: 0, requests: 0, actions: new Map(), faults: [] };
}

/** Human administrators who can log in. */
function adminsOf({ datadog }: Company): number {
  const admin = [...datadog.roles.values()].filter(({ permissions }) => permissions.includes("user_access_manage"));
  const ids = new Set(admin.map(({ id }) => id));
  return [...datadog.users.values()].filter(
    ({ serviceAccount, disabled, roleIds }) => !serviceAccount && !disabled && roleIds.some((id) => ids.has(id)),
  ).length;
}

/** One world from its number, with as many rounds of edit, plan, apply and plan again. */
export async function checkWorld(seed: string, rounds: number, tally: Tally): Promise<void> {
  const dice = createDice(`model ${seed}`);
  const world = createWorld(dice, new Date().toISOString().slice(0, 10));
  const sandbox = await startSandbox({ seed: world.company, limited: false });
  const folder = mkdtempSync(join(tmpdir(), "accessmap-model-"));
  const watch = new Watch(world.company);
  try {
    mkdirSync(folder, { recursive: true });
    writeFiles(folder, world);
    let workspace: Workspace | undefined;
    const inner = environmentTransport(sandbox.environment, () => workspace?.connections() ?? []);
    workspace = await openWorkspace({
      folder,
      transport: {
        async exchange(request, signal) {
          const answer = await inner.exchange(request, signal);
          if (request.method !== "GET") watch.look();
          return answer;
        },
      },
    });
    const story: string[] = [];
    for (let round = 0; round < rounds; round++) {
      if (round > 0) story.push(edit(world, dice));
      for (const file of writeFiles(folder, world)) await workspace.diskChanged(file);
      const faults = await checkRound(workspace, world, watch, tally);
      const where = `world ${seed}, round ${round} (${[`${JSON.stringify(world.files.push)}`, ...story].join("; ")})`;
      tally.faults.push(...faults.map((fault) => `${where}: ${fault}`));
      if (faults.length > 0) return;
    }
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Remembers what everybody held after every write. */
class Watch {
  readonly #company: Company;
  moments: Holdings[] = [];
  fewestAdmins = Number.POSITIVE_INFINITY;

  constructor(company: Company) {
    this.#company = company;
  }

  look(): void {
    this.moments.push(holdingsOf(this.#company));
    this.fewestAdmins = Math.min(this.fewestAdmins, adminsOf(this.#company));
  }

  begin(): Holdings {
    this.moments = [];
    this.fewestAdmins = adminsOf(this.#company);
    return holdingsOf(this.#company);
  }
}

/** As many as the guard wants: while these stay, others may come and go side by side. */
const ENOUGH_ADMINS = 2;

async function checkRound(workspace: Workspace, world: World, watch: Watch, tally: Tally): Promise<string[]> {
  const { company } = world;
  const sealed = await planOf(workspace);
  const { plan } = sealed;
  tally.plans++;
  const before = watch.begin();
  const unpushed = structuredClone(company);
  const adminsBefore = adminsOf(company);
  const mappings = JSON.stringify([...company.datadog.mappings.values()]);
  if (openRefusals(plan, []).length > 0) {
    const refused = await apply(workspace, sealed, []);
    if (refused.status !== "refused" || watch.moments.length > 0) return ["a refused plan wrote something"];
  }
  const waivers = plan.refusals.flatMap(({ waiver }) => waiver ?? []);
  const outcome = await apply(workspace, sealed, waivers);
  tally.requests += outcome.requests;
  const after = holdingsOf(company);
  if (openRefusals(plan, waivers).length > 0) {
    tally.refused++;
    return watch.moments.length > 0 ? ["a plan that nobody can lift wrote something"] : [];
  }
  if (outcome.status !== "done") return [`not done: ${outcome.message}`];
  tally.applied++;
  tally.steps += plan.changes.length;
  for (const { action } of plan.changes) tally.actions.set(action, (tally.actions.get(action) ?? 0) + 1);
  const faults = [
    ...difference(announcedBy(plan, false), movesBetween(before, after, ["roles", "teams"])),
    ...dips(before, watch.moments, after),
    ...emptied(before, watch.moments, after),
  ];
  if (watch.fewestAdmins < Math.min(adminsBefore, adminsOf(company), ENOUGH_ADMINS))
    faults.push("fewer administrators for a moment");
  if (plan.changes.length === 0 && watch.moments.length > 0) faults.push("an empty plan wrote something");
  const hasMappingSteps = plan.changes.some(({ action }) => action.endsWith("-mapping"));
  if (!hasMappingSteps && JSON.stringify([...company.datadog.mappings.values()]) !== mappings)
    faults.push("mappings moved that no step names");
  const second = await planOf(workspace);
  if (second.plan.changes.length > 0) faults.push(`a second plan has ${JSON.stringify(second.plan.changes[0])}`);
  return [...faults, ...judgeLogins(company, unpushed, plan, before, after)];
}

/**
 * Everybody logs in: what mapping changes are about must be what the plan announced for then. What a login without the push
 * would have done just the same, through a mapping of a group that no file names, is no effect of the plan.
 */
function judgeLogins(
  company: Company,
  unpushed: Company,
  plan: Plan,
  before: Holdings,
  applied: Holdings,
): readonly string[] {
  const people = [...company.datadog.users.values()];
  const free = new Set(people.filter((user) => !user.rolesFromScim).map(({ handle }) => handle));
  const present = [...company.okta.users.values()]
    .filter(({ status }) => status === "ACTIVE")
    .map(({ login }) => login);
  const at = new Date().toISOString();
  for (const user of people) logIn(company, user, at);
  for (const user of unpushed.datadog.users.values()) logIn(unpushed, user, at);
  const later = holdingsOf(company);
  const kinds = (["roles", "teams"] as const).filter((kind) => plan.push[kind] === "saml");
  // Accounts that were just made or switched off hold what they were given at once.
  const touched = new Set(
    plan.access.filter(({ state }) => state).flatMap(({ accounts }) => accounts.map(({ name }) => name)),
  );
  const isJudged = (move: string) => {
    const handle = move.split(" ")[1] ?? "";
    if (!applied.roles.has(handle) || !present.includes(handle)) return false;
    // Roles that SCIM has written once win over mappings, which no read can tell; the plan warns of it.
    return move.includes(" teams ") || (free.has(handle) && !touched.has(handle));
  };
  const announced = new Set([...announcedBy(plan, true)].filter(isJudged));
  const anyway = new Set(movesBetween(before, holdingsOf(unpushed), kinds));
  const caused = [...causedBy(movesBetween(before, later, kinds), plan.changes)];
  const seen = new Set(caused.filter((move) => isJudged(move) && (announced.has(move) || !anyway.has(move))));
  return difference(announced, seen).map((fault) => `at the next login, ${fault}`);
}

async function planOf(workspace: Workspace): Promise<SealedPlan> {
  const made = await workspace.makePlan("prod");
  if ("noPlan" in made) throw new Error(JSON.stringify(made.noPlan));
  return made.sealed;
}

async function apply(workspace: Workspace, sealed: SealedPlan, waivers: readonly string[]) {
  const applied = await applySealed(workspace, sealed, {
    waivers,
    signal: AbortSignal.timeout(120_000),
    onEvent: () => {},
  });
  if ("refused" in applied) throw new Error(applied.refused);
  return applied.outcome;
}

function writeFiles(folder: string, world: World): readonly string[] {
  const files = renderFiles(world);
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
  return [...files.keys()];
}
