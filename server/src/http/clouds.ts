/** Microsoft's clouds: where each signs in and where its Graph is. A fixed table, because secrets go to these hosts. */

import type { Cloud } from "../core/model/project.ts";

interface CloudHosts {
  /** Origins that issue tokens. The first one is used; the others are spellings that `AZURE_AUTHORITY_HOST` may have. */
  readonly logins: readonly [string, ...string[]];
  readonly graph: string;
}

/** https://learn.microsoft.com/en-us/graph/deployments (2026-11). Both US government clouds share one sign-in host. */
const HOSTS: Readonly<Record<Cloud, CloudHosts>> = {
  public: { logins: ["https://login.microsoftonline.com"], graph: "https://graph.microsoft.com" },
  usgov: { logins: ["https://login.microsoftonline.us"], graph: "https://graph.microsoft.us" },
  usdod: { logins: ["https://login.microsoftonline.us"], graph: "https://dod-graph.microsoft.us" },
  china: {
    logins: ["https://login.chinacloudapi.cn", "https://login.partner.microsoftonline.cn"],
    graph: "https://microsoftgraph.chinacloudapi.cn",
  },
};

/** Where Microsoft Graph is in a cloud. */
export function graphOrigin(cloud: Cloud = "public"): string {
  return HOSTS[cloud].graph;
}

/** Where tokens are given out in a cloud. */
export function loginOrigin(cloud: Cloud): string {
  return HOSTS[cloud].logins[0];
}

/** The cloud whose Graph has this origin. */
export function cloudOfGraph(origin: string | undefined): Cloud | undefined {
  return cloudNames().find((cloud) => HOSTS[cloud].graph === origin);
}

/** The clouds that sign in at this origin; none for a host that is not Microsoft's. */
export function cloudsOfLogin(origin: string | undefined): readonly Cloud[] {
  return cloudNames().filter((cloud) => HOSTS[cloud].logins.some((login) => login === origin));
}

function cloudNames(): readonly Cloud[] {
  return Object.keys(HOSTS) as Cloud[];
}
