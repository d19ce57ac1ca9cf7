/**
 * Rerouting to a sandbox on this machine. While a drill is on, nothing real is contacted and stored secrets stay where
 * they are: credentials come from the drill's own environment, and for rerouted origins only.
 */

import { readFile } from "node:fs/promises";
import type { AuthScheme, CredentialRef, HttpRequest } from "../../../server/src/core/model/http.ts";
import { cloudOfGraph } from "../../../server/src/http/clouds.ts";
import { type Environment, environmentSecrets } from "../../../server/src/http/environment.ts";
import { type LoopbackRoutes, NO_ROUTES, parseLoopback, toRealUrl } from "../../../server/src/http/loopback.ts";
import { type Connection, GOOGLE_ORIGIN, originOf, refused, type Vendor } from "../../../server/src/http/origins.ts";
import { isDirectoryScheme } from "../../../server/src/http/readOnly.ts";
import type { SecretSource } from "../../../server/src/http/secrets.ts";
import { TransportError } from "../../../server/src/http/transport.ts";
import type { SystemStatus } from "../../../server/src/lsp/protocol.ts";

export interface Drill {
  /** Real origin to loopback origin. Empty: no drill, the real systems are meant. */
  readonly routes: LoopbackRoutes;
  readonly environment: Environment;
}

export const NO_DRILL: Drill = { routes: NO_ROUTES, environment: {} };

/** The drill that `ACCESSMAP_LOOPBACK` asks for. Throws `TransportError` when it cannot be read, so that nothing is sent. */
export function drillOf(environment: Environment): Drill {
  const parsed = parseLoopback(environment.ACCESSMAP_LOOPBACK);
  if (!parsed.ok) throw new TransportError(parsed.why);
  return parsed.routes.size === 0 ? NO_DRILL : { routes: parsed.routes, environment };
}

/** Secrets of the drill for one request; every origin without a route has none. `systems`: those the connection may mean. */
export function drillSecrets(drill: Drill, request: HttpRequest, systems: readonly SystemStatus[]): SecretSource {
  return {
    async findSecret(credential) {
      const origin = originOf(toRealUrl(drill.routes, request.url));
      if (origin === undefined || !drill.routes.has(origin))
        return { ok: false, why: refused(credential.connection, `the sandbox does not stand in for ${origin}`) };
      const known = systems.find((system) => system.origin === origin);
      const connection: Connection = known ?? guessConnection(credential, origin);
      return environmentSecrets(drill.environment, [connection], readText).findSecret(credential);
    },
  };
}

/** The server may ask before it has told what the connection is. */
function guessConnection({ connection: name, scheme }: CredentialRef, origin: string): Connection {
  if (!isDirectoryScheme(scheme)) return { name, kind: "organization", vendor: "datadog", origin };
  return { name, kind: "directory", vendor: guessVendor(scheme, origin), origin };
}

function guessVendor(scheme: AuthScheme, origin: string): Vendor {
  if (scheme === "okta-ssws") return "okta";
  if (origin === GOOGLE_ORIGIN) return "google";
  return cloudOfGraph(origin) === undefined ? "scim" : "entra";
}

/** Some variables name files, such as the key of a service account. */
function readText(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}
