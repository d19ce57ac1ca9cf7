/**
 * Secrets and certificates of the applications that matter here: those that hold application permissions on Graph, and so
 * can act on the directory without a person, and those that sign people in to Datadog. A tenant has hundreds of others.
 */

import type { DirectoryCredential, DirectoryCredentials } from "../../core/model/directory.ts";
import { isText } from "../../core/model/json.ts";
import { complete, type Failure, partial, unknown } from "../../core/model/knowledge.ts";
import { push } from "../../core/model/maps.ts";
import { SITES } from "../../core/model/project.ts";
import { malformed } from "../../http/failures.ts";
import { incomplete, type Listing } from "../../http/listing.ts";
import {
  findGraphItself,
  listApplications,
  listAssignments,
  listOwners,
  listServicePrincipals,
  type WireApplication,
  type WireAssignment,
  type WireGraphItself,
  type WireSecret,
  type WireServicePrincipal,
} from "./api.ts";
import { toSecret } from "./convert.ts";
import { type Graph, readList } from "./graph.ts";

const NEEDS = "the Microsoft Graph permission Application.Read.All";
const LIST = "secrets and certificates of applications";

/** An application whose credentials are looked at. */
interface Holder {
  readonly kind: "applications" | "servicePrincipals";
  readonly wire: WireApplication;
  /** Application permissions on Graph, by name. */
  readonly scopes: readonly string[];
}

/**
 * One list, keyed by holder and key. It is complete only when all lists behind it were and every holder told its
 * secrets; with none of Graph's permissions it is unknown. With the tenant's id it is noticed when one of its own
 * applications is missing from the list.
 */
export async function readCredentials(
  graph: Graph,
  tenant: string | undefined,
): Promise<DirectoryCredentials["lists"]> {
  const asOf = graph.http.now();
  const system = graph.address.connection;
  const read = <T extends { readonly id?: string }>(request: Parameters<typeof readList>[1], what: string) =>
    readList<T>(graph, request, what, false, NEEDS);

  const itself = await read<WireGraphItself>(findGraphItself(graph.address), "Microsoft Graph itself");
  const [self] = itself.items;
  // Each further request would be refused alike.
  if (!self?.id) return new Map([[LIST, unknown(itself.gap ?? noGraph(system))]]);
  const [assignments, applications, principals] = await Promise.all([
    read<WireAssignment>(listAssignments(graph.address, self.id), "application permissions"),
    read<WireApplication>(listApplications(graph.address), "applications"),
    read<WireServicePrincipal>(listServicePrincipals(graph.address), "service principals"),
  ]);
  const holders = holdersOf(self, assignments, applications, principals);
  const found = new Map<string, DirectoryCredential>();
  let gap: Failure | undefined =
    assignments.gap ?? applications.gap ?? principals.gap ?? findUnlisted(system, tenant, applications, principals);
  await Promise.all(
    holders.map(async (holder) => {
      const held = credentialsOf(holder);
      if (!held) gap ??= untold(system, holder.wire.displayName ?? "");
      if (!held?.length) return;
      const owners = await ownersOf(graph, holder);
      const { scopes } = holder;
      for (const one of held) found.set(`${holder.wire.id} ${one.id}`, { ...one, scopes, ...(owners && { owners }) });
    }),
  );
  if (!gap) return new Map([[LIST, complete(system, asOf, found)]]);
  return new Map([[LIST, found.size === 0 ? unknown(gap) : partial(system, asOf, found, gap)]]);
}

function holdersOf(
  self: WireGraphItself,
  assignments: Listing<WireAssignment>,
  applications: Listing<WireApplication>,
  principals: Listing<WireServicePrincipal>,
): readonly Holder[] {
  const names = new Map((self.appRoles ?? []).map(({ id, value }) => [id, value]));
  const held = new Map<string, string[]>();
  for (const { principalId = "", appRoleId } of assignments.items)
    push(held, principalId, names.get(appRoleId) ?? "an unknown permission");
  const scopesByApp = new Map<string, readonly string[]>();
  for (const { id = "", appId } of principals.items) {
    const scopes = held.get(id);
    if (appId !== undefined && scopes) scopesByApp.set(appId, [...new Set(scopes)].sort());
  }
  const signIn = principals.items.filter(signsInToDatadog);
  const signInApps = new Set(signIn.map(({ appId }) => appId));
  const scopesOf = ({ appId = "" }: WireApplication) => scopesByApp.get(appId) ?? [];
  return [
    ...applications.items
      .filter((app) => scopesOf(app).length > 0 || signInApps.has(app.appId))
      .map((wire): Holder => ({ kind: "applications", wire, scopes: scopesOf(wire) })),
    // Secrets and certificates can also be kept on this side, as those that sign SAML assertions are.
    ...principals.items
      .filter((principal) => scopesOf(principal).length > 0 || signInApps.has(principal.appId))
      .map((wire): Holder => ({ kind: "servicePrincipals", wire, scopes: scopesOf(wire) })),
  ];
}

/** What is registered here must be among the applications: a list that came back empty has no other mark. */
function findUnlisted(
  system: string,
  tenant: string | undefined,
  applications: Listing<WireApplication>,
  principals: Listing<WireServicePrincipal>,
): Failure | undefined {
  const listed = new Set(applications.items.map(({ appId }) => appId));
  // A managed identity has no application.
  const isOurs = ({ servicePrincipalType: type, appOwnerOrganizationId: owner }: WireServicePrincipal) =>
    tenant !== undefined && type === "Application" && owner?.toLowerCase() === tenant.toLowerCase();
  const missing = principals.items.find((one) => isOurs(one) && !listed.has(one.appId));
  return missing && incomplete(system, `${system} did not list "${missing.displayName ?? ""}" among its applications`);
}

/** Assertions for Datadog go to a host of one of its sites, whatever the application is called. */
function signsInToDatadog({ replyUrls }: WireServicePrincipal): boolean {
  return (replyUrls ?? []).some((url) => {
    const host = /^https:\/\/([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? "";
    return SITES.some((site) => host === site || host.endsWith(`.${site}`));
  });
}

/** Undefined when Graph left the fields out, which is not the same as that there are none. */
function credentialsOf({ kind, wire }: Holder): readonly DirectoryCredential[] | undefined {
  const { passwordCredentials: passwords, keyCredentials: keys } = wire;
  if (!passwords || !keys) return undefined;
  const application = wire.displayName || wire.appId || "";
  const isSigner = (key: WireSecret) => kind === "servicePrincipals" && key.usage === "Sign";
  const thumbprints = new Set(keys.filter(isSigner).map(thumbprintOf));
  const keyIds = new Set(keys.map(({ keyId }) => keyId));
  return [
    ...keys
      // The half that checks a signature is no credential of its own.
      .filter((key) => isSigner(key) || !thumbprints.has(thumbprintOf(key)))
      .map((key) => toSecret(key, isSigner(key) ? "signing-certificate" : "certificate", application)),
    // A password under the id of a key opens the file with that key, and nothing else.
    ...passwords
      .filter(({ keyId }) => !keyIds.has(keyId))
      .map((password) => toSecret(password, "client-secret", application)),
  ].filter((one) => one !== undefined);
}

function thumbprintOf({ customKeyIdentifier, keyId }: WireSecret): string {
  return customKeyIdentifier ?? keyId ?? "";
}

/** Undefined when owners could not be listed wholly. */
async function ownersOf(graph: Graph, { kind, wire }: Holder): Promise<readonly string[] | undefined> {
  const { items, gap } = await readList<{ id?: string; displayName?: string; userPrincipalName?: string }>(
    graph,
    listOwners(graph.address, kind, wire.id ?? ""),
    `owners of ${wire.displayName ?? ""}`,
    false,
    NEEDS,
  );
  if (gap) return undefined;
  return items
    .map(({ userPrincipalName, displayName, id }) => [userPrincipalName?.toLowerCase(), displayName, id].find(isText))
    .filter(isText)
    .sort();
}

function noGraph(system: string): Failure {
  return malformed(system, `${system} does not list Microsoft Graph among its service principals`);
}

function untold(system: string, application: string): Failure {
  return malformed(system, `${system} listed "${application}" without its secrets and certificates`);
}
