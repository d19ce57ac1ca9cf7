/** Directories are read and never written, whatever asks: the transport lets nothing else through. */

import type { AuthScheme, HttpRequest } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";
import { refused } from "./origins.ts";

const DIRECTORY_SCHEMES: ReadonlySet<AuthScheme> = new Set(["okta-ssws", "bearer"]);

/** True for the schemes that directories take; a Datadog credential never goes by one of them. */
export function isDirectoryScheme(scheme: AuthScheme): boolean {
  return DIRECTORY_SCHEMES.has(scheme);
}

/** Why a request must not be sent because it could change a directory, or undefined when it only reads. */
export function refuseWrite(request: HttpRequest): Failure | undefined {
  const { credential, method, body } = request;
  if (!credential || !isDirectoryScheme(credential.scheme)) return undefined;
  if (method === "GET" && body === undefined && credential.use === "read") return undefined;
  return refused(
    credential.connection,
    `${credential.connection} is a directory and is only read: no ${method} is sent`,
  );
}
