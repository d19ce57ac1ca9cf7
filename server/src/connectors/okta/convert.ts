/** Okta's groups and users as the model knows them. Pure. A row without id or name is undefined. */

import type { DirectoryCredential, Group, GroupKind, Principal, PrincipalState } from "../../core/model/directory.ts";
import { isText } from "../../core/model/json.ts";
import { instantOf } from "../instants.ts";
import type { WireApiToken, WireAppKey, WireGroup, WireUser } from "./api.ts";
import { STATES, spanOf } from "./quirks.ts";

/** `memberCount` is there only where the list was asked for with statistics; it counts, and names nobody. */
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

/** The display name where there is one, else first and last name, else the login. An empty address is the login. */
export function toPrincipal(wire: WireUser): Principal | undefined {
  const login = wire.profile?.login;
  if (!isText(wire.id) || !isText(login)) return undefined;
  const { firstName, lastName, displayName, email } = wire.profile ?? {};
  const name = isText(displayName) ? displayName : [firstName, lastName].filter(isText).join(" ");
  return {
    id: wire.id,
    login: login.toLowerCase(),
    email: (email || login).toLowerCase(),
    name: name || login,
    state: toState(wire.status),
  };
}

/** A token does not end by a date: what is told as its end moves with each use, and so tells when the last one was. */
export function toToken(wire: WireApiToken): DirectoryCredential | undefined {
  if (!isText(wire.id)) return undefined;
  const [created, end, span] = [instantOf(wire.created), instantOf(wire.expiresAt), spanOf(wire.tokenWindow)];
  const used = end !== undefined && span !== undefined ? Date.parse(end) - span : undefined;
  return {
    id: wire.id,
    name: isText(wire.name) ? wire.name : wire.id,
    kind: "api-token",
    scopes: null,
    ...(created !== undefined && { createdAt: created }),
    ...(used !== undefined && { lastUsedAt: new Date(used).toISOString() }),
  };
}

/** The public half of a key; whether it is switched off is for the caller to see. */
export function toAppKey(wire: WireAppKey, application: string): DirectoryCredential | undefined {
  const id = isText(wire.id) ? wire.id : wire.kid;
  if (!isText(id)) return undefined;
  const created = instantOf(wire.created);
  return {
    id,
    name: isText(wire.kid) ? wire.kid : id,
    kind: "app-key",
    application,
    ...(created !== undefined && { createdAt: created }),
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
