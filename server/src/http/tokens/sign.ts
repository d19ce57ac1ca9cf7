/** Signed statements about oneself (JWT, RFC 7523) for token endpoints. */

// jose: signs with WebCrypto, so it runs in Node, in the editor and in a browser alike, and has no dependencies.
import { importJWK, importPKCS8, type JWK, SignJWT } from "jose";
import { isRecord } from "../../core/model/json.ts";

export interface Claims {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  readonly scope?: string;
}

/** Seconds a statement is valid. Okta and Google accept up to an hour; it is used at once. */
export const LIFETIME_S = 300;

/**
 * The claims signed with `privateKey`, a PEM (PKCS #8, RSA) or a JWK as JSON (RSA or EC). Undefined when the key cannot be
 * used: the reason a library gives could quote it, so none is passed on.
 */
export async function signClaims(
  claims: Claims,
  privateKey: string,
  keyId: string | undefined,
  nowMs: number,
): Promise<string | undefined> {
  try {
    const jwk = parseJwk(privateKey);
    const alg = jwk ? (jwk.alg ?? algorithmOf(jwk)) : "RS256";
    const key = jwk ? await importJWK(jwk, alg) : await importPKCS8(unescapeLines(privateKey), alg);
    const kid = keyId ?? jwk?.kid;
    return await new SignJWT(claims.scope === undefined ? {} : { scope: claims.scope })
      .setProtectedHeader({ alg, typ: "JWT", ...(kid !== undefined && { kid }) })
      .setIssuer(claims.issuer)
      .setSubject(claims.subject)
      .setAudience(claims.audience)
      .setJti(crypto.randomUUID())
      .setIssuedAt(Math.floor(nowMs / 1000))
      .setExpirationTime(Math.floor(nowMs / 1000) + LIFETIME_S)
      .sign(key);
  } catch {
    return undefined;
  }
}

function parseJwk(text: string): JWK | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  const value: unknown = JSON.parse(text);
  return isRecord(value) ? value : undefined;
}

/** A key without `alg` says by its type what it is for. */
function algorithmOf(jwk: JWK): string {
  if (jwk.kty !== "EC") return "RS256";
  return { "P-384": "ES384", "P-521": "ES512" }[jwk.crv ?? ""] ?? "ES256";
}

/** CI systems keep a PEM in one line, with `\n` spelled out. */
function unescapeLines(pem: string): string {
  return pem.replaceAll("\\n", "\n");
}
