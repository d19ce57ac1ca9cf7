/** Text that looks like a credential, by the shapes vendors give theirs. Shapes last looked up 2026-09. */

import type { Span } from "../../model/text.ts";

export interface Secret {
  /** What it looks like, with its article. Never the text. */
  readonly kind: string;
  readonly span: Span;
}

/** A shape. Group 1, where there is one, is the secret; what comes before it only introduces it. Lengths are bounded: lines may be long. */
const SHAPES: readonly (readonly [kind: string, shape: RegExp])[] = [
  ["a Datadog token", /\bdd(?:app|pat|sat|api)_[A-Za-z0-9_-]{16,200}/g],
  [
    "a Datadog application key",
    /(?:key|token|secret)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?([0-9a-f]{40})(?![0-9A-Za-z])/gi,
  ],
  ["a Datadog API key", /(?:key|token|secret)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?([0-9a-f]{32})(?![0-9A-Za-z])/gi],
  ["an Okta API token", /(?<![A-Za-z0-9_-])00[A-Za-z0-9_-]{40}(?![A-Za-z0-9_-])/g],
  [
    "a Microsoft Entra client secret",
    /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])/g,
  ],
  ["a Google client secret", /\bGOCSPX-[A-Za-z0-9_-]{20,40}/g],
  ["a Google API key", /\bAIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/g],
  ["a Slack token", /\bxox[abeprs]-[A-Za-z0-9-]{10,200}/g],
  ["a GitHub token", /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})/g],
  ["an AWS access key", /(?<![A-Z0-9])A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Z0-9])/g],
  ["a private key", /-----BEGIN (?:[A-Z]{1,12} ){0,2}PRIVATE KEY-----/g],
  ["a signed token (JWT)", /\beyJ[A-Za-z0-9_-]{10,4000}\.eyJ[A-Za-z0-9_-]{5,8000}\.[A-Za-z0-9_-]{10,2000}/g],
];

/** Every shape has a run of so many of these characters, or these words; most entries of mapping files have neither. */
const RUN = 16;
const WORDS = "PRIVATE KEY";
const IN_RUN: readonly boolean[] = Array.from({ length: 128 }, (_, code) => /[\w~.-]/.test(String.fromCharCode(code)));

const NONE: readonly Secret[] = [];

/** Findings per shape and file: whoever sees twenty leaks cleans the whole file. */
const MOST = 20;

/** Secrets of a text in order, each once. */
export function findSecrets(text: string): readonly Secret[] {
  if (!hasRun(text) && !text.includes(WORDS)) return NONE;
  const found: Secret[] = [];
  for (const [kind, shape] of SHAPES) {
    let left = MOST;
    for (const match of text.matchAll(shape)) {
      if (left-- === 0) break;
      const secret = match[1] ?? match[0];
      const start = match.index + match[0].length - secret.length;
      const span = { start, end: start + secret.length };
      if (!found.some((other) => other.span.start < span.end && span.start < other.span.end))
        found.push({ kind, span });
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

/** Looks at every sixteenth character first, since no run fits between two of them. */
function hasRun(text: string): boolean {
  for (let at = RUN - 1; at < text.length; at += RUN) {
    if (!isInRun(text, at)) continue;
    let start = at;
    while (start > 0 && isInRun(text, start - 1)) start--;
    let end = at + 1;
    while (end - start < RUN && end < text.length && isInRun(text, end)) end++;
    if (end - start >= RUN) return true;
  }
  return false;
}

function isInRun(text: string, at: number): boolean {
  return IN_RUN[text.charCodeAt(at)] === true;
}
