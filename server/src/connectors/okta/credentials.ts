/** API tokens and keys of service apps: whose, how old, when last used. Each list takes an optional scope; secrets are not asked for. */

import type { DirectoryCredential, DirectoryCredentials, Principal } from "../../core/model/directory.ts";
import { isText } from "../../core/model/json.ts";
import { type Failure, itemsOf, type Knowledge, weaken } from "../../core/model/knowledge.ts";
import {
  findUser,
  listApiTokens,
  listAppKeys,
  listGrants,
  listOidcApps,
  type WireApiToken,
  type WireApp,
  type WireAppKey,
  type WireGrant,
  type WireUser,
} from "./api.ts";
import { toAppKey, toPrincipal, toToken } from "./convert.ts";
import { type Okta, readRows } from "./rows.ts";

/** Two lists, each unknown by itself when its scope is missing. */
export async function readCredentials(okta: Okta): Promise<DirectoryCredentials["lists"]> {
  const [tokens, keys] = await Promise.all([readTokens(okta), readAppKeys(okta)]);
  return new Map([
    ["API tokens", tokens],
    ["keys of service apps", keys],
  ]);
}

async function readTokens(okta: Okta): Promise<Knowledge<DirectoryCredential>> {
  const owners = new Map<string, string>();
  const convert = (wire: WireApiToken) => {
    const token = toToken(wire);
    if (token && isText(wire.userId)) owners.set(token.id, wire.userId);
    return token;
  };
  const request = listApiTokens(okta.address);
  const tokens = await readRows(okta, request, "API tokens", convert, false, "the permission okta.apiTokens.read");
  if (tokens.state === "unknown") return tokens;
  const people = new Map(
    await Promise.all([...new Set(owners.values())].map(async (id) => [id, await findOwner(okta, id)] as const)),
  );
  const owned = (token: DirectoryCredential): DirectoryCredential => {
    const owner = people.get(owners.get(token.id) ?? "");
    if (!owner) return token;
    const isGone = owner.state === "deactivated" || owner.state === "suspended";
    return { ...token, owners: [owner.login], ...(isGone && { isOrphaned: true }) };
  };
  return { ...tokens, items: new Map([...tokens.items].map(([id, token]) => [id, owned(token)])) };
}

/** An owner who cannot be looked up leaves the token without one; it is no reason to know less of the token. */
async function findOwner({ address, http, context }: Okta, id: string): Promise<Principal | undefined> {
  try {
    const { json } = await http.sendJson(findUser(address, id), context.signal);
    return toPrincipal(json as WireUser);
  } catch {
    return undefined;
  }
}

interface ServiceApp {
  readonly id: string;
  readonly name: string;
}

/** Applications of other types prove themselves to sign people in, and cannot ask for `okta.*` scopes on their own. */
async function readAppKeys(okta: Okta): Promise<Knowledge<DirectoryCredential>> {
  const needs = "the permission okta.apps.read";
  const others = new Set<string>();
  const convert = ({ id, label, settings }: WireApp): ServiceApp | undefined => {
    if (!isText(id)) return undefined;
    if (settings?.oauthClient?.application_type !== "service") others.add(id);
    return { id, name: isText(label) ? label : id };
  };
  const apps = await readRows(okta, listOidcApps(okta.address), "applications", convert, false, needs);
  if (apps.state === "unknown") return apps;
  const services = [...apps.items.values()].filter(({ id }) => !others.has(id));
  const keys = new Map<string, DirectoryCredential>();
  let gap: Failure | undefined;
  await Promise.all(
    services.map(async (app) => {
      const off = new Set<string>();
      const toKey = (wire: WireAppKey) => {
        const key = toAppKey(wire, app.name);
        if (key && wire.status === "INACTIVE") off.add(key.id);
        return key;
      };
      const [found, scopes] = await Promise.all([
        readRows(okta, listAppKeys(okta.address, app.id), `keys of ${app.name}`, toKey, false, needs),
        readScopes(okta, app.id),
      ]);
      gap ??= found.state === "unknown" ? found.why : found.gap;
      for (const key of itemsOf(found).values())
        if (!off.has(key.id)) keys.set(`${app.id} ${key.id}`, { ...key, ...(scopes && { scopes }) });
    }),
  );
  const known = { ...apps, items: keys };
  return gap ? weaken(known, gap) : known;
}

/** Undefined when the scopes of an application may not be seen. */
async function readScopes({ address, http, context }: Okta, appId: string): Promise<readonly string[] | undefined> {
  try {
    const { json } = await http.sendJson(listGrants(address, appId), context.signal);
    if (!Array.isArray(json)) return undefined;
    return json
      .map((row: WireGrant) => row.scopeId)
      .filter(isText)
      .sort();
  } catch {
    return undefined;
  }
}
