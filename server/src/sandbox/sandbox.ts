/** Starts a company on loopback: Okta and Datadog as real HTTP servers that speak the vendors' documented dialects. */

import type { Company } from "./company.ts";
import { createDatadogServer } from "./datadog/app.ts";
import { createFaults, type Fault } from "./faults.ts";
import type { Exchange, Setting } from "./http/frame.ts";
import { type Listener, listen } from "./http/listen.ts";
import { createOkta } from "./okta/app.ts";
import { OKTA_TOKEN, READ_API_KEY, READ_APP_KEY, WRITE_API_KEY, WRITE_APP_KEY } from "./seed/keys.ts";
import { createSeed } from "./seed/seed.ts";

export type { Company } from "./company.ts";
export type { Fault, FaultKind } from "./faults.ts";
export type { Exchange } from "./http/frame.ts";
export { parseSeed } from "./seedFile.ts";

export interface Sandbox {
  /** Real origin to loopback origin, the value of `ACCESSMAP_LOOPBACK`. */
  readonly routes: Readonly<Record<string, string>>;
  /** Everything a client needs in its environment; the read key is scoped, the write key belongs to a service account. */
  readonly environment: Readonly<Record<string, string>>;
  /** The company behind the servers; changes to it show in the next answer. */
  readonly company: Company;
  /** The last requests served, oldest first; a few thousand at most. */
  readonly log: readonly Exchange[];
  /** Makes coming requests go wrong. */
  inject(fault: Fault): void;
  /** Stops both servers and leaves no socket behind. */
  close(): Promise<void>;
}

export interface SandboxOptions {
  /** Acme when absent. The sandbox changes it. */
  readonly seed?: Company;
  /** Port 0, or none, is any free one. */
  readonly ports?: { readonly okta?: number; readonly datadog?: number };
  readonly now?: () => Date;
}

const LOG_LIMIT = 5000;

/** Rejects with an Error that names the port and the remedy when a port is taken; nothing is left running then. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? (() => new Date());
  const company = options.seed ?? createSeed(now().toISOString().slice(0, 10));
  const log: Exchange[] = [];
  const faults = createFaults();
  const setting: Setting = {
    company,
    faults,
    now,
    record(exchange) {
      log.push(exchange);
      if (log.length > LOG_LIMIT) log.shift();
    },
  };
  const okta = await listen(createOkta(setting), options.ports?.okta ?? 0, "Okta");
  const datadog = await listenOr(okta, () =>
    listen(createDatadogServer(setting), options.ports?.datadog ?? 0, "Datadog"),
  );
  const routes = {
    [`https://${company.okta.domain}`]: okta.origin,
    [`https://api.${company.datadog.site}`]: datadog.origin,
  };
  return {
    routes,
    environment: environmentFor(company, routes),
    company,
    log,
    inject: (fault) => faults.add(fault),
    close: async () => {
      await Promise.all([okta.close(), datadog.close()]);
    },
  };
}

async function listenOr(first: Listener, start: () => Promise<Listener>): Promise<Listener> {
  try {
    return await start();
  } catch (error) {
    await first.close();
    throw error;
  }
}

function environmentFor(
  { okta, datadog }: Company,
  routes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    ACCESSMAP_LOOPBACK: JSON.stringify(routes),
    OKTA_CLIENT_ORGURL: `https://${okta.domain}`,
    OKTA_CLIENT_TOKEN: OKTA_TOKEN,
    DD_SITE: datadog.site,
    DD_API_KEY: READ_API_KEY,
    DD_APP_KEY: READ_APP_KEY,
    ACCESSMAP_WRITE_DD_API_KEY: WRITE_API_KEY,
    ACCESSMAP_WRITE_DD_APP_KEY: WRITE_APP_KEY,
  };
}
