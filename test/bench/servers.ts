/** The two servers side by side: how each is started, and what it has to be told about the same project. */

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { count, groupName, ROLES, roleName, TEAMS, teamHandle } from "./company.ts";
import type { Folder } from "./folder.ts";

/** The project; `run.mjs` goes there first. */
export const ROOT = process.cwd();

export interface Server {
  readonly name: string;
  /** Program and arguments for Node. */
  readonly args: readonly string[];
  readonly languageId: string;
  /** Says in each publication which version of the text it is about. */
  readonly tellsVersions: boolean;
  initializationOptions(folder: Folder): object;
  /** Answers `workspace/configuration`. */
  settings(folder: Folder): Readonly<Record<string, unknown>>;
}

export const ACCESSMAP: Server = {
  name: "accessmap",
  args: [join(ROOT, "dist/server.js"), "--stdio"],
  languageId: "accessmap",
  tellsVersions: true,
  initializationOptions: ({ storage }) => ({ storage }),
  settings: () => ({}),
};

/** The usual one for YAML in editors, at home in VS Code, Neovim and others. Pinned in package.json. */
export function yamlServer(groups: number): Server {
  const manifest = createRequire(join(ROOT, "package.json")).resolve("yaml-language-server/package.json");
  return {
    name: "yaml-language-server",
    args: [join(dirname(manifest), "bin/yaml-language-server"), "--stdio"],
    languageId: "yaml",
    tellsVersions: false,
    initializationOptions: () => ({}),
    settings: (folder) => ({
      yaml: {
        schemas: { [writeSchema(folder, groups)]: "*.accessmap.yaml" },
        schemaStore: { enable: false },
        kubernetesCRDStore: { enable: false },
      },
    }),
  };
}

/**
 * The published schema of mapping files with the live names written into it. Groups and roles may be names only: to try
 * the forms with ids as well would cost that server more.
 */
function writeSchema({ path }: Folder, groups: number): string {
  const schema = JSON.parse(readFileSync(join(ROOT, "schemas/mapping.schema.json"), "utf8"));
  const named = (description: string, names: readonly string[]) => ({ description, type: "string", enum: names });
  schema.$schema = "http://json-schema.org/draft-07/schema#";
  schema.$defs.mapping.properties.group = named("Group by name.", count(groups, groupName));
  schema.$defs.roles.items = named("A role name.", count(ROLES, roleName));
  schema.$defs.teams.items = named("A team handle.", count(TEAMS, teamHandle));
  const file = join(path, "live.schema.json");
  writeFileSync(file, JSON.stringify(schema));
  return pathToFileURL(file).href;
}
