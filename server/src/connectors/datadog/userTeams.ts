/** The teams that one account is in, whoever put it there. */

import { complete, type Knowledge, unknown } from "../../core/model/knowledge.ts";
import type { Instant } from "../../core/model/time.ts";
import { malformed, toFailure } from "../../http/failures.ts";
import { at, type Get, textAt } from "./get.ts";

/** Ids of teams. The list has no pages. https://docs.datadoghq.com/api/latest/teams/#get-user-memberships (2026-09) */
export async function readUserTeams(
  get: Get,
  system: string,
  accountId: string,
  asOf: Instant,
): Promise<Knowledge<string>> {
  try {
    const json = await get(`/api/v2/users/${encodeURIComponent(accountId)}/memberships`, "the permission teams_read");
    const data = at(json, "data");
    const ids = Array.isArray(data)
      ? data.map((row: unknown) => textAt(row, "relationships", "team", "data", "id"))
      : [undefined];
    const known = ids.filter((id) => id !== undefined);
    if (known.length === ids.length) return complete(system, asOf, new Map(known.map((id) => [id, id])));
    return unknown(malformed(system, `${system} answered the teams of a user with something else`));
  } catch (error) {
    return unknown(toFailure(error, system));
  }
}
