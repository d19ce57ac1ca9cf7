/** Lets the official client send through ours: its requests get our credentials, retries and limits, and none of its own. */

import type { HttpLibrary } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-common/http/http.js";
import { ResponseContext } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-common/http/http.js";
import type { Cancellation, CredentialRef, HttpRequest } from "../../core/model/http.ts";
import { isRecord } from "../../core/model/json.ts";
import type { Failure } from "../../core/model/knowledge.ts";
import type { HttpClient } from "../../http/client.ts";
import { malformed, RequestError } from "../../http/failures.ts";
import { CLIENT_HEADERS } from "./quirks.ts";

/** Whose credential goes where. `origin` is `https://api.<site>`. */
export interface DatadogAddress {
  readonly connection: string;
  readonly origin: string;
  readonly use: CredentialRef["use"];
}

/**
 * The client's transport. It throws our `RequestError` for every status outside 200 to 299, so that the client's own
 * exceptions, which lose the headers, never arise. `needs` names the permission for the message of a 403.
 */
export function createHttpApi(
  http: HttpClient,
  address: DatadogAddress,
  signal: Cancellation,
  needs: string,
): HttpLibrary {
  const credential: CredentialRef = { connection: address.connection, use: address.use, scheme: "datadog-keys" };
  return {
    async send(context) {
      const body = context.getBody();
      const headers = Object.entries(context.getHeaders()).filter(([name]) => CLIENT_HEADERS.has(name.toLowerCase()));
      const request: HttpRequest = {
        method: context.getHttpMethod() as HttpRequest["method"],
        url: context.getUrl(),
        headers: Object.fromEntries(headers),
        credential,
        ...(typeof body === "string" && { body }),
      };
      const response = await http.sendJson(request, signal, { needs });
      if (response.body !== "" && !isRecord(response.json))
        throw new RequestError(shapeless(address.connection, request));
      return new ResponseContext(
        response.status,
        { ...response.headers },
        {
          text: async () => response.body,
          binary: async () => Buffer.from(response.body),
        },
      );
    },
  };
}

/** Every answer of Datadog is an object, or without a body; the client takes that for granted. */
function shapeless(system: string, { method, url }: HttpRequest): Failure {
  const path = new URL(url).pathname;
  const message = `${system} answered ${method} ${path} with something that is no object; try again later, or look for a proxy in between`;
  return malformed(system, message);
}
