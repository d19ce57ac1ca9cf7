/** Starts a company on loopback: Okta, Entra, Google, a SCIM service and Datadog as HTTP servers in the vendors' documented dialects. */

import type { Company } from "./company.ts";
import { createDatadogServer } from "./datadog/app.ts";
import { createGraph } from "./entra/graph.ts";
import { createLogin } from "./entra/login.ts";
import { createTenant, type EntraTenant } from "./entra/tenant.ts";
import { createFaults, type Fault } from "./faults.ts";
import { createCredentials } from "./google/credentials.ts";
import { createGoogleDirectory } from "./google/directory.ts";
import { createIam } from "./google/iam.ts";
import { createGoogleTenant, type GoogleKey, type GoogleTenant, keyFileOf } from "./google/tenant.ts";
import { createTokenServer } from "./google/token.ts";
import type { Exchange, Setting } from "./http/frame.ts";
import { type Application, type Listener, listen } from "./http/listen.ts";
import { createOkta } from "./okta/app.ts";
import { createServiceApp, type OktaServiceApp, privateKeyOf } from "./okta/serviceApp.ts";
import { createScimSource } from "./scimSource/app.ts";
import { createScimService, SCIM_ORIGIN, type ScimService } from "./scimSource/service.ts";
import { OKTA_TOKEN, READ_API_KEY, READ_APP_KEY, WRITE_API_KEY, WRITE_APP_KEY } from "./seed/keys.ts";
import { createSeed } from "./seed/seed.ts";

export type { Company } from "./company.ts";
export type { EntraTenant } from "./entra/tenant.ts";
export type { Fault, FaultKind, System } from "./faults.ts";
export type { GoogleKey, GoogleTenant } from "./google/tenant.ts";
export type { Exchange } from "./http/frame.ts";
export type { OktaServiceApp } from "./okta/serviceApp.ts";
export type { ScimService, Sloppiness } from "./scimSource/service.ts";
export { parseSeed } from "./seedFile.ts";

export interface Sandbox {
  /** Real origin to loopback origin, the value of `ACCESSMAP_LOOPBACK`. */
  readonly routes: Readonly<Record<string, string>>;
  /**
   * Everything a client needs in its environment but Google's key, which has to be a file; the SCIM service is the directory
   * `hr`. Datadog's read key is scoped, its write key belongs to a service account.
   */
  readonly environment: Readonly<Record<string, string>>;
  /** The company behind the servers; changes to it show in the next answer. */
  readonly company: Company;
  /** What Okta's service app may read. */
  readonly oktaApp: OktaServiceApp;
  /** What the Entra application may read, and how pages come. Same people and groups as in Okta, some of them nested. */
  readonly entra: EntraTenant;
  /** What Google's service account may read, and how pages come. */
  readonly google: GoogleTenant;
  /** How the SCIM service pages, and how sloppy it is. */
  readonly scim: ScimService;
  /** The service account's key: the content of a file that `GOOGLE_APPLICATION_CREDENTIALS` names. Made when it is first looked at. */
  readonly googleKey: GoogleKey;
  /** The variables of Okta's service app, which take the place of `OKTA_CLIENT_TOKEN`. Its key is made when it is first looked at. */
  readonly oktaKey: Readonly<Record<"OKTA_CLIENT_CLIENTID" | "OKTA_CLIENT_PRIVATEKEY", string>>;
  /** The last requests served, oldest first; a few thousand at most. */
  readonly log: readonly Exchange[];
  /** Makes coming requests go wrong. */
  inject(fault: Fault): void;
  /** Makes no more requests go wrong. Ends when servers that crashed are back. */
  clearFaults(): Promise<void>;
  /** Stops all servers and leaves no socket behind. */
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** Acme when absent. The sandbox changes it. */
  readonly seed?: Company;
  /** Port 0, or none, is any free one. */
  readonly ports?: { readonly okta?: number; readonly datadog?: number };
  readonly now?: () => Date;
  /** False lifts the vendors' rate limits, for thousands of reads in a row. */
  readonly limited?: boolean;
}

const LOG_LIMIT = 5000;

/** Rejects with an Error that names the port and the remedy when a port is taken; nothing is left running then. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? (() => new Date());
  const company = options.seed ?? createSeed(now().toISOString().slice(0, 10));
  const [oktaApp, entra, google, scim] = [
    createServiceApp(),
    createTenant(),
    createGoogleTenant(),
    createScimService(),
  ];
  const log: Exchange[] = [];
  const faults = createFaults(company, now);
  const setting: Setting = {
    company,
    faults,
    now,
    limited: options.limited ?? true,
    record(exchange) {
      log.push(exchange);
      if (log.length > LOG_LIMIT) log.shift();
    },
  };
  const listeners = await listenAll([
    [`https://${company.okta.domain}`, "Okta", createOkta(setting, oktaApp), options.ports?.okta],
    [`https://api.${company.datadog.site}`, "Datadog", createDatadogServer(setting), options.ports?.datadog],
    ["https://login.microsoftonline.com", "Microsoft login", createLogin(setting, entra)],
    ["https://graph.microsoft.com", "Microsoft Graph", createGraph(setting, entra)],
    ["https://admin.googleapis.com", "Google's directory", createGoogleDirectory(setting, google)],
    ["https://oauth2.googleapis.com", "Google's tokens", createTokenServer(setting, google)],
    ["https://iamcredentials.googleapis.com", "Google's credentials", createCredentials(setting, google)],
    ["https://iam.googleapis.com", "Google's IAM", createIam(setting, google)],
    [SCIM_ORIGIN, "SCIM", createScimSource(setting, scim)],
  ]);
  const routes = Object.fromEntries([...listeners].map(([real, { origin }]) => [real, origin]));
  return {
    routes,
    environment: { ACCESSMAP_LOOPBACK: JSON.stringify(routes), ...credentialsOf(company, entra, scim) },
    company,
    oktaApp,
    entra,
    google,
    scim,
    get oktaKey() {
      return { OKTA_CLIENT_CLIENTID: oktaApp.clientId, OKTA_CLIENT_PRIVATEKEY: privateKeyOf(oktaApp) };
    },
    get googleKey() {
      return keyFileOf(google);
    },
    log,
    inject: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    close: async () => {
      await Promise.all([...listeners.values()].map((listener) => listener.close()));
    },
  };
}

/** Real origin, what it is called, who answers, and where if that matters. */
type Served = readonly [origin: string, what: string, app: Application, port?: number | undefined];

/** All of them, or none: those that run already are stopped when one cannot start. */
async function listenAll(served: readonly Served[]): Promise<ReadonlyMap<string, Listener>> {
  const listeners = new Map<string, Listener>();
  try {
    for (const [origin, what, app, port = 0] of served) listeners.set(origin, await listen(app, port, what));
    return listeners;
  } catch (error) {
    await Promise.all([...listeners.values()].map((listener) => listener.close()));
    throw error;
  }
}

function credentialsOf({ okta, datadog }: Company, entra: EntraTenant, scim: ScimService) {
  return {
    OKTA_CLIENT_ORGURL: `https://${okta.domain}`,
    OKTA_CLIENT_TOKEN: OKTA_TOKEN,
    AZURE_TENANT_ID: entra.id,
    AZURE_CLIENT_ID: entra.clientId,
    AZURE_CLIENT_SECRET: entra.clientSecret,
    ACCESSMAP_TOKEN_HR: scim.token,
    ACCESSMAP_ORIGIN_HR: SCIM_ORIGIN,
    DD_SITE: datadog.site,
    DD_API_KEY: READ_API_KEY,
    DD_APP_KEY: READ_APP_KEY,
    ACCESSMAP_WRITE_DD_API_KEY: WRITE_API_KEY,
    ACCESSMAP_WRITE_DD_APP_KEY: WRITE_APP_KEY,
  };
}
