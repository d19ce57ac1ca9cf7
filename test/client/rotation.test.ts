/** Reminders of old credentials: when they come, how often, and when they do not. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Actions } from "../../client/src/dialogs.ts";
import { createProjects } from "../../client/src/projects.ts";
import { type ReminderOptions, remindOfRotation } from "../../client/src/signIn/rotation.ts";
import { newStore, okta, person, prod } from "./support.ts";
import { settings, workspace } from "./vscode.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;
/** 100 days after the day that the store of the tests stamps its entries with. */
const NOW = Date.parse("2026-11-03T00:00:00Z") + 100 * DAY;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
  settings.clear();
  workspace.isTrusted = true;
});

/** A window with two old credentials. `told` gathers messages with their buttons. */
async function openWindow(more: Partial<ReminderOptions> = {}, kept = new Map<string, unknown>()) {
  const { store } = newStore();
  await store.save(
    { connection: "okta", use: "read", origin: okta.origin },
    { kind: "token", token: "00aTokenOfOkta" },
  );
  await store.save(
    { connection: "prod", use: "write", origin: prod.origin },
    { kind: "token", token: "ddTokenOfProd" },
  );
  const projects = createProjects();
  projects.update({ folder: "/project", systems: [okta, prod], mappings: 1 });
  const told: { readonly message: string; readonly actions: Actions }[] = [];
  const dialogs = {
    ...person([]),
    tell: (_: string, message: string, actions: Actions = {}) => void told.push({ message, actions }),
  };
  const memory = {
    keys: () => [...kept.keys()],
    get: (key: string, standard?: unknown) => kept.get(key) ?? standard,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  } as unknown as ReminderOptions["memory"];
  const reminder = remindOfRotation({ memory, store, projects, dialogs, isDrill: () => false, ...more });
  return { told, kept, reminder };
}

test("a first look at the window is left in peace, then the oldest credential is named once, with the way to sign in", async () => {
  const { told } = await openWindow();
  await vi.advanceTimersByTimeAsync(MINUTE - 1);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual([
    {
      message:
        "The credential that reads okta is 100 days old. Make a new one, sign in with it, and delete the old one. 1 more is old, too.",
      actions: { "Sign In": "accessmap.signIn" },
    },
  ]);
  await vi.advanceTimersByTimeAsync(6 * DAY);
  expect(told).toHaveLength(1);
});

test("a window that stays open hears of it again after a week", async () => {
  const { told } = await openWindow();
  await vi.advanceTimersByTimeAsync(7 * DAY + MINUTE);
  expect(told).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(DAY);
  expect(told).toHaveLength(2);
});

test("another window of the same week says nothing", async () => {
  const { kept, told } = await openWindow();
  await vi.advanceTimersByTimeAsync(MINUTE);
  const other = await openWindow({}, kept);
  await vi.advanceTimersByTimeAsync(2 * DAY);
  expect([told.length, other.told.length]).toEqual([1, 0]);
});

const QUIET: Readonly<Record<string, () => Partial<ReminderOptions>>> = {
  "in a drill": () => ({ isDrill: () => true }),
  "in a workspace that is not trusted": () => {
    workspace.isTrusted = false;
    return {};
  },
  "when it is switched off": () => {
    settings.set("accessmap.credentials.remindAfterDays", 0);
    return {};
  },
  "of what is younger": () => {
    settings.set("accessmap.credentials.remindAfterDays", 200);
    return {};
  },
  "where the keychain cannot be read": () => ({
    store: { ...newStore().store, list: () => Promise.reject(new Error("locked")) },
  }),
  "of other places' credentials": () => {
    const projects = createProjects();
    projects.update({ folder: "/p", systems: [{ ...okta, origin: "https://other.okta.com" }], mappings: 0 });
    return { projects };
  },
};
for (const [title, make] of Object.entries(QUIET))
  test(`nothing is said ${title}`, async () => {
    const { told } = await openWindow(make());
    await vi.advanceTimersByTimeAsync(3 * DAY);
    expect(told).toEqual([]);
  });

test("nothing is said after the window was closed", async () => {
  const { told, reminder } = await openWindow();
  reminder.dispose();
  await vi.advanceTimersByTimeAsync(30 * DAY);
  expect(told).toEqual([]);
});
