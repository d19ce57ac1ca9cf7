/** SCIM Users: people of the organization with their roles. Disabled instead of deleted, and never renamed. */

import type { AuditEvent, DatadogUser } from "../company.ts";
import type { DatadogApp, DatadogContext } from "../datadog/caller.ts";
import { recordAccess, userAsset } from "../datadog/record.ts";
import { createUser, setDisabled } from "../datadog/users.ts";
import type { Setting } from "../http/frame.ts";
import { isRecord, readBody, textAt } from "../http/query.ts";
import { VendorError } from "../http/vendorError.ts";
import { equalities, listOf, unsupported } from "./list.ts";
import { attributesOf, readOperations } from "./patch.ts";
import { matchRoles } from "./roles.ts";
import { toUser } from "./wire.ts";

const PATH = "/api/v2/scim/Users";

/** Service accounts are not there to SCIM. What is created or changed here shows in the other API at once. */
export function addUsers(app: DatadogApp, setting: Setting): void {
  const answer = (context: DatadogContext, user: DatadogUser) =>
    toUser(user, setting.company.datadog, new URL(context.req.url).origin);
  const people = () => [...setting.company.datadog.users.values()].filter((user) => !user.serviceAccount);

  app.get(PATH, (context) => {
    const filter = context.req.query("filter");
    const found = filter ? people().filter(byUserName(filter)) : people();
    return context.json(
      listOf(
        context,
        found.map((user) => answer(context, user)),
      ),
    );
  });

  app.get(`${PATH}/:id`, (context) => context.json(answer(context, find(setting, context.req.param("id")))));

  app.post(PATH, async (context) => {
    const body = await readBody(context);
    const userName = textAt(body, "userName")?.toLowerCase();
    if (!body || !userName?.includes("@")) throw new VendorError(400, "userName must be an email address");
    // 409 is not in the specification, but it is what clients meet. 2026-08
    if (people().some((user) => user.handle === userName))
      throw new VendorError(409, `User ${userName} already exists`);
    const user = createUser(setting, userName, userName, []);
    user.roleIds = matchRoles(setting, context, user, "roles" in body ? body.roles : []);
    user.rolesFromScim = "roles" in body;
    for (const [path, value] of Object.entries(body))
      if (path !== "roles") assign(setting, context, user, "replace", path, value);
    record(setting, context, "created", user);
    return context.json(answer(context, user), 201);
  });

  // 2026-09: what PUT does to roles it does not name is not documented; here they stay.
  app.put(`${PATH}/:id`, async (context) => {
    const user = find(setting, context.req.param("id"));
    const body = await readBody(context);
    if (!body || textAt(body, "userName") === undefined) throw new VendorError(400, "userName is required");
    commit(setting, context, user, (draft) => {
      for (const [path, value] of Object.entries(body)) assign(setting, context, draft, "replace", path, value);
    });
    return context.json(answer(context, user));
  });

  // 2026-08: `add` and `replace` only; access is taken away by replacing.
  app.patch(`${PATH}/:id`, async (context) => {
    const user = find(setting, context.req.param("id"));
    const operations = readOperations(await readBody(context), ["add", "replace"]);
    commit(setting, context, user, (draft) => {
      for (const operation of operations)
        for (const [path, value] of attributesOf(operation)) assign(setting, context, draft, operation.op, path, value);
    });
    return context.json(answer(context, user));
  });

  app.delete(`${PATH}/:id`, (context) => {
    const user = find(setting, context.req.param("id"));
    setDisabled(setting, user, true);
    record(setting, context, "deleted", user);
    return context.body(null, 204);
  });
}

/** RFC 7644, 3.5.2: one bad operation undoes the whole PATCH, so changes are made to a copy first. */
function commit(
  setting: Setting,
  context: DatadogContext,
  user: DatadogUser,
  change: (draft: DatadogUser) => void,
): void {
  const draft = structuredClone(user);
  change(draft);
  const { disabled, ...rest } = draft;
  Object.assign(user, rest, { modifiedAt: setting.now().toISOString() });
  setDisabled(setting, user, disabled);
  record(setting, context, "modified", user);
}

/** Attributes without a place in Datadog are ignored, as SCIM servers do. */
function assign(
  setting: Setting,
  context: DatadogContext,
  user: DatadogUser,
  op: string,
  path: string,
  value: unknown,
): void {
  switch (path) {
    case "userName":
      if (typeof value !== "string" || value.toLowerCase() !== user.handle)
        throw new VendorError(400, "userName is immutable");
      return;
    case "active":
      if (typeof value !== "boolean") throw new VendorError(400, "'active' should be boolean");
      user.disabled = !value;
      return;
    case "title":
      user.title = typeof value === "string" ? value : null;
      return;
    case "name":
      user.name = textAt(value, "formatted") ?? user.name;
      return;
    case "name.formatted":
      user.name = typeof value === "string" ? value : user.name;
      return;
    case "emails":
      user.email = (Array.isArray(value) ? textAt(value.find(isRecord), "value") : undefined) ?? user.email;
      return;
    case "roles": {
      const matched = matchRoles(setting, context, user, value);
      user.roleIds = op === "add" ? [...new Set([...user.roleIds, ...matched])] : matched;
      user.rolesFromScim = true;
    }
  }
}

function byUserName(filter: string): (user: DatadogUser) => boolean {
  const wanted = equalities(filter);
  const userName = wanted.get("userName")?.toLowerCase();
  if (userName === undefined || wanted.size > 1) throw unsupported();
  return (user) => user.handle === userName;
}

function find({ company }: Setting, id: string): DatadogUser {
  const user = company.datadog.users.get(id);
  if (!user || user.serviceAccount) throw new VendorError(404, `User ${id} not found`);
  return user;
}

function record(setting: Setting, context: DatadogContext, action: AuditEvent["action"], user: DatadogUser): void {
  recordAccess(setting, context, action, userAsset(user), `User ${user.handle} was ${action} through SCIM`);
}
