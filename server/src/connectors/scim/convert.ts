/** SCIM groups, users and members as the model knows them. Pure. A row without id or name is undefined. */

import type { Group, Principal, PrincipalState } from "../../core/model/directory.ts";
import { attribute, textOf, truthOf, valuesOf } from "./attributes.ts";

/** SCIM knows no rules, so every group is a static one. */
export function toGroup(resource: unknown): Group | undefined {
  const [id, name] = [textOf(resource, "id"), textOf(resource, "displayName")];
  return id === undefined || name === undefined ? undefined : { id, name, kind: "static" };
}

/** A person, with the ids of the groups that the row names; `groups` is undefined when the service does not tell them. */
export interface Person extends Principal {
  readonly groups: readonly string[] | undefined;
  /** True when the row names groups that cannot be read. */
  readonly isVague: boolean;
}

/** Without `active` the state is unknown, not on. */
export function toPerson(resource: unknown): Person | undefined {
  const [id, login] = [textOf(resource, "id"), textOf(resource, "userName")];
  if (id === undefined || login === undefined) return undefined;
  const named = valuesOf(resource, "groups");
  const groups = named?.flatMap((group) => textOf(group, "value") ?? []);
  return {
    id,
    login: login.toLowerCase(),
    email: (primaryEmail(resource) ?? login).toLowerCase(),
    name: nameOf(resource) ?? login,
    state: toState(truthOf(resource, "active")),
    groups,
    isVague: groups?.length !== named?.length,
  };
}

/** The person without what the row tells of groups. */
export function toPrincipal({ groups: _, isVague: __, ...principal }: Person): Principal {
  return principal;
}

/** What a member is: `type` and `value` are optional, and then the address it refers to tells (RFC 7643, 4.2). */
export interface Member {
  readonly id: string;
  readonly kind: "user" | "group" | "unknown";
}

/** Undefined without an id. What kind of member it is stays `unknown` when neither its type nor its address tells. */
export function toMember(value: unknown): Member | undefined {
  const [, resource = "", referred] = /.*\b(Users|Groups)\/([^/?#]+)/i.exec(textOf(value, "$ref") ?? "") ?? [];
  const id = textOf(value, "value") ?? (referred === undefined ? undefined : decodeURIComponent(referred));
  if (id === undefined) return undefined;
  const type = textOf(value, "type")?.toLowerCase();
  if (type === "user" || type === "group") return { id, kind: type };
  return { id, kind: resource === "" ? "unknown" : /^g/i.test(resource) ? "group" : "user" };
}

/** A service that leaves `active` out does not say whether somebody may sign in, and it is not guessed. */
function toState(active: boolean | undefined): PrincipalState {
  if (active === undefined) return "unknown";
  return active ? "active" : "deactivated";
}

function primaryEmail(resource: unknown): string | undefined {
  const emails = valuesOf(resource, "emails") ?? [];
  const primary = emails.find((email) => truthOf(email, "primary")) ?? emails.find((email) => textOf(email, "value"));
  return textOf(primary, "value");
}

function nameOf(resource: unknown): string | undefined {
  const name = attribute(resource, "name");
  const parts = [textOf(name, "givenName"), textOf(name, "familyName")].filter((part) => part !== undefined);
  return (
    textOf(resource, "displayName") ?? textOf(name, "formatted") ?? (parts.length > 0 ? parts.join(" ") : undefined)
  );
}
