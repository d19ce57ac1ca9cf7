/** What to do about a proxy that the environment names and Node does not take. */

import type { Failure } from "../core/model/knowledge.ts";

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
