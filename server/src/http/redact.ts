/** Makes addresses and texts fit for logs and messages: no secrets, no cursors, no personal data in queries. */

/**
 * Shapes of secrets that vendors echo back in error texts: private keys, signed tokens (JWT), scheme plus token, Datadog's
 * prefixed keys, its older hexadecimal ones (32 and 40 digits), and Okta's tokens (42 characters that begin with 00).
 */
const SECRET_TEXT = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g,
  /\b(SSWS|Bearer|Basic)\s+[^\s"',;]+/gi,
  /\bdd(?:app|pat|sat)_[A-Za-z0-9_-]+/g,
  /\b(?:[0-9a-f]{40}|[0-9a-f]{32})\b/gi,
  /\b00[A-Za-z0-9_-]{40}(?![A-Za-z0-9_-])/g,
];

const LONGEST = 200;

/** Origin and path, with the names of query parameters only: values are cursors, e-mail addresses and the like. */
export function redactUrl(url: string): string {
  try {
    const parsed = new URL(url);
    const names = [...parsed.searchParams.keys()];
    const query = names.length === 0 ? "" : `?${names.map((name) => `${name}=…`).join("&")}`;
    return parsed.origin + parsed.pathname + query;
  } catch {
    return "(not a URL)";
  }
}

/**
 * What a text looks like inside any base64, by its distance from the beginning of a group of three bytes; the characters
 * that its neighbours have a part in are left out.
 */
function insideBase64(text: string): readonly string[] {
  if (/[^\x20-\x7e]/.test(text)) return [];
  return [0, 1, 2].flatMap((distance) => {
    const whole = btoa(" ".repeat(distance) + text).replace(/=+$/, "");
    const inner = whole.slice(distance === 0 ? 0 : distance + 1, Math.floor(((distance + text.length) * 4) / 3));
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** Shorter ones could be part of any word. No vendor's token or key has fewer than 20 characters. */
const SHORTEST_SECRET = { refused: 4, data: 20 } as const;

/**
 * The body of an answer without the secrets that went out with its request, as they are or as JSON, addresses and base64
 * spell them: some systems quote what they refuse, and what a token of theirs looks like nobody knows. Data is spared words
 * that somebody took for a token.
 */
export function withoutSent(body: string, secrets: readonly string[], kind: keyof typeof SHORTEST_SECRET): string {
  return secrets
    .filter(({ length }) => length >= SHORTEST_SECRET[kind])
    .flatMap((secret) => {
      const json = JSON.stringify(secret).slice(1, -1);
      return [secret, json, json.replaceAll("/", "\\/"), encodeURIComponent(secret), ...insideBase64(secret)];
    })
    .reduce((text, spelled) => text.replaceAll(spelled, "(hidden)"), body);
}

/** One line, without secrets, at most 200 characters. */
export function redactText(text: string): string {
  const bare = SECRET_TEXT.reduce((line, secret) => line.replace(secret, "(hidden)"), text);
  const line = bare.replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
