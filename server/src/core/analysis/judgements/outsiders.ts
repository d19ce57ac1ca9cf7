/** Who in a group is not of the house: guests, and people with a mail address of another firm. */

import type { DirectoryInventory, Principal } from "../../model/directory.ts";
import { itemsOf, type Knowledge } from "../../model/knowledge.ts";
import { activeMembers } from "../grants.ts";
import { memo, memoOf } from "../memo.ts";

/** From this share of a directory's people on, and from this number, a mail domain is one of the house's own. */
const OWN_SHARE = 0.1;
const OWN_PEOPLE = 5;
/** The house is known by a domain that at least this share of its people has, or so many times as many as any other domain. */
const HOUSE_SHARE = 0.5;
const HOUSE_LEAD = 2;

/** Active guests, and active people of a foreign mail domain where it is clear which one is the house's. */
export function outsidersOf(inventory: DirectoryInventory, members: Knowledge<Principal>): readonly Principal[] {
  return memoOf(inventory, members, findOutsiders);
}

function findOutsiders(inventory: DirectoryInventory, members: Knowledge<Principal>): readonly Principal[] {
  const { isOwn } = memo(inventory, houseOf);
  return activeMembers(members).filter(({ guest, email }) => guest === true || !isOwn(domainOf(email)));
}

/** What stands behind the @ of an address, in lower case. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1).toLowerCase();
}

interface House {
  readonly isOwn: (domain: string) => boolean;
}

/** Everybody whose members were read tells which domains are the house's. */
function houseOf(inventory: DirectoryInventory): House {
  const people = new Map([...inventory.members.values()].flatMap((members) => [...itemsOf(members)]));
  const counts = new Map<string, number>();
  for (const { email } of people.values()) counts.set(domainOf(email), (counts.get(domainOf(email)) ?? 0) + 1);
  const [[top, most] = ["", 0], [, second] = ["", 0]] = [...counts].sort(([, a], [, b]) => b - a);
  const isClear = most >= people.size * HOUSE_SHARE || (most >= OWN_PEOPLE && most >= second * HOUSE_LEAD);
  if (top === "" || !isClear) return { isOwn: () => true };
  const house = firmOf(top);
  const least = Math.max(OWN_PEOPLE, people.size * OWN_SHARE);
  const isOwn = (domain: string) =>
    firmOf(domain) === house || domain.endsWith(".onmicrosoft.com") || (counts.get(domain) ?? 0) >= least;
  return { isOwn };
}

/** `acme` for `acme.com`, `eu.acme.com` and `acme.co.uk`: a firm's domains in several countries are one house. */
function firmOf(domain: string): string {
  const parts = domain.split(".");
  const isShort = parts.length > 2 && (parts.at(-2)?.length ?? 0) <= 3 && (parts.at(-1)?.length ?? 0) === 2;
  return parts.at(isShort ? -3 : -2) ?? domain;
}
