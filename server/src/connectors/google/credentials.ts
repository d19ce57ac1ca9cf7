/** Keys of the service account that reads the directory: how old they are and when they end. Google's IAM tells nothing of their use. */

import type { DirectoryCredential, DirectoryCredentials } from "../../core/model/directory.ts";
import { isRecord } from "../../core/model/json.ts";
import { type Failure, type Knowledge, unknown } from "../../core/model/knowledge.ts";
import { malformed, toFailure } from "../../http/failures.ts";
import { convertAll, toKnowledge } from "../../http/listing.ts";
import { endOf, instantOf } from "../instants.ts";
import { listKeys, type WireKey } from "./api.ts";
import type { Google } from "./list.ts";

const LIST = "keys of the service account";
const NEEDS = "the permission iam.serviceAccountKeys.list";

/** The keys of the service account that reads the directory, by its address; unknown where nobody named one. */
export async function readCredentials(
  google: Google,
  serviceAccount: string | undefined,
): Promise<DirectoryCredentials["lists"]> {
  const keys = serviceAccount === undefined ? unknown(unnamed(google)) : await readKeys(google, serviceAccount);
  return new Map([[LIST, keys]]);
}

async function readKeys(
  { address, http, context }: Google,
  serviceAccount: string,
): Promise<Knowledge<DirectoryCredential>> {
  const system = address.connection;
  const asOf = http.now();
  try {
    const { json } = await http.sendJson(listKeys(address, serviceAccount), context.signal, { needs: NEEDS });
    // An account without keys is an empty object, so only the kind of answer tells it from something else.
    const rows = isRecord(json) ? (json.keys ?? []) : undefined;
    if (!Array.isArray(rows)) throw new TypeError("the answer is no list of keys");
    const listing = { items: rows.filter((row: WireKey) => row?.disabled !== true) };
    const toKey = (wire: WireKey) => toCredential(wire, serviceAccount);
    return toKnowledge(convertAll(listing, toKey, system, LIST), system, asOf, ({ id }) => id);
  } catch (error) {
    if (error instanceof TypeError)
      return unknown(malformed(system, `${system} answered the ${LIST} with something that is no list`));
    return unknown(toFailure(error, system));
  }
}

function toCredential(wire: WireKey, serviceAccount: string): DirectoryCredential | undefined {
  const id = /\/keys\/([^/]+)$/.exec(wire.name ?? "")?.[1];
  if (id === undefined) return undefined;
  const [createdAt, expiresAt] = [instantOf(wire.validAfterTime), endOf(wire.validBeforeTime)];
  return {
    id,
    name: id,
    kind: "service-account-key",
    application: serviceAccount,
    ...(createdAt !== undefined && { createdAt }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

function unnamed({ address: { connection } }: Google): Failure {
  const message = `accessmap.yaml does not say which service account reads ${connection} (service_account)`;
  return { kind: "not-configured", system: connection, message };
}
