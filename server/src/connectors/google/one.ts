/** One group of Google, asked for by its key: present, absent, or unknown with the reason. */

import type { Group } from "../../core/model/directory.ts";
import { isRecord } from "../../core/model/json.ts";
import { complete, type Failure, type Knowledge, unknown } from "../../core/model/knowledge.ts";
import { malformed, toFailure } from "../../http/failures.ts";
import { findGroup, NEEDS } from "./api.ts";
import { toGroup } from "./convert.ts";
import type { Google } from "./list.ts";
import { explainDenial } from "./quirks.ts";

/** One group by its key. Keys may also be other addresses of a group; those do not count as its name. */
export async function readOne(
  google: Google,
  key: string,
  isMeant: (group: Group) => boolean,
): Promise<Knowledge<Group>> {
  const { address, http, context } = google;
  const system = address.connection;
  const asOf = http.now();
  try {
    const { json } = await http.sendJson(findGroup(address, key), context.signal, { needs: NEEDS });
    const group = isRecord(json) ? toGroup(json) : undefined;
    if (!group) return unknown(malformed(system, `${system} answered a group with something else`));
    return complete(system, asOf, new Map(isMeant(group) ? [[group.id, group]] : []));
  } catch (error) {
    const why = explainDenial(toFailure(error, system));
    return isAbsent(why) ? complete(system, asOf, new Map()) : unknown(why);
  }
}

/** Google's own 404; or 400 for a key that is neither an address nor an id, which no group can have. */
function isAbsent({ kind, status, message }: Failure): boolean {
  if (kind !== "rejected") return false;
  return (status === 404 && /not found/i.test(message)) || (status === 400 && /invalid input: groupKey/i.test(message));
}
