/** Proxies that the environment names: what to do about one that Node does not take, and what never goes through one. */

import type { Failure } from "../core/model/knowledge.ts";
import { isLoopbackHost } from "./origins.ts";

/**
 * `fetch` that asks this machine without a proxy: what is sent here is in plain text, a token included, and a proxy would read
 * it. Node looks `NO_PROXY` up in the environment of the process at each request (22.21, 24, 26; 2026-11).
 */
export function directHere(env: Record<string, string | undefined>, send: typeof fetch): typeof fetch {
  return (target, options) => {
    const { hostname } = new URL(target instanceof Request ? target.url : target);
    if (isLoopbackHost(hostname)) exempt(env, hostname);
    return send(target, options);
  };
}

/** Adds a host to the one of the two variables that counts. */
function exempt(env: Record<string, string | undefined>, host: string): void {
  const name = env.no_proxy === undefined ? "NO_PROXY" : "no_proxy";
  const hosts = (env[name] ?? "").split(/[\s,]+/).filter(Boolean);
  if (hosts.includes("*") || hosts.includes(host)) return;
  env[name] = [...hosts, host].join(",");
}

/**
 * Node looks at these variables from 22.21 and 24 on, and only when told to (2026-11); people expect it always. `options`
 * are those of the process.
 */
export function withProxyAdvice(
  failure: Failure,
  env: Readonly<Record<string, string | undefined>>,
  options: readonly string[],
): Failure {
  const name = ["HTTPS_PROXY", "https_proxy"].find((one) => env[one]);
  const isTaken =
    env.NODE_USE_ENV_PROXY === "1" || [...options, env.NODE_OPTIONS ?? ""].join(" ").includes("--use-env-proxy");
  if (failure.kind !== "unreachable" || name === undefined || isTaken) return failure;
  const advice = `${name} is set, but Node takes it only with NODE_USE_ENV_PROXY=1, from 22.21 and 24 on`;
  return { ...failure, message: `${failure.message}; ${advice}` };
}
