/** Access tokens that carry what they permit, so that no server has to remember whom it gave one. */

export interface AccessTokens<Grant> {
  issue(grant: Grant): string;
  /** Undefined for any other text. Nobody checks that it was issued here: the sandbox has nothing to protect. */
  read(token: string): Grant | undefined;
}

/** `kind` begins each token, so that no scanner and no reader takes it for a real one. */
export function accessTokens<Grant>(kind: string): AccessTokens<Grant> {
  const prefix = `${kind}.`;
  return {
    issue: (grant) => prefix + Buffer.from(JSON.stringify(grant)).toString("base64url"),
    read(token) {
      if (!token.startsWith(prefix)) return undefined;
      try {
        return JSON.parse(Buffer.from(token.slice(prefix.length), "base64url").toString());
      } catch {
        return undefined;
      }
    },
  };
}
