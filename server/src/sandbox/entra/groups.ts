/** `/groups`: listing, one group, its members direct and transitive, their number, and what changed (`delta`). */

import type { Context } from "hono";
import type { OktaGroup } from "../company.ts";
import { allMembers, directMembers, isHidden } from "../directory.ts";
import type { Setting } from "../http/frame.ts";
import { needsOne, notFound } from "./answers.ts";
import { createDelta, isDelta } from "./delta.ts";
import type { GraphApp } from "./graph.ts";
import { type Entity, isEventual, listOf, selector, unsupported } from "./list.ts";
import type { EntraTenant } from "./tenant.ts";
import { USERS } from "./users.ts";
import {
  GROUP_PROPERTIES,
  groupId,
  type Row,
  seenBy,
  toGroup,
  toUser,
  USER_DEFAULTS,
  USER_ON_REQUEST,
  userId,
} from "./wire.ts";

const GROUPS: Entity = { set: "groups", defaults: GROUP_PROPERTIES, onRequest: [] };
const OBJECTS: Entity = {
  set: "directoryObjects",
  defaults: [...new Set([...USER_DEFAULTS, ...GROUP_PROPERTIES])],
  onRequest: USER_ON_REQUEST,
};

/**
 * Takes `GroupMember.Read.All` or `Group.Read.All`; people among members are bare ids without a right to read people.
 */
export function addGroups(app: GraphApp, setting: Setting, tenant: EntraTenant): void {
  const { company } = setting;
  const list = () => [...company.okta.groups.values()].map((group) => toGroup(group, company.okta, tenant));
  const delta = createDelta(setting, {
    entity: GROUPS,
    hasMembers: true,
    objects: () => [...company.okta.groups.values()].map(followed),
  });

  app.get("/v1.0/groups", (context) => {
    needsOne(tenant, "GroupMember.Read.All", "Group.Read.All");
    return context.json(listOf(context, list(), GROUPS, tenant));
  });

  app.get("/v1.0/groups/:id", (context) => {
    needsOne(tenant, "GroupMember.Read.All", "Group.Read.All");
    const id = context.req.param("id");
    if (isDelta(id)) return delta(context);
    if (id === "$count") return counted(context, list().length);
    return context.json(selector(context, GROUPS)(toGroup(find(id), company.okta, tenant)));
  });

  /** `…/members`, `…/transitiveMembers`, each with a cast and `$count` behind it if wanted. */
  app.get("/v1.0/groups/:id/*", (context) => {
    needsOne(tenant, "GroupMember.Read.All", "Group.Read.All");
    const [id = "", relation = "", ...rest] = context.req.path
      .replace("/v1.0/groups/", "")
      .split("/")
      .map(decodeURIComponent);
    const [cast, last] = [rest.find((part) => part.startsWith("microsoft.graph.")), rest.at(-1)];
    const group = find(id);
    if (!["members", "transitiveMembers"].includes(relation)) throw notFound(relation);
    const rows = membersOf(group, relation, cast);
    if (last === "$count") return counted(context, rows.length);
    const entity = cast === "microsoft.graph.user" ? USERS : cast === "microsoft.graph.group" ? GROUPS : OBJECTS;
    return context.json(listOf(context, rows, entity, tenant));
  });

  function find(id: string): OktaGroup {
    for (const group of company.okta.groups.values()) if (groupId(group) === id.toLowerCase()) return group;
    throw notFound(id);
  }

  function followed(group: OktaGroup) {
    return { row: toGroup(group, company.okta, tenant), members: () => directTypes(group) };
  }

  /** Types of the direct members by id. */
  function directTypes(group: OktaGroup): ReadonlyMap<string, string> {
    if (hides(group)) return new Map();
    const { people, groups } = directMembers(company.okta, group);
    return new Map([
      ...people.map((user) => [userId(user), "#microsoft.graph.user"] as const),
      ...groups.map((inner) => [groupId(inner), "#microsoft.graph.group"] as const),
    ]);
  }

  function hides(group: OktaGroup): boolean {
    return isHidden(group) && !tenant.permissions.has("Member.Read.Hidden");
  }

  /** With a cast the type goes without saying. 2026-11 */
  function membersOf(group: OktaGroup, relation: string, cast: string | undefined): readonly Row[] {
    if (hides(group)) return [];
    const members = relation === "members" ? directMembers(company.okta, group) : allMembers(company.okta, group);
    const users = members.people.map((user) => seenBy(tenant, toUser(user, company.okta, tenant)));
    const groups = members.groups.map((inner) => toGroup(inner, company.okta, tenant));
    if (cast === "microsoft.graph.user") return users;
    if (cast === "microsoft.graph.group") return groups;
    if (cast !== undefined) return [];
    return [...users.map(typed("user")), ...groups.map(typed("group"))];
  }
}

function typed(type: "user" | "group"): (row: Row) => Row {
  return (row) => ({ "@odata.type": `#microsoft.graph.${type}`, ...row });
}

/** Plain text, and only with `ConsistencyLevel: eventual`. */
function counted(context: Context, count: number): Response {
  if (!isEventual(context)) throw unsupported("$count is not currently supported.");
  return context.text(String(count));
}
