/** Which connector serves which configuration. An explicit list: nothing registers itself. */

import type { DirectoryConfig, OrganizationConfig } from "../core/model/project.ts";
import type { DirectoryConnector, TargetConnector } from "../core/sync/connector.ts";
import type { HttpClient } from "../http/client.ts";
import { openDatadog } from "./datadog/connector.ts";
import { openEntra } from "./entra/connector.ts";
import { openGoogle } from "./google/connector.ts";
import { openOkta } from "./okta/connector.ts";
import { openScim } from "./scim/connector.ts";

/** A connector for one directory. Opening sends nothing; every failure comes with the read. */
export function openDirectory(config: DirectoryConfig, http: HttpClient): DirectoryConnector {
  switch (config.type) {
    case "okta":
      return openOkta(config, http);
    case "entra":
      return openEntra(config, http);
    case "scim":
      return openScim(config, http);
    case "google":
      return openGoogle(config, http);
  }
}

/** A connector for one Datadog organization. Opening sends nothing and loads nothing. */
export function openTarget(config: OrganizationConfig, http: HttpClient): TargetConnector {
  return openDatadog(config, http);
}
