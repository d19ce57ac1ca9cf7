/** Google's groups, members and users as the model knows them. Pure. A row without id or address is undefined. */

import type { Group, Principal, PrincipalState } from "../../core/model/directory.ts";
import { isText } from "../../core/model/json.ts";
import type { WireGroup, WireMember, WireUser } from "./api.ts";
import { OUTSIDER, PERSON } from "./quirks.ts";

/** Addresses are what SAML claims and people name a group by, so the address is its name here. */
export function toGroup(wire: WireGroup): Group | undefined {
  if (!isText(wire.id) || !isText(wire.email)) return undefined;
  const description = [wire.name, wire.description].filter(isText).join(": ");
  const count = Number.parseInt(wire.directMembersCount ?? "", 10);
  return {
    id: wire.id,
    name: wire.email,
    kind: "static",
    ...(description !== "" && { description }),
    ...(!Number.isNaN(count) && { memberCount: count }),
  };
}

/**
 * Google signs people in by their primary address, so that is login and email in one. `mfa` is whether they are
 * enrolled, not whether they must be.
 */
export function toPrincipal(wire: WireUser): Principal | undefined {
  if (!isText(wire.id) || !isText(wire.primaryEmail)) return undefined;
  const email = wire.primaryEmail.toLowerCase();
  return {
    id: wire.id,
    login: email,
    email,
    name: isText(wire.name?.fullName) ? wire.name.fullName : wire.primaryEmail,
    state: toState(wire),
    ...(wire.isGuestUser === true && { guest: true }),
    ...(typeof wire.isEnrolledIn2Sv === "boolean" && { mfa: wire.isEnrolledIn2Sv }),
  };
}

/**
 * A member of whom there is no user row: an outsider, or anybody while users cannot be read. Only that somebody is
 * suspended can be told then.
 */
export function toStranger(wire: WireMember): Principal | undefined {
  if (!isText(wire.id) || !isText(wire.email) || (wire.type !== PERSON && wire.type !== OUTSIDER)) return undefined;
  const email = wire.email.toLowerCase();
  return {
    id: wire.id,
    login: email,
    email,
    name: wire.email,
    state: wire.status === "SUSPENDED" ? "suspended" : "unknown",
    ...(wire.type === OUTSIDER && { guest: true }),
  };
}

/** `suspended` is always there; an answer without it is not guessed at. Archived people keep their data and no access. */
function toState({ suspended, archived, deletionTime }: WireUser): PrincipalState {
  if (isText(deletionTime) || archived === true) return "deactivated";
  if (suspended === true) return "suspended";
  return suspended === false ? "active" : "unknown";
}
