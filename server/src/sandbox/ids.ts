/** Ids that look as the vendors' do and depend on nothing but what they name, so that a lock file written once stays true. */

import { createHash } from "node:crypto";

/**
 * A UUID in the form of Datadog's EU site. The same `kind` and `key` give the same id in every run; pass a fresh `key`,
 * such as a count, for objects that share a name.
 */
export function datadogId(kind: string, key: string): string {
  const hex = createHash("sha256").update(`datadog ${kind} ${key}`).digest("hex");
  const [time, mid, sequence] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 15)];
  return `${time}-${mid}-11ee-a${sequence}-da7ad0900005`;
}

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A 20 character id as Okta makes them: `00g…` for groups, `00u…` for users, `0pr…` for rules. */
export function oktaId(prefix: "00g" | "00u" | "0pr", key: string): string {
  const bytes = createHash("sha256").update(`okta ${prefix} ${key}`).digest();
  const body = Array.from(bytes.subarray(0, 14), (byte) => DIGITS[byte % DIGITS.length]).join("");
  return `${prefix}${body}5d7`;
}

/** A GUID as Entra and many SCIM services make them. `key` is the Okta id of the same person or group. */
export function guid(kind: string, key: string): string {
  return remembered(kind, key, () => {
    const hex = createHash("sha256").update(`guid ${kind} ${key}`).digest("hex");
    const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(12, 15)}`, `a${hex.slice(15, 18)}`];
    return [...parts, hex.slice(18, 30)].join("-");
  });
}

/** Ids as Google makes them: 15 letters and digits for groups, 21 digits for people. */
export function googleId(kind: "group" | "user", key: string): string {
  return remembered(`google ${kind}`, key, () => {
    const bytes = createHash("sha256").update(`google ${kind} ${key}`).digest();
    if (kind === "user") return `1${Array.from(bytes.subarray(0, 20), (byte) => byte % 10).join("")}`;
    return `0${Array.from(bytes.subarray(0, 14), (byte) => DIGITS[byte % 36]).join("")}`;
  });
}

/** Lists are made anew for every request, so the same ids are wanted all the time. Kind, key, id. */
const memo = new Map<string, Map<string, string>>();
const MOST_REMEMBERED = 20_000;

function remembered(kind: string, key: string, make: () => string): string {
  const ids = memo.get(kind) ?? new Map<string, string>();
  if (ids.size === 0) memo.set(kind, ids);
  const id = ids.get(key) ?? make();
  if (ids.size < MOST_REMEMBERED) ids.set(key, id);
  return id;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for a text of that form, in any case. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
