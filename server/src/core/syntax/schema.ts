/** The published schemas as data: which keys may stand where, with their descriptions, for findings, completion and hover. */

import project from "../../../../schemas/accessmap.schema.json" with { type: "json" };
import mapping from "../../../../schemas/mapping.schema.json" with { type: "json" };

/** The part of JSON Schema that our two schemas use. */
export interface Schema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: string | number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

export type Format = "project" | "mapping";

const ROOTS: Readonly<Record<Format, Schema>> = { project: project as Schema, mapping: mapping as Schema };

/** `accessmap.yaml` is the project file, everything else a mapping file. */
export function formatOf(file: string): Format {
  return /(^|[\\/])accessmap\.ya?ml$/.test(file) ? "project" : "mapping";
}

/** The schema at a path of keys and list positions, or undefined where the format knows nothing. */
export function schemaAt(format: Format, path: readonly (string | number)[]): Schema | undefined {
  const root = ROOTS[format];
  let schema: Schema | undefined = root;
  for (const segment of path) {
    schema = schema && resolveRef(root, schema);
    if (!schema) return undefined;
    if (typeof segment === "number") schema = schema.items;
    else
      schema =
        schema.properties?.[segment] ??
        (typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined);
  }
  return schema && resolveRef(root, schema);
}

/** Keys that may stand in the object at a JSON pointer of ajv. */
export function keysAt(format: Format, pointer: string): readonly string[] {
  const path = pointer
    .split("/")
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~")));
  return Object.keys(schemaAt(format, path)?.properties ?? {});
}

function resolveRef(root: Schema, schema: Schema): Schema {
  if (!schema.$ref) return schema;
  const target = root.$defs?.[schema.$ref.replace("#/$defs/", "")];
  return { ...target, ...(schema.description ? { description: schema.description } : {}) };
}
