/** Secrets from environment variables, each beside the variable that binds it to an origin. */

import type { CredentialRef } from "../core/model/http.ts";
import type { Failure } from "../core/model/knowledge.ts";
import { SITES } from "../core/model/project.ts";
import { findEntra, findGoogle, findOktaApp, type ReadText } from "./environmentGrants.ts";
import { type Connection, datadogOrigin, originOf, refused } from "./origins.ts";
import { isDirectoryScheme } from "./readOnly.ts";
import type { SecretAnswer, SecretSource } from "./secrets.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Secrets for the given connections. `ACCESSMAP_TOKEN_<NAME>` with `ACCESSMAP_ORIGIN_<NAME>` wins over the vendor's own
 * variables: `DD_API_KEY`, `DD_APP_KEY`, `DD_SITE`; `OKTA_CLIENT_ORGURL` with `OKTA_CLIENT_TOKEN` or with a service app's
 * key; those of Entra ID and Google (`environmentGrants.ts`), some of which name files, read by `readText`. For the use `write`,
 * `ACCESSMAP_WRITE_DD_API_KEY` and `ACCESSMAP_WRITE_DD_APP_KEY` come first, then the read credential (`writesWithReadKeys`).
 * A secret without its origin is never answered; the failure names the variable to set.
 */
export function environmentSecrets(
  env: Environment,
  connections: readonly Connection[],
  readText: ReadText = async () => undefined,
): SecretSource {
  const byName = new Map(connections.map((connection) => [connection.name, connection]));
  return {
    async findSecret(credential) {
      const connection = byName.get(credential.connection);
      if (!connection) return missing(credential.connection, `accessmap.yaml has no system "${credential.connection}"`);
      const isDirectory = connection.kind === "directory";
      if (isDirectory !== isDirectoryScheme(credential.scheme) || (isDirectory && credential.use === "write"))
        return {
          ok: false,
          why: refused(connection.name, `the credential of ${connection.name} is not meant for this use`),
        };
      return findNamed(env, connection, credential) ?? findVendor(env, connection, credential, readText);
    },
  };
}

/** True when apply would use the read keys, because no write keys are set. Reported as `cred/too-broad`. */
export function writesWithReadKeys(env: Environment): boolean {
  return read(env, "ACCESSMAP_WRITE_DD_API_KEY") === undefined || read(env, "ACCESSMAP_WRITE_DD_APP_KEY") === undefined;
}

/** `<prefix>_<NAME>`: upper case, every other character an underscore. */
function variableFor(prefix: "ACCESSMAP_TOKEN" | "ACCESSMAP_ORIGIN", connection: string): string {
  return `${prefix}_${connection.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`;
}

function findNamed(env: Environment, connection: Connection, credential: CredentialRef): SecretAnswer | undefined {
  const tokenVariable = variableFor("ACCESSMAP_TOKEN", connection.name);
  const originVariable = variableFor("ACCESSMAP_ORIGIN", connection.name);
  const token = read(env, tokenVariable);
  if (token === undefined || (credential.use === "write" && !writesWithReadKeys(env))) return undefined;
  const stated = read(env, originVariable);
  if (stated === undefined) return unbound(connection, tokenVariable, originVariable, connection.origin);
  const origin = originOf(stated);
  if (!origin) return missing(connection.name, `${originVariable} is not a URL such as ${example(connection)}`);
  return { ok: true, secret: { kind: "token", origin, token } };
}

function findVendor(
  env: Environment,
  connection: Connection,
  credential: CredentialRef,
  readText: ReadText,
): SecretAnswer | Promise<SecretAnswer> {
  const values = (name: string) => read(env, name);
  switch (connection.vendor) {
    case "okta":
      return findOktaApp(values, connection) ?? findOkta(env, connection);
    case "entra":
      return findEntra(values, connection, readText);
    case "google":
      return findGoogle(values, connection, readText);
    case "datadog":
      return findDatadog(env, connection, credential);
    default: {
      const token = variableFor("ACCESSMAP_TOKEN", connection.name);
      const origin = variableFor("ACCESSMAP_ORIGIN", connection.name);
      return missing(
        connection.name,
        `no credential for ${connection.name}: set ${token} and ${origin}=${example(connection)}`,
      );
    }
  }
}

function findOkta(env: Environment, connection: Connection): SecretAnswer {
  const token = read(env, "OKTA_CLIENT_TOKEN");
  const stated = read(env, "OKTA_CLIENT_ORGURL");
  if (token === undefined)
    return missing(
      connection.name,
      `no credential for ${connection.name}: set OKTA_CLIENT_TOKEN and OKTA_CLIENT_ORGURL=${example(connection)}`,
    );
  if (stated === undefined) return unbound(connection, "OKTA_CLIENT_TOKEN", "OKTA_CLIENT_ORGURL", connection.origin);
  const origin = originOf(stated);
  if (!origin) return missing(connection.name, `OKTA_CLIENT_ORGURL is not a URL such as ${example(connection)}`);
  return { ok: true, secret: { kind: "token", origin, token } };
}

function findDatadog(env: Environment, connection: Connection, credential: CredentialRef): SecretAnswer {
  const prefix = credential.use === "write" && !writesWithReadKeys(env) ? "ACCESSMAP_WRITE_" : "";
  const [apiVariable, appVariable] = [`${prefix}DD_API_KEY`, `${prefix}DD_APP_KEY`];
  const [apiKey, appKey] = [read(env, apiVariable), read(env, appVariable)];
  if (apiKey === undefined || appKey === undefined) {
    const absent = [apiKey === undefined && apiVariable, appKey === undefined && appVariable].filter(Boolean);
    return missing(connection.name, `no credential for ${connection.name}: set ${absent.join(" and ")}, and DD_SITE`);
  }
  const site = read(env, "DD_SITE");
  if (site === undefined)
    return unbound(connection, apiVariable, "DD_SITE", connection.origin?.slice("https://api.".length));
  const origin = datadogOrigin(site);
  if (!origin) return missing(connection.name, `${quoteSite(site)} is none of Datadog's sites: ${SITES.join(", ")}`);
  return { ok: true, secret: { kind: "datadog-keys", origin, apiKey, appKey } };
}

/** Keys have been entered where the site belongs, so only what looks like a host is repeated. */
function quoteSite(site: string): string {
  return /^[a-z0-9-]{1,30}(\.[a-z0-9-]{1,30}){1,4}$/i.test(site) ? `DD_SITE is "${site}", which` : "what DD_SITE holds";
}

function read(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === "" ? undefined : value;
}

function unbound(connection: Connection, secret: string, binding: string, value: string | undefined): SecretAnswer {
  const advice = value === undefined ? `Set ${binding}` : `Set ${binding}=${value} if it belongs there`;
  return missing(
    connection.name,
    `${secret} is set but ${binding} is not; a credential is sent only to the origin it is bound to. ${advice}`,
  );
}

function example(connection: Connection): string {
  return connection.origin ?? "https://idp.example.com";
}

function missing(system: string, message: string): { readonly ok: false; readonly why: Failure } {
  return { ok: false, why: { kind: "not-configured", system, message } };
}
