/**
 * Rerouting to a sandbox on this machine. While a drill is on, nothing real is contacted and stored secrets stay where
 * they are: credentials come from the drill's own environment, and for rerouted origins only.
 */

import type { AuthScheme, HttpRequest } from "../../server/src/core/model/http.ts";
import { type Environment, environmentSecrets } from "../../server/src/http/environment.ts";
import { type LoopbackRoutes, NO_ROUTES, parseLoopback, toRealUrl } from "../../server/src/http/loopback.ts";
import { originOf, refused, type Vendor } from "../../server/src/http/origins.ts";
import type { SecretSource } from "../../server/src/http/secrets.ts";
import { TransportError } from "../../server/src/http/transport.ts";

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

/** Secrets of the drill for one request; every origin without a route has none. `vendor` tells which variables count. */
export function drillSecrets(drill: Drill, request: HttpRequest, vendor: Vendor | undefined): SecretSource {
  return {
    async findSecret(credential) {
      const origin = originOf(toRealUrl(drill.routes, request.url));
      if (origin === undefined || !drill.routes.has(origin))
        return { ok: false, why: refused(credential.connection, `the sandbox does not stand in for ${origin}`) };
      const meant = vendor ?? guessVendor(credential.scheme);
      const kind = meant === "datadog" ? "organization" : "directory";
      const connection = { name: credential.connection, kind, vendor: meant, origin } as const;
      return environmentSecrets(drill.environment, [connection]).findSecret(credential);
    },
  };
}

function guessVendor(scheme: AuthScheme): Vendor {
  if (scheme === "okta-ssws") return "okta";
  return scheme === "bearer" ? "scim" : "datadog";
}
