/** Signed statements as token endpoints get them: taken apart, and compared with the key that should have signed them. */

import { type KeyObject, verify } from "node:crypto";
import { isRecord } from "./query.ts";

export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** True when this RSA key signed it. */
  isSignedBy(key: KeyObject): boolean;
}

/** Undefined for a text that is none. Who signed it is not looked at. */
export function readJwt(text: string): Jwt | undefined {
  const [first = "", second = "", signature = ""] = text.split(".");
  const [header, claims] = [decoded(first), decoded(second)];
  if (!header || !claims) return undefined;
  const signed = Buffer.from(`${first}.${second}`);
  return {
    header,
    claims,
    isSignedBy: (key) => verify("RSA-SHA256", signed, key, Buffer.from(signature, "base64url")),
  };
}

function decoded(part: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return isRecord(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
