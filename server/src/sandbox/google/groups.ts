/** `/groups` of the Directory API: listing by customer, domain or person; one group; its members. */

import type { OktaGroup } from "../company.ts";
import { allMembers, directMembers, mailDomain, slugOf } from "../directory.ts";
import type { Setting } from "../http/frame.ts";
import { googleId } from "../ids.ts";
import { answer, needs, pageOf, refuseCustomer } from "./answers.ts";
import type { GoogleApp, GoogleContext } from "./directory.ts";
import { forbidden, invalid, notFound } from "./errors.ts";
import type { GoogleTenant } from "./tenant.ts";
import { groupId, groupMail, tagged, toGroup, toMembers } from "./wire.ts";

const BASE = "/admin/directory/v1/groups";
const MOST = 200;

/** Groups take one scope, members another. */
export function addGroups(app: GoogleApp, { company }: Setting, tenant: GoogleTenant): void {
  app.get(BASE, (context) => {
    needs(context, "groups");
    const groups = [...chosen(context)];
    if (context.req.query("orderBy") === "email") groups.sort((a, b) => (slugOf(a) < slugOf(b) ? -1 : 1));
    if (context.req.query("sortOrder") === "DESCENDING") groups.reverse();
    const toRow = (group: OktaGroup) => toGroup(group, company.okta, tenant);
    return pageOf(context, "groups", groups, { most: MOST, mostRows: tenant.mostRows, toRow });
  });

  app.get(`${BASE}/:key`, (context) => {
    needs(context, "groups");
    return answer(context, toGroup(find(context.req.param("key")), company.okta, tenant));
  });

  app.get(`${BASE}/:key/members`, (context) => {
    needs(context, "groups", "members");
    const roles = context.req.query("roles")?.toUpperCase().split(",");
    const derived = context.req.query("includeDerivedMembership") === "true";
    const rows = toMembers(find(context.req.param("key")), company.okta, tenant, derived);
    const kept = rows.filter(({ role }) => !roles || roles.includes(role));
    return pageOf(context, "members", kept, { most: MOST, mostRows: tenant.mostRows, toRow: tagged });
  });

  /** Addresses of other firms are refused here, though they may be members. 2026-11 */
  app.get(`${BASE}/:key/hasMember/:member`, (context) => {
    needs(context, "groups", "members");
    const member = context.req.param("member").toLowerCase();
    if (member.includes("@") && !member.endsWith(`@${mailDomain(company.okta)}`)) throw invalid("memberKey");
    const { people } = allMembers(company.okta, find(context.req.param("key")));
    return answer(context, {
      isMember: people.some((user) => [googleId("user", user.id), user.email].includes(member)),
    });
  });

  /** By id, address or the address every group has besides. */
  function find(key: string): OktaGroup {
    const wanted = key.toLowerCase().replace(/\.test-google-a\.com$/, "");
    for (const group of company.okta.groups.values())
      if (groupId(group) === wanted || groupMail(group, company.okta) === wanted) return group;
    throw notFound("groupKey");
  }

  function chosen(context: GoogleContext): readonly OktaGroup[] {
    const [domain, person] = [context.req.query("domain"), context.req.query("userKey")];
    const customer = context.req.query("customer");
    if (customer === undefined && domain === undefined && person === undefined)
      throw invalid("one of customer, domain and userKey is required");
    if (customer !== undefined && person !== undefined) throw invalid("customer and userKey exclude each other");
    refuseCustomer(context, tenant);
    if (domain !== undefined && domain !== mailDomain(company.okta)) throw forbidden();
    const groups = [...company.okta.groups.values()];
    const test = queryTest(context.req.query("query"));
    if (person === undefined) return groups.filter(test);
    return groups.filter((group) => test(group) && hasDirectly(group, person));
  }

  function hasDirectly(group: OktaGroup, person: string): boolean {
    const { people } = directMembers(company.okta, group);
    return people.some((user) => user.email === person.toLowerCase() || googleId("user", user.id) === person);
  }

  /** `name:`, `email:` with `*` at the end or `=`, and `memberKey=`; joined by blanks, which mean "and". 2026-11 */
  function queryTest(query: string | undefined): (group: OktaGroup) => boolean {
    if (query === undefined || query === "") return () => true;
    const parts = query.match(/(\w+)(:|=)('[^']*'|"[^"]*"|\S+)/g);
    if (!parts || parts.join(" ") !== query.trim().replace(/\s+/g, " ")) throw invalid("query");
    const tests = parts.map((part) => {
      const [, field = "", operator = "", quoted = ""] = /^(\w+)(:|=)(.*)$/.exec(part) ?? [];
      const value = quoted.replace(/^(['"])(.*)\1$/, "$2").toLowerCase();
      if (field === "memberKey") return (group: OktaGroup) => hasDirectly(group, value);
      if (field !== "name" && field !== "email") throw invalid("query");
      const textOf = (group: OktaGroup) =>
        field === "name" ? group.name.toLowerCase() : groupMail(group, company.okta);
      if (operator === "=" && !value.endsWith("*")) return (group: OktaGroup) => textOf(group) === value;
      const start = value.replace(/\*$/, "");
      return (group: OktaGroup) => textOf(group).startsWith(start);
    });
    return (group) => tests.every((test) => test(group));
  }
}
