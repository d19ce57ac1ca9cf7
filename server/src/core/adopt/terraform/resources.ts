/** Terraform resources as any of its files tell of them: configuration in HCL or JSON, and state. */

/** What an argument says. Expressions are never computed: what is neither text nor a plain reference stays as it is written. */
export type Value =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "reference";
      /** `["data", "datadog_role", "sre", "id"]`. */
      readonly path: readonly string[];
      readonly written: string;
      readonly line?: number;
    }
  | { readonly kind: "expression"; readonly written: string; readonly line?: number };

export interface Resource {
  readonly mode: "managed" | "data";
  readonly type: string;
  /** Address in its module, such as `datadog_role.sre` or `data.datadog_role.sre`. */
  readonly address: string;
  /** Where references find it: a folder, or a module of a state. */
  readonly module: string;
  readonly file: string;
  /** From 1; state has no lines that anybody looks up. */
  readonly line?: number;
  readonly values: ReadonlyMap<string, Value>;
}

export interface ReadTerraform {
  readonly resources: readonly Resource[];
  /** Values of `locals`, by module and name: `<module>\n<name>`. */
  readonly locals: ReadonlyMap<string, Value>;
  /** What could not be read, one sentence each, without a full stop. */
  readonly unread: readonly string[];
}

export interface TerraformFile {
  /** As people would name it. */
  readonly file: string;
  /** Its folder: configuration of one folder is one module. */
  readonly folder: string;
  readonly text: string;
}

/** Resources that say who gets what. Others are not looked at. */
export const WANTED: ReadonlySet<string> = new Set([
  "datadog_authn_mapping",
  "datadog_role",
  "datadog_team",
  "datadog_team_membership",
  "datadog_user_role",
]);

/** The address of a resource in its module, such as `data.datadog_role.sre`. */
export function addressOf(mode: Resource["mode"], type: string, name: string): string {
  return `${mode === "data" ? "data." : ""}${type}.${name}`;
}

/** A text with `${…}` in it is an expression; `$${` stands for itself. */
export function templateValue(text: string, place: { readonly line?: number } = {}): Value {
  const only = /^\$\{\s*([^{}"]+?)\s*\}$/.exec(text)?.[1];
  if (only !== undefined) return referenceIn(only, place);
  if (/(^|[^$])\$\{|(^|[^%])%\{/.test(text)) return { kind: "expression", written: shorten(text), ...place };
  return { kind: "text", text: text.replaceAll("$${", "${").replaceAll("%%{", "%{") };
}

/** A traversal of names, without an index; anything else is an expression. */
export function referenceIn(written: string, place: { readonly line?: number }): Value {
  if (/^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)+$/.test(written))
    return { kind: "reference", path: written.split("."), written, ...place };
  return { kind: "expression", written: shorten(written), ...place };
}

/** Enough of an expression to recognize it. */
export function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= 60 ? line : `${line.slice(0, 57)}...`;
}
