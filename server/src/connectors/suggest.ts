/** How any directory is asked for names by their beginning: one request, one page, tried once. */

import type { Group } from "../core/model/directory.ts";
import type { HttpRequest } from "../core/model/http.ts";
import type { Attempt, ReadContext, Suggestions } from "../core/sync/connector.ts";
import type { HttpClient } from "../http/client.ts";
import { toFailure } from "../http/failures.ts";
import { convertAll } from "../http/listing.ts";

export interface SuggestQuestion<W> {
  readonly system: string;
  readonly request: HttpRequest;
  readonly needs: string;
  readonly beginning: string;
  /** The rows of an answer, and whether there may be more; throws when it is no list. */
  readonly toPage: (json: unknown) => { readonly items: readonly W[]; readonly isLast: boolean };
  readonly convert: (row: W) => Group | undefined;
}

/** Names are compared here as well: services differ in case and accents, and some ignore what they do not understand. */
export async function suggest<W>(
  http: HttpClient,
  { system, request, needs, beginning, toPage, convert }: SuggestQuestion<W>,
  { signal }: ReadContext,
): Promise<Attempt<Suggestions>> {
  try {
    const { items, isLast } = toPage((await http.sendJson(request, signal, { needs, tries: 1 })).json);
    const { items: read, gap } = convertAll({ items }, convert, system, "groups");
    const groups = read.filter(({ name }) => name.toLowerCase().startsWith(beginning.toLowerCase()));
    return { ok: true, value: { groups, isWhole: isLast && gap === undefined } };
  } catch (error) {
    return { ok: false, why: toFailure(error, system) };
  }
}

/** Nothing that could be asked for. */
export function noSuggestions(): Attempt<Suggestions> {
  return { ok: true, value: { groups: [], isWhole: false } };
}
