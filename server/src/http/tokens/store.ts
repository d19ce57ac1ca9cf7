/** Tokens that were exchanged for a grant: kept in memory until shortly before they expire, one exchange at a time. */

import { EXTRA_SCOPES, type ExtraScope, type HttpResponse } from "../../core/model/http.ts";
import type { Failure } from "../../core/model/knowledge.ts";
import { malformed, toFailure } from "../failures.ts";
import { originOf, refused } from "../origins.ts";
import { TransportError } from "../transport.ts";
import { describeRefusal, readToken } from "./answer.ts";
import { entraRequest } from "./entra.ts";
import { askKeyless, askWithKey } from "./google.ts";
import { type TokenGrant, type TokenPost, tokenOrigins } from "./grants.ts";
import { askOkta } from "./okta.ts";

export type TokenAnswer = { readonly ok: true; readonly token: string } | { readonly ok: false; readonly why: Failure };

export interface TokenStore {
  /**
   * A token for the grant. `system` is the connection's name, for messages. With `scope` it is one for that scope alone,
   * where the vendor knows scopes. Never throws.
   */
  find(grant: TokenGrant, system: string, post: TokenPost, scope?: ExtraScope): Promise<TokenAnswer>;
  /** Drops the token of a grant, e.g. after a 401. */
  forget(grant: TokenGrant, scope?: ExtraScope): void;
}

/** A token is renewed this long before its end, so that none expires on its way. Most live an hour. */
const MARGIN_MS = 5 * 60_000;

interface Kept {
  readonly token: string;
  readonly renewAt: number;
}

/** `clock` in milliseconds since 1970. */
export function createTokenStore(clock: () => number): TokenStore {
  const tokens = new Map<string, Kept>();
  const flights = new Map<string, Promise<TokenAnswer>>();

  async function exchange(
    grant: TokenGrant,
    system: string,
    post: TokenPost,
    scope: ExtraScope | undefined,
  ): Promise<TokenAnswer> {
    try {
      // The scope comes with a request, so it is compared with those that are known to read only.
      if (scope !== undefined && !EXTRA_SCOPES.includes(scope))
        return { ok: false, why: refused(system, `${system} is never asked for the scope of this request`) };
      const answer = await ask(grant, clock(), guarded(grant, system, post), scope);
      if (!answer) return { ok: false, why: unusableKey(system) };
      if (answer.status !== 200) return { ok: false, why: describeRefusal(answer, system, grant.kind) };
      const read = readToken(answer.body);
      if ("problem" in read) return { ok: false, why: malformed(system, `${system}: ${read.problem}`) };
      const livesMs = read.expiresIn * 1000;
      tokens.set(keyOf(grant, scope), {
        token: read.token,
        renewAt: clock() + livesMs - Math.min(MARGIN_MS, livesMs / 2),
      });
      return { ok: true, token: read.token };
    } catch (error) {
      if (error instanceof TransportError) return { ok: false, why: whyNoToken(toFailure(error, system)) };
      // The text of an unforeseen error may quote a key, so it is not passed on.
      return { ok: false, why: malformed(system, `the token endpoint of ${system} answered something unexpected`) };
    }
  }

  return {
    async find(grant, system, post, scope) {
      const key = keyOf(grant, scope);
      const kept = tokens.get(key);
      if (kept && clock() < kept.renewAt) return { ok: true, token: kept.token };
      const flight = flights.get(key) ?? exchange(grant, system, post, scope).finally(() => flights.delete(key));
      flights.set(key, flight);
      return flight;
    },
    forget: (grant, scope) => void tokens.delete(keyOf(grant, scope)),
  };
}

function ask(
  grant: TokenGrant,
  nowMs: number,
  post: TokenPost,
  scope: ExtraScope | undefined,
): Promise<HttpResponse | undefined> {
  switch (grant.kind) {
    case "entra-secret":
    case "entra-federated":
      return post(entraRequest(grant));
    case "google-key":
      return askWithKey(grant, nowMs, post);
    case "google-keyless":
      return askKeyless(grant, nowMs, post);
    case "okta-key":
      return askOkta(grant, nowMs, post, scope);
  }
}

/** The last check before a secret leaves: the address must be one of the grant's own token endpoints. */
function guarded(grant: TokenGrant, system: string, post: TokenPost): TokenPost {
  return async (request) => {
    const origin = originOf(request.url) ?? "";
    if (!tokenOrigins(grant).includes(origin))
      throw new TransportError(refused(system, `${origin} is no token endpoint of ${system}`));
    return post(request);
  };
}

/** Assertions and access tokens of the machine change by the hour and stand for the same account, so they are left out. */
function keyOf(grant: TokenGrant, scope?: ExtraScope): string {
  return JSON.stringify({ ...grant, assertion: undefined, accessToken: undefined, scope });
}

/** Okta's token endpoint has the host of its API, so without these words nobody knows which of them is silent. */
function whyNoToken(why: Failure): Failure {
  return why.kind === "unreachable" ? { ...why, message: `no token for ${why.system}: ${why.message}` } : why;
}

function unusableKey(system: string): Failure {
  return {
    kind: "not-configured",
    system,
    message: `the private key of ${system} cannot be used: it must be a PEM in PKCS #8 form ("BEGIN PRIVATE KEY") or a JWK`,
  };
}
