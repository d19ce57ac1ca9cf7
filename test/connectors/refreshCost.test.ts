/** What a refresh of 5,000 groups costs when nothing changed, in requests; and that a change is still seen. */

import { afterAll, beforeAll, expect, test } from "vitest";
import type { DirectoryInventory } from "../../server/src/core/model/directory.ts";
import { isComplete, itemsOf } from "../../server/src/core/model/knowledge.ts";
import type { DirectoryConfig } from "../../server/src/core/model/project.ts";
import type { DirectoryQuery } from "../../server/src/core/sync/connector.ts";
import type { Company, OktaGroup } from "../../server/src/sandbox/company.ts";
import { type Sandbox, startSandbox } from "../../server/src/sandbox/sandbox.ts";
import { createSeed } from "../../server/src/sandbox/seed/seed.ts";
import { oktaGroup } from "../support/oktaGroup.ts";
import { CORP, connect, GOOGLE, HR } from "./sandboxConnector.ts";
import { CONTEXT, oktaConfig } from "./support.ts";

const GROUPS = 5000;
/** So many of them are mapped that a question for each, or for some dozens, would be no handful. */
const MANY = { okta: 400, entra: 1300 };
const FEW = 40;
/** Thousands of requests at first, on a machine that may be busy. */
const LIMIT = 120_000;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ seed: createCrowd(), limited: false });
});
afterAll(() => sandbox.close());

/** Acme with thousands of small groups, the youngest of which changed long ago. */
function createCrowd(): Company {
  const company = createSeed();
  const { groups, users } = company.okta;
  const people = [...users.keys()];
  for (let index = 0; groups.size < GROUPS; index++) {
    const group = oktaGroup(`crowd-${String(index).padStart(4, "0")}`, [people[index % people.length] ?? ""]);
    groups.set(group.id, group);
  }
  return company;
}

/** Mapped groups, and the most requests of a second read. */
const CASES: readonly (readonly [string, DirectoryConfig, number, number, (name: string) => string])[] = [
  ["okta", oktaConfig(), MANY.okta, 10, (name) => name],
  ["entra", CORP, MANY.entra, 10, (name) => name],
  // Google and SCIM do not tell what changed: every page is read, and every mapped group's members. A listing without a
  // count whose last page is full, as here, is read twice.
  ["google", GOOGLE, FEW, (2 * GROUPS) / 200 + FEW + 5, (name) => `${name}@acme.com`],
  ["scim", HR, FEW, GROUPS / 200 + FEW + 5, (name) => name],
];

test.each(CASES)("%s", { timeout: LIMIT }, async (_, config, mapped, most, nameIn) => {
  const crowd = [...sandbox.company.okta.groups.values()].filter(({ name }) => name.startsWith("crowd-"));
  const names = crowd.slice(0, mapped).map(({ name }) => nameIn(name));
  const { readDirectory, requests } = connect(sandbox, config);
  const read: Read = (query) => readDirectory({ names: [], ids: [], ...query }, CONTEXT);
  const first = await read({ names });
  const before = requests();
  const next = await read({ names, previous: first, ...cursorOf(first) });
  const cost = requests() - before;
  const groups = `${GROUPS} groups, ${mapped} of them mapped`;
  console.log(`${config.type}: ${groups}: ${before} requests at first, ${cost} when nothing changed`);
  expect(next.groups).toMatchObject({ complete: true });
  expect(itemsOf(next.groups).size).toBe(GROUPS);
  expect(peopleOf(next)).toEqual(peopleOf(first));
  expect(cost).toBeLessThanOrEqual(most);
  if (next.cursor !== undefined) await expectChangesSeen(crowd, read, names, next);
});

type Read = (query: Partial<DirectoryQuery>) => Promise<DirectoryInventory>;

/** Somebody joins one group and another is gone: both are told by the next read. */
async function expectChangesSeen(
  [changed, gone]: readonly OktaGroup[],
  read: Read,
  names: readonly string[],
  previous: DirectoryInventory,
): Promise<void> {
  const { groups, users } = sandbox.company.okta;
  if (!changed || !gone) throw new Error("there is no crowd");
  changed.members.push([...users.keys()].find((id) => !changed.members.includes(id)) ?? "");
  changed.lastMembershipUpdated = new Date().toISOString();
  groups.delete(gone.id);
  const next = await read({ names, previous, ...cursorOf(previous) });
  changed.members.pop();
  groups.set(gone.id, gone);
  expect(peopleOf(next)[changed.name]).toHaveLength(changed.members.length + 1);
  expect([...itemsOf(next.groups).values()].some(({ name }) => name === gone.name)).toBe(false);
  expect(peopleOf(next)[gone.name]).toBeUndefined();
}

function cursorOf({ cursor }: DirectoryInventory): { readonly cursor?: string } {
  return cursor === undefined ? {} : { cursor };
}

/** Addresses by name of the group, of all groups whose members are known whole. */
function peopleOf({ groups, members }: DirectoryInventory): Readonly<Record<string, readonly string[]>> {
  const rows = [...members].map(([id, people]) => {
    const name = itemsOf(groups).get(id)?.name ?? id;
    return [name, isComplete(people) ? [...people.items.values()].map(({ email }) => email).sort() : []] as const;
  });
  return Object.fromEntries(rows);
}
