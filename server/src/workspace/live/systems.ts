/** The live systems that a project names, each with a key that tells its data from that of any other system. */

import type { DirectoryConfig, OrganizationConfig, Project } from "../../core/model/project.ts";
import { type Connection, directoryConnection, organizationConnection } from "../../http/origins.ts";

interface Common {
  readonly name: string;
  /** Same key, same data: what was read under one key is never shown under another. */
  readonly key: string;
  readonly connection: Connection;
}

export type System =
  | (Common & { readonly kind: "directory"; readonly config: DirectoryConfig })
  | (Common & { readonly kind: "organization"; readonly config: OrganizationConfig });

/** Directories first, as in accessmap.yaml. */
export function systemsOf(project: Project | undefined): readonly System[] {
  if (!project) return [];
  return [
    ...[...project.directories.values()].map(directorySystem),
    ...[...project.organizations.values()].map(organizationSystem),
  ];
}

function directorySystem(config: DirectoryConfig): System {
  const { name, type, tenant, customer, url } = config;
  const connection = directoryConnection(config);
  const key = keyOf("directory", name, type, connection.origin, tenant, customer, url);
  return { kind: "directory", name, key, config, connection };
}

function organizationSystem(config: OrganizationConfig): System {
  const { name, id } = config;
  const connection = organizationConnection(config);
  return {
    kind: "organization",
    name,
    key: keyOf("organization", name, connection.origin, id?.value),
    config,
    connection,
  };
}

function keyOf(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(" ");
}
