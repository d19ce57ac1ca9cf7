/**
 * Which connector serves which configuration. An explicit list: nothing registers itself. Each is loaded at its first
 * read, since an editor that starts must not wait for code that it may never need.
 */

import type { DirectoryConfig, OrganizationConfig } from "../core/model/project.ts";
import type { DirectoryConnector, TargetConnector } from "../core/sync/connector.ts";
import type { HttpClient } from "../http/client.ts";

/** A connector for one directory. Opening sends nothing and loads nothing; every failure comes with the read. */
export function openDirectory(config: DirectoryConfig, http: HttpClient): DirectoryConnector {
  const load = () => loadDirectory(config, http);
  return {
    readDirectory: async (...asked) => (await load()).readDirectory(...asked),
    suggestGroups: async (...asked) => (await load()).suggestGroups(...asked),
    readPeople: async (...asked) => (await load()).readPeople(...asked),
  };
}

/** A connector for one Datadog organization. Opening sends nothing and loads nothing. */
export function openTarget(config: OrganizationConfig, http: HttpClient): TargetConnector {
  const load = async () => (await import("./datadog/connector.ts")).openDatadog(config, http);
  return {
    readTarget: async (...asked) => (await load()).readTarget(...asked),
    readTeamsOf: async (...asked) => (await load()).readTeamsOf(...asked),
    openWriter: async () => (await load()).openWriter(),
  };
}

async function loadDirectory(config: DirectoryConfig, http: HttpClient): Promise<DirectoryConnector> {
  switch (config.type) {
    case "okta":
      return (await import("./okta/connector.ts")).openOkta(config, http);
    case "entra":
      return (await import("./entra/connector.ts")).openEntra(config, http);
    case "scim":
      return (await import("./scim/connector.ts")).openScim(config, http);
    case "google":
      return (await import("./google/connector.ts")).openGoogle(config, http);
  }
}
