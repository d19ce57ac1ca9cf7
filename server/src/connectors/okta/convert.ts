/** Okta's groups and users as the model knows them. Pure. A row without id or name is undefined. */

import type { Group, GroupKind, Principal, PrincipalState } from "../../core/model/directory.ts";
import type { WireGroup, WireUser } from "./api.ts";
import { STATES } from "./quirks.ts";

export function toGroup(wire: WireGroup): Group | undefined {
  const name = wire.profile?.name;
  if (!isText(wire.id) || !isText(name)) return undefined;
  const description = wire.profile?.description;
  const memberCount = wire._embedded?.stats?.usersCount;
  return {
    id: wire.id,
    name,
    kind: toGroupKind(wire.type, name),
    ...(isText(description) && { description }),
    ...(typeof memberCount === "number" && { memberCount }),
  };
}

export function toPrincipal(wire: WireUser): Principal | undefined {
  const login = wire.profile?.login;
  if (!isText(wire.id) || !isText(login)) return undefined;
  const { firstName, lastName, displayName, email } = wire.profile ?? {};
  const name = displayName || [firstName, lastName].filter(isText).join(" ");
  return {
    id: wire.id,
    login: login.toLowerCase(),
    email: (email || login).toLowerCase(),
    name: name || login,
    state: toState(wire.status),
  };
}

/** A status that Okta adds later is unknown, never active. */
function toState(status: string | undefined): PrincipalState {
  return STATES.get(status ?? "") ?? "unknown";
}

/** Built-in groups other than Everyone (administrators) have ordinary members. */
function toGroupKind(type: string | undefined, name: string): GroupKind {
  if (type === "APP_GROUP") return "app";
  return type === "BUILT_IN" && name === "Everyone" ? "everyone" : "static";
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
