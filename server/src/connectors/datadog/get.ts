/** Plain reads of what the official client has no call for, or types with far more models than we look at. */

import type { Cancellation, CredentialRef, HttpRequest } from "../../core/model/http.ts";
import { isRecord, isText } from "../../core/model/json.ts";
import type { HttpClient } from "../../http/client.ts";
import type { DatadogAddress } from "./transport.ts";

/** The parsed answer to a GET of a path. Throws `RequestError`. `needs` names the permission for the message of a 403. */
export type Get = (path: string, needs: string) => Promise<unknown>;

/**
 * A GET for the JSON at a path with its query. Throws `RequestError`; `needs` is the permission that its text names.
 */
export function createGet(http: HttpClient, address: DatadogAddress, signal: Cancellation): Get {
  return async (path, needs) => (await http.sendJson(getRequest(address, path), signal, { needs })).json;
}

/** The request itself, with the address's credential and nothing sent. */
export function getRequest({ connection, origin, use }: DatadogAddress, path: string): HttpRequest {
  const credential: CredentialRef = { connection, use, scheme: "datadog-keys" };
  return { method: "GET", url: `${origin}${path}`, credential };
}

/** A value deep inside an answer, or undefined where the path leaves it. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

/** The text below some keys; undefined for an empty one and for anything else. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const text = at(value, ...path);
  return isText(text) ? text : undefined;
}

/** A moment in any of the spellings that Datadog uses, as ISO text in UTC; undefined for null and nonsense. */
export function instantAt(value: unknown, ...path: readonly string[]): string | undefined {
  const time = Date.parse(textAt(value, ...path) ?? "");
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
