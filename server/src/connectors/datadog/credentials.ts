/** Keys and tokens of the organization: who they act as and what they are cut down to. Read on demand, never a secret. */

import { type Failure, gapOf, type Knowledge, weaken } from "../../core/model/knowledge.ts";
import type { Credential, CredentialKind, Credentials } from "../../core/model/target.ts";
import type { Instant } from "../../core/model/time.ts";
import type { CountedPage } from "../../http/countedPages.ts";
import { malformed, RequestError } from "../../http/failures.ts";
import { at, type Get, instantAt, textAt } from "./get.ts";
import { KEY_LISTS, PAGE_SIZE, SERVICE_TOKEN } from "./quirks.ts";

export interface CredentialRow {
  readonly id: string | undefined;
  readonly json: unknown;
}

/** Gathers one list; the reader's own way of making knowledge from pages. */
export type ListCredentials = (
  what: string,
  readPage: (page: number) => Promise<CountedPage<CredentialRow>>,
  convert: (row: CredentialRow) => Credential | undefined,
) => Promise<Knowledge<Credential>>;

/**
 * The three lists, each unknown by itself when its right is missing. Tokens count as incomplete as long as application
 * keys do: without the right to see other people's, Datadog lists one's own and says nothing.
 */
export async function readCredentials(
  get: Get,
  system: string,
  askedAt: Instant,
  list: ListCredentials,
): Promise<Credentials> {
  const read = (name: keyof typeof KEY_LISTS, what: string, kindOf: (json: unknown) => CredentialKind) =>
    list(
      what,
      (page) => readPage(get, system, name, page),
      ({ json }) => toCredential(json, kindOf(json)),
    );
  const [apiKeys, applicationKeys, tokens] = await Promise.all([
    read("apiKeys", "API keys", () => "api-key"),
    read("applicationKeys", "application keys", () => "application-key"),
    read("tokens", "access tokens", toTokenKind),
  ]);
  const gap = gapOf(applicationKeys);
  return { askedAt, apiKeys, applicationKeys, tokens: gap ? weaken(tokens, mayBeOwn(system, gap)) : tokens };
}

async function readPage(
  get: Get,
  system: string,
  name: keyof typeof KEY_LISTS,
  page: number,
): Promise<CountedPage<CredentialRow>> {
  const { path, needs } = KEY_LISTS[name];
  const json = await get(`${path}?page[size]=${PAGE_SIZE}&page[number]=${page}`, needs);
  const [data, total] = [at(json, "data"), at(json, "meta", "page", "total_filtered_count")];
  if (!Array.isArray(data)) throw new RequestError(malformed(system, `${system} answered ${path} without a list`));
  const items = data.map((row: unknown) => ({ id: textAt(row, "id"), json: row }));
  return { items, total: typeof total === "number" ? total : undefined };
}

/** A row as the model knows it. A last4 that is longer than its name says is cut, so that no secret slips through. */
export function toCredential(json: unknown, kind: CredentialKind): Credential | undefined {
  const id = textAt(json, "id");
  if (id === undefined) return undefined;
  const last4 = textAt(json, "attributes", "last4")?.slice(-4);
  const ownerId =
    textAt(json, "relationships", "owned_by", "data", "id") ??
    textAt(json, "relationships", "created_by", "data", "id");
  const scopes = kind === "api-key" ? undefined : toScopes(at(json, "attributes", "scopes"));
  const createdAt = instantAt(json, "attributes", "created_at");
  const lastUsedAt =
    instantAt(json, "attributes", "last_used_at") ??
    instantAt(json, "attributes", "last_used_date", "timestamp") ??
    instantAt(json, "attributes", "date_last_used");
  const expiresAt = instantAt(json, "attributes", "expires_at");
  return {
    id,
    name: textAt(json, "attributes", "name") ?? id,
    kind,
    ...(last4 !== undefined && { last4 }),
    ...(ownerId !== undefined && { ownerId }),
    ...(scopes !== undefined && { scopes }),
    ...(createdAt !== undefined && { createdAt }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/** Null is a statement, a missing field is none. */
function toScopes(value: unknown): readonly string[] | null | undefined {
  if (value === null) return null;
  return Array.isArray(value) ? value.filter((scope) => typeof scope === "string").sort() : undefined;
}

function toTokenKind(json: unknown): CredentialKind {
  const isService =
    textAt(json, "type") === SERVICE_TOKEN.type ||
    textAt(json, "relationships", "owned_by", "data", "type") === SERVICE_TOKEN.owner ||
    textAt(json, "attributes", "public_portion")?.startsWith(SERVICE_TOKEN.prefix) === true;
  return isService ? "service-token" : "personal-token";
}

function mayBeOwn(system: string, { kind, status }: Failure): Failure {
  const message = `the access tokens that ${system} listed may be those of the key's owner alone, because the application keys of the organization could not be read`;
  return { kind, system, message, ...(status !== undefined && { status }) };
}
