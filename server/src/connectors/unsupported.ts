/** Stands in for directories without a connector: everything in them is unknown, and the reason says so. */

import { type Failure, unknown } from "../core/model/knowledge.ts";
import type { DirectoryConfig } from "../core/model/project.ts";
import type { DirectoryConnector } from "../core/sync/connector.ts";

export function openUnsupported(config: DirectoryConfig): DirectoryConnector {
  const why: Failure = {
    kind: "not-configured",
    system: config.name,
    message: `directories of type ${config.type} cannot be read yet, so ${config.name} is not checked`,
  };
  return {
    readDirectory: async (query) => ({
      name: config.name,
      kind: config.type,
      groups: unknown(why),
      named: new Map([...query.names, ...query.ids].map((name) => [name, unknown(why)])),
      members: new Map(),
      ...(config.groups !== undefined && { filter: config.groups }),
    }),
  };
}
