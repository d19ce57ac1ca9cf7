/** Entra ID's groups and users as the model knows them. Pure. A row without id, or a group without name, is undefined. */

import type {
  DirectoryCredential,
  DirectoryCredentialKind,
  Group,
  GroupKind,
  Principal,
  PrincipalState,
} from "../../core/model/directory.ts";
import { isText } from "../../core/model/json.ts";
import { endOf, instantOf } from "../instants.ts";
import type { WireGroup, WireSecret, WireUser } from "./api.ts";

/** `rule` is a dynamic group's own membership rule; `joinable` where anybody in the tenant may add themselves. */
export function toGroup(wire: WireGroup): Group | undefined {
  if (!isText(wire.id) || !isText(wire.displayName)) return undefined;
  return {
    id: wire.id,
    name: wire.displayName,
    kind: toGroupKind(wire),
    ...(isText(wire.description) && { description: wire.description }),
    ...(isText(wire.membershipRule) && { rule: wire.membershipRule }),
    ...(isPublic(wire) && { joinable: true }),
  };
}

/** Of all groups only Microsoft 365 ones can be public, and those anybody in the tenant may join. (2026-11) */
function isPublic({ groupTypes, visibility }: WireGroup): boolean {
  return groupTypes?.includes("Unified") === true && visibility === "Public";
}

/** A group that comes from an on-premises directory is changed there. */
function toGroupKind(wire: WireGroup): GroupKind {
  if (wire.groupTypes?.includes("DynamicMembership")) return "dynamic";
  return wire.onPremisesSyncEnabled === true ? "app" : "static";
}

/**
 * Guests sign in elsewhere under a name like `ana_example.com#EXT#@acme.onmicrosoft.com`; their mail address is what other
 * systems know them by.
 */
export function toPrincipal(wire: WireUser): Principal | undefined {
  if (!isText(wire.id)) return undefined;
  const login = wire.userPrincipalName || wire.mail || wire.id;
  return {
    id: wire.id,
    login: login.toLowerCase(),
    email: (wire.mail || login).toLowerCase(),
    name: isText(wire.displayName) ? wire.displayName : login,
    state: toState(wire),
    ...(wire.userType === "Guest" && { guest: true }),
  };
}

/** True when the application may see that somebody is a member, and not who: Graph then sends ids with empty fields. */
export function isNameless(principal: Principal): boolean {
  return principal.login === principal.id.toLowerCase();
}

/** True for a guest whose own address is not told: the name to sign in with, which contains a mark, is nobody's elsewhere. */
export function isUnaddressed({ email }: Principal): boolean {
  return email.includes("#ext#");
}

/** The row after a change that may name only what changed. */
export function patchPrincipal(before: Principal, wire: WireUser): Principal {
  const changed = toPrincipal({ ...wire, id: before.id });
  if (!changed) return before;
  return {
    id: before.id,
    login: isText(wire.userPrincipalName) ? changed.login : before.login,
    email: isText(wire.mail) ? changed.email : before.email,
    name: isText(wire.displayName) ? changed.name : before.name,
    state: typeof wire.accountEnabled === "boolean" ? changed.state : before.state,
    ...(isText(wire.userType) ? changed.guest && { guest: true } : before.guest && { guest: true }),
  };
}

/** Somebody who was deleted; for thirty days that can be undone, which comes back as another change. */
export function deletedPrincipal(before: Principal): Principal {
  return { ...before, state: "deactivated" };
}

/** A row of those who were deleted. Their names begin with their id then, so that somebody else may take the name. (2026-11) */
export function toDeletedPrincipal(wire: WireUser): Principal | undefined {
  const prefix = (wire.id ?? "").replaceAll("-", "");
  const name = wire.userPrincipalName ?? "";
  const isMarked = prefix !== "" && name.toLowerCase().startsWith(prefix.toLowerCase());
  const found = toPrincipal({ ...wire, userPrincipalName: isMarked ? name.slice(prefix.length) : name });
  return found && deletedPrincipal(found);
}

/** A secret or certificate without its value. One without a name goes by its key id. */
export function toSecret(
  wire: WireSecret,
  kind: DirectoryCredentialKind,
  application: string,
): DirectoryCredential | undefined {
  if (!isText(wire.keyId)) return undefined;
  const [createdAt, expiresAt] = [instantOf(wire.startDateTime), endOf(wire.endDateTime)];
  return {
    id: wire.keyId,
    name: isText(wire.displayName) ? wire.displayName : wire.keyId,
    kind,
    application,
    ...(createdAt !== undefined && { createdAt }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** Without `User.Read.All` Graph leaves `accountEnabled` out, and it is not guessed. */
function toState({ accountEnabled, externalUserState }: WireUser): PrincipalState {
  if (accountEnabled === false) return "deactivated";
  if (externalUserState === "PendingAcceptance") return "staged";
  return accountEnabled === true ? "active" : "unknown";
}
