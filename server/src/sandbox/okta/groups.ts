/** `/api/v1/groups`: listing in three ways, one group, its members, and the rules that feed groups. */

import type { Context } from "hono";
import type { OktaGroup } from "../company.ts";
import type { Setting } from "../http/frame.ts";
import { intOf } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import type { OktaApp } from "./app.ts";
import { pageOf } from "./paging.ts";
import { compile, GROUP_FILTER, GROUP_SEARCH } from "./search.ts";
import { toGroup, toRule, toUser } from "./wire.ts";

/** The three ways of listing are told apart as Okta does: `q` cuts short and pages no further. */
export function addGroups(app: OktaApp, { company }: Setting): void {
  app.get("/api/v1/groups", (context) => {
    const { origin } = new URL(context.req.url);
    const [q, filter, search] = [context.req.query("q"), context.req.query("filter"), context.req.query("search")];
    const form = { stats: context.req.query("expand")?.includes("stats") === true, origin };
    const groups = [...company.okta.groups.values()];
    if (q !== undefined) return context.json(pick(context, groups, q).map((group) => toGroup(group, form)));
    const tests = [
      ...(filter ? [compile(filter, GROUP_FILTER)] : []),
      ...(search ? [compile(search, GROUP_SEARCH)] : []),
    ];
    const rows = groups.map((group) => toGroup(group, form)).filter((row) => tests.every((test) => test(row)));
    return context.json(pageOf(context, rows, { fallback: 10_000, most: 10_000 }));
  });

  app.get("/api/v1/groups/rules", (context) => {
    const search = context.req.query("search")?.toLowerCase() ?? "";
    const withNames = context.req.query("expand") === "groupIdToGroupNameMap";
    const rules = company.okta.rules.filter((rule) => rule.name.toLowerCase().includes(search));
    const page = pageOf(context, rules, { fallback: 50, most: 200 });
    return context.json(page.map((rule) => toRule(rule, company.okta, withNames)));
  });

  app.get("/api/v1/groups/:id", (context) => {
    const { origin } = new URL(context.req.url);
    return context.json(toGroup(find(company.okta.groups, context.req.param("id")), { stats: false, origin }));
  });

  app.get("/api/v1/groups/:id/users", (context) => {
    const { origin } = new URL(context.req.url);
    const group = find(company.okta.groups, context.req.param("id"));
    const members = group.members.flatMap((id) => company.okta.users.get(id) ?? []);
    const page = pageOf(context, members, { fallback: 1000, most: 1000 });
    return context.json(page.map((user) => toUser(user, origin)));
  });
}

/** `q` is a name picker: beginnings only, 300 at most unless told, no pages. */
function pick(context: Context, groups: readonly OktaGroup[], q: string): readonly OktaGroup[] {
  const limit = intOf(context, "limit", { fallback: 300, least: 1, most: 10_000 });
  const prefix = q.toLowerCase();
  return groups.filter(({ name }) => name.toLowerCase().startsWith(prefix)).slice(0, limit ?? 300);
}

function find(groups: ReadonlyMap<string, OktaGroup>, id: string): OktaGroup {
  const group = groups.get(id);
  if (!group) throw new VendorError(404, `Not found: Resource not found: ${id} (UserGroup)`);
  return group;
}
