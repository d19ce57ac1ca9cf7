/** A sealed plan as JSON and back. What comes back is checked shape by shape, because it will be performed. */

import { isRecord } from "../../model/json.ts";
import type { Change, SealedPlan } from "../plan.ts";

/** A plan as a file holds it; `digest` is the hash over all of it, times and words too. */
export interface PlanContent extends SealedPlan {
  readonly digest: string;
}

/** The plan with its hashes, indented, for a file. */
export function planToJson({ plan, fingerprint }: SealedPlan, digest: string): string {
  return `${JSON.stringify({ fingerprint, digest, plan }, undefined, 2)}\n`;
}

/** The plan in a text, or what is wrong with it. Hashes are not verified here: hashing is the store's. */
export function planFromJson(text: string): PlanContent | { readonly error: string } {
  let raw: unknown;
  try {
    // Some shells put a mark of the encoding before what they write into a file.
    raw = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return { error: "the plan is not valid JSON" };
  }
  if (isRecord(raw) && isRecord(raw.plan) && raw.plan.version !== 1)
    return { error: `the plan has version ${String(raw.plan.version)}; this program reads version 1` };
  const fault = SEALED(raw, "");
  return fault === undefined ? (raw as PlanContent) : { error: `the plan is damaged: ${fault}` };
}

/** Says where a value is not what it should be, or nothing. */
type Shape = (value: unknown, path: string) => string | undefined;

const text: Shape = (value, path) => (typeof value === "string" ? undefined : `${path} should be text`);
const truth: Shape = (value, path) => (typeof value === "boolean" ? undefined : `${path} should be true or false`);
const number: Shape = (value, path) => (typeof value === "number" ? undefined : `${path} should be a number`);
/** In an address, dots alone would lead to another place. */
const id: Shape = (value, path) =>
  typeof value === "string" && !/^\.{0,2}$/.test(value) ? undefined : `${path} should be an identifier`;
/** As we write it: times are compared as texts, and any other would be before or after all of them. */
const instant: Shape = (value, path) =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)
    ? undefined
    : `${path} should be a time`;

function listOf(item: Shape, least = 0): Shape {
  return (value, path) => {
    if (!Array.isArray(value) || value.length < least) return `${path} should be a list`;
    return firstOf(value.map((entry, index) => () => item(entry, `${path}[${index}]`)));
  };
}

function recordOf(fields: Readonly<Record<string, Shape>>): Shape {
  return (value, path) => {
    if (!isRecord(value)) return `${path || "the plan"} should be an object`;
    return firstOf(
      Object.entries(fields).map(
        ([key, shape]) =>
          () =>
            shape(value[key], path ? `${path}.${key}` : key),
      ),
    );
  };
}

function optional(shape: Shape): Shape {
  return (value, path) => (value === undefined ? undefined : shape(value, path));
}

function oneOfTexts(...words: readonly string[]): Shape {
  return (value, path) => (words.includes(value as string) ? undefined : `${path} should be ${words.join(" or ")}`);
}

function oneOf(key: string, shapes: Readonly<Record<string, Shape>>): Shape {
  return (value, path) => {
    const name = isRecord(value) ? value[key] : undefined;
    const chosen = typeof name === "string" && Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    return chosen ? chosen(value, path) : `${path}.${key} is not known`;
  };
}

const named = recordOf({ id, name: text });
const team = recordOf({ id: text, name: text });
const origin = oneOf("from", {
  datadog: recordOf({ recorded: optional(text), at: optional(text), by: optional(text) }),
  files: recordOf({}),
});
const cause = recordOf({ text, origin: optional(origin) });
const withCause = recordOf({ id, name: text, because: cause });

const through = oneOfTexts("scim", "api");
const mapping = recordOf({
  key: id,
  value: id,
  gives: recordOf({ kind: oneOfTexts("role", "team"), id, name: text }),
});

const change = oneOf("action", {
  "set-roles": recordOf({
    through,
    account: named,
    before: listOf(named),
    after: listOf(named, 1), // An empty role set is never written.
    grants: listOf(withCause),
    revokes: listOf(withCause),
  }),
  "link-team": recordOf({ team, displayName: id, externalId: id, members: listOf(named), because: cause }),
  "set-members": recordOf({
    through,
    team,
    grants: listOf(withCause),
    revokes: listOf(withCause),
    keeps: listOf(named),
  }),
  "create-user": recordOf({
    through,
    account: named,
    displayName: text,
    roles: listOf(withCause, 1), // An account without a role would get one that nobody announced.
    because: cause,
  }),
  "set-active": recordOf({ through, account: named, active: truth, roles: listOf(named), because: cause }),
  "create-mapping": recordOf({ mapping, because: cause }),
  "update-mapping": recordOf({ id, before: mapping, after: mapping, because: cause }),
  "delete-mapping": recordOf({ id, mapping, because: cause }),
});

/** True for one change of a plan, which is also what a journal holds of each step. */
export function isChange(value: unknown): value is Change {
  return change(value, "") === undefined;
}

const assumption = oneOf("fact", {
  "account-roles": recordOf({ account: named, roleIds: listOf(id) }),
  "team-members": recordOf({ team: named, accountIds: listOf(id) }),
  role: recordOf({ role: named, permissions: optional(listOf(text)) }),
  "no-account": recordOf({ handle: id }),
  mapping: recordOf({ mapping, id: optional(id) }),
  switch: recordOf({ name: oneOfTexts("role-mapping", "team-source"), value: text }),
});

const permission = recordOf({ permission: text, sensitivity: text, role: text, through: text });

const SEALED = recordOf({
  fingerprint: id,
  digest: id,
  plan: recordOf({
    project: text,
    organization: recordOf({ name: text, id, title: text, site: id }),
    push: recordOf({ roles: text, teams: text, users: text }),
    createdAt: instant,
    expiresAt: instant,
    changes: listOf(change),
    access: listOf(
      recordOf({
        accounts: listOf(named, 1),
        state: optional(oneOfTexts("created", "off", "on")),
        gains: listOf(permission),
        losses: listOf(permission),
        rolesGained: listOf(recordOf({ role: text, because: cause })),
        rolesLost: listOf(recordOf({ role: text, because: cause })),
        teamsGained: listOf(recordOf({ team: text, because: cause })),
        teamsLost: listOf(recordOf({ team: text, because: cause })),
      }),
    ),
    unchanged: number,
    undoes: optional(text),
    unread: optional(text),
    drift: optional(recordOf({ since: optional(text), unseen: optional(text) })),
    lockout: recordOf({
      unmatched: listOf(text),
      roleless: listOf(text),
      admins: listOf(text),
      changingHands: optional(listOf(named, 1)),
    }),
    heldBack: listOf(recordOf({ what: text, why: text, people: listOf(text) })),
    refusals: listOf(recordOf({ guard: id, object: optional(text), message: text, waiver: optional(text) })),
    warnings: listOf(text),
    assumptions: listOf(assumption),
    files: recordOf({}),
  }),
});

function firstOf(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const fault = check();
    if (fault !== undefined) return fault;
  }
  return undefined;
}
