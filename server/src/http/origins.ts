/** Which origin a connection's credential belongs to, and the checks a URL must pass before anything is sent. Pure. */

import type { Failure } from "../core/model/knowledge.ts";
import { type DirectoryConfig, type OrganizationConfig, SITES } from "../core/model/project.ts";
import { graphOrigin } from "./clouds.ts";

export type Vendor = "okta" | "entra" | "google" | "scim" | "datadog";

/** One system of accessmap.yaml: the name its credential goes by, and the only origin that credential may be sent to. */
export interface Connection {
  readonly name: string;
  readonly kind: "directory" | "organization";
  readonly vendor: Vendor;
  /** Scheme, host and port, e.g. `https://acme.okta.com`; undefined when the configuration gives no usable host. */
  readonly origin: string | undefined;
  /** Entra: the tenant that is meant; a token of another one is not asked for. */
  readonly tenant?: string;
  /** Google Workspace: the customer, and the administrator whom the service account acts for. */
  readonly customer?: string;
  readonly admin?: string;
}

/** The Directory API has one host for all customers (2026-11). */
export const GOOGLE_ORIGIN = "https://admin.googleapis.com";

/** Keys of service accounts are listed elsewhere than groups are (2026-11). */
export const GOOGLE_IAM_ORIGIN = "https://iam.googleapis.com";

/**
 * The credential that looks at the keys of a Google directory's service account. It has a name of its own, because what
 * is bound to the directory's origin goes nowhere else: `google.iam` beside `google`. Like that of a SCIM service it is a
 * ready-made token, bound by the variable beside it, and no grant is ever exchanged for it.
 */
export function keysConnection(directory: string): Connection {
  return { name: `${directory}.iam`, kind: "directory", vendor: "scim", origin: GOOGLE_IAM_ORIGIN };
}

/** Where a directory is asked, and what its credential must be bound to. */
export function directoryConnection(config: DirectoryConfig): Connection {
  const { name, type, tenant, customer, admin } = config;
  return {
    name,
    kind: "directory",
    vendor: type,
    origin: directoryOrigin(config),
    ...(tenant !== undefined && { tenant }),
    ...(customer !== undefined && { customer }),
    ...(admin !== undefined && { admin }),
  };
}

/** Where an organization is asked, and what its credential must be bound to. */
export function organizationConnection(config: OrganizationConfig): Connection {
  const origin = datadogOrigin(config.site.value);
  return { name: config.name, kind: "organization", vendor: "datadog", origin };
}

/** `https://api.<site>`, or undefined for a site that is not one of Datadog's nine. */
export function datadogOrigin(site: string): string | undefined {
  return SITES.includes(site) ? `https://api.${site}` : undefined;
}

/** `https://<domain>`, or undefined when the text is more (or less) than a host. */
export function oktaOrigin(domain: string | undefined): string | undefined {
  // The parser knows further names that are none, such as `xn--` with nothing behind it.
  return domain !== undefined && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain)
    ? originOf(`https://${domain.toLowerCase()}`)
    : undefined;
}

function directoryOrigin(config: DirectoryConfig): string | undefined {
  switch (config.type) {
    case "okta":
      return oktaOrigin(config.domain);
    case "entra":
      return graphOrigin(config.cloud);
    case "google":
      return GOOGLE_ORIGIN;
    case "scim":
      return config.url === undefined ? undefined : originOf(config.url);
  }
}

/** Origin of an absolute http(s) URL, or undefined for anything else. */
export function originOf(url: string): string | undefined {
  const parsed = tryParse(url);
  return parsed && (parsed.protocol === "https:" || parsed.protocol === "http:") ? parsed.origin : undefined;
}

/** True for 127.0.0.0/8, `[::1]` and `localhost` exactly, as the URL parser spells them. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/**
 * Why a URL must not be contacted at all, or undefined when it may: it has to be absolute, `https:` outside loopback, and
 * without user info (a name before `@` is how a foreign host is made to look like a known one).
 */
export function refuseUrl(url: string, system: string): Failure | undefined {
  const parsed = tryParse(url);
  if (!parsed) return refused(system, "the address of a request is not a URL");
  if (parsed.username !== "" || parsed.password !== "")
    return refused(
      system,
      `the address of a request to ${parsed.host} holds user info, which can disguise another host`,
    );
  if (parsed.protocol === "https:") return undefined;
  if (parsed.protocol === "http:" && isLoopbackHost(parsed.hostname)) return undefined;
  return refused(
    system,
    `${parsed.protocol}//${parsed.host} is not https, so the credential would travel in the clear`,
  );
}

/** Why a credential must not travel to this origin, or undefined when it is the one it is bound to. */
export function refuseOrigin(bound: string, asked: string, system: string): Failure | undefined {
  if (bound === asked) return undefined;
  return refused(system, `the credential of ${system} is bound to ${bound} and is not sent to ${asked}`);
}

/** A failure for what we ourselves do not send. */
export function refused(system: string, message: string): Failure {
  return { kind: "refused", system, message };
}

function tryParse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
