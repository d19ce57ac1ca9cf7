/** Whoever has named a proxy in the environment learns why it was not taken, and what is for this machine stays on it. */

import { expect, test } from "vitest";
import type { Failure } from "../../server/src/core/model/knowledge.ts";
import { directHere, withProxyAdvice } from "../../server/src/http/proxy.ts";

const unreachable: Failure = { kind: "unreachable", system: "okta", message: "acme.okta.com cannot be reached" };
const denied: Failure = { ...unreachable, kind: "denied" };
const PROXY = "http://127.0.0.1:3128";

test.each<[string, Failure, Record<string, string>, string[], boolean]>([
  ["a proxy that Node does not take", unreachable, { HTTPS_PROXY: PROXY }, [], true],
  ["the same in small letters", unreachable, { https_proxy: PROXY }, [], true],
  ["no proxy", unreachable, {}, [], false],
  ["an empty one", unreachable, { HTTPS_PROXY: "" }, [], false],
  ["one that is taken", unreachable, { HTTPS_PROXY: PROXY, NODE_USE_ENV_PROXY: "1" }, [], false],
  ["one that is taken by an option", unreachable, { HTTPS_PROXY: PROXY }, ["--use-env-proxy"], false],
  ["by an option of the environment", unreachable, { HTTPS_PROXY: PROXY, NODE_OPTIONS: "--use-env-proxy" }, [], false],
  ["a refusal that the system itself spoke", denied, { HTTPS_PROXY: PROXY }, [], false],
])("%s", (_title, failure, env, options, isAdvised) => {
  const { message, ...rest } = withProxyAdvice(failure, env, options);
  expect(message.includes("_USE_ENV_PROXY=1")).toBe(isAdvised);
  expect({ message: failure.message, ...rest }).toEqual(failure);
});

test.each<[string, Record<string, string>, Record<string, string>]>([
  ["http://127.0.0.1:80/scim", {}, { NO_PROXY: "127.0.0.1" }],
  ["http://127.0.0.9/scim", { NO_PROXY: "corp.example, localhost" }, { NO_PROXY: "corp.example,localhost,127.0.0.9" }],
  ["http://[::1]:80/", { no_proxy: "a", NO_PROXY: "b" }, { no_proxy: "a,[::1]", NO_PROXY: "b" }],
  ["http://localhost/", { NO_PROXY: "*" }, { NO_PROXY: "*" }],
  ["https://acme.okta.com/", {}, {}],
])("%s with %j goes out with %j", async (url, given, expected) => {
  const env: Record<string, string | undefined> = { ...given };
  const sent: unknown[] = [];
  await directHere(env, async (target) => {
    sent.push([target, { ...env }]);
    return new Response();
  })(url);
  expect(sent).toEqual([[url, expected]]);
});
