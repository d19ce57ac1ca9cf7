/** Tree of `accessmap.yaml` to the project it describes, with the format's defaults filled in. */

import type { Node } from "yaml";
import type { Finding } from "../model/finding.ts";
import { present } from "../model/optional.ts";
import {
  CLOUDS,
  DEFAULT_POLICY,
  DEFAULT_SAFETY,
  type DirectoryConfig,
  type KnownBot,
  type LinkedRoles,
  type OrganizationConfig,
  type Policy,
  type PolicyClass,
  type Project,
  type RolePath,
  type RuleOverride,
  type RuleSetting,
  type Safety,
  SITES,
  type UserPath,
} from "../model/project.ts";
import { SENSITIVITIES, type Sensitivity } from "../model/target.ts";
import type { Spanned } from "../model/text.ts";
import { formProblem } from "./formProblem.ts";
import type { ReadFile } from "./readFile.ts";
import { keysAt } from "./schema.ts";
import { schemaProblems } from "./schemaProblems.ts";
import { validateProject } from "./validators.generated.js";
import { toValues } from "./values.ts";
import { type Entry, entriesOf, entry, itemsOf, numberAt, spanOf, textAt, textOf, textsAt } from "./yaml/nodes.ts";
import { parse, type Tree } from "./yaml/parse.ts";

/** Reads the project file. Directories and organizations that are too broken to be used are left out of the content. */
export function readProject(file: string, text: string): ReadFile<Project> {
  const tree = parse({ file, text });
  const values = toValues(tree);
  const schema = schemaProblems({ tree, value: values.value }, validateProject, (pointer) =>
    keysAt("project", pointer),
  );
  const problems = [...tree.problems, ...values.problems, ...schema, ...sharedNames(tree)];
  return { tree, content: toProject(tree), problems };
}

/** Credentials, kept data and messages go by the name alone, so one name for two systems would leave one unread. */
function sharedNames(tree: Tree): readonly Finding[] {
  const directories = new Set(entriesOf(tree, at(tree, tree.root, "directories")).map(({ key }) => key));
  return entriesOf(tree, at(tree, tree.root, "organizations")).flatMap(({ key, keySpan: span }): Finding[] => {
    if (!directories.has(key)) return [];
    const message = `A directory is called "${key}" too, and credentials go by names; give one of them another name`;
    return [formProblem("schema/wrong-type", { source: tree.source, span }, message)];
  });
}

function toProject(tree: Tree): Project {
  const root = tree.root;
  const directories = entriesOf(tree, at(tree, root, "directories")).flatMap((item) => directory(tree, item));
  const organizations = entriesOf(tree, at(tree, root, "organizations")).flatMap((item) => organization(tree, item));
  return {
    file: tree.file,
    name: textAt(tree, root, "project")?.value ?? "",
    directories: new Map(directories.map((config) => [config.name, config])),
    organizations: new Map(organizations.map((config) => [config.name, config])),
    policy: policy(tree, at(tree, root, "policy")),
    safety: safety(tree, at(tree, root, "safety")),
  };
}

function directory(tree: Tree, item: Entry): DirectoryConfig[] {
  const text = (key: string) => textAt(tree, item.value, key)?.value;
  const type = oneOf(text("type"), ["okta", "entra", "google", "scim"] as const);
  if (!type) return [];
  const known = {
    domain: text("domain"),
    tenant: text("tenant"),
    cloud: oneOf(text("cloud"), CLOUDS),
    customer: text("customer"),
    admin: text("admin"),
    serviceAccount: text("service_account"),
    url: text("url"),
    groups: text("groups"),
  };
  return [
    {
      name: item.key,
      span: item.keySpan,
      type,
      claim: oneOf(text("claim"), ["name", "id"] as const) ?? "name",
      ...present(known),
    },
  ];
}

function organization(tree: Tree, item: Entry): OrganizationConfig[] {
  const site = textAt(tree, item.value, "site");
  if (!site || !SITES.includes(site.value)) return [];
  const push = at(tree, item.value, "push");
  const path = (key: string): RolePath =>
    oneOf(textAt(tree, push, key)?.value, ["scim", "saml", "members", "off"] as const) ?? "off";
  const users: UserPath = oneOf(textAt(tree, push, "users")?.value, ["off", "deactivate", "full"] as const) ?? "off";
  return [
    {
      name: item.key,
      span: item.keySpan,
      site,
      ...present({
        id: textAt(tree, item.value, "id"),
        directory: textAt(tree, item.value, "directory"),
        attribute: textAt(tree, item.value, "attribute"),
      }),
      push: { roles: path("roles"), teams: path("teams"), users },
      linked: { teams: linked(tree, item, "teams"), connections: linked(tree, item, "connections") },
    },
  ];
}

function linked(tree: Tree, item: Entry, kind: string): readonly LinkedRoles[] {
  const node = at(tree, item.value, "linked");
  return entriesOf(tree, at(tree, node, kind)).map(({ key, keySpan }) => ({
    name: key,
    span: keySpan,
    roles: textsAt(tree, at(tree, node, kind), key),
  }));
}

function policy(tree: Tree, node: Node | null): Policy {
  if (!node) return DEFAULT_POLICY;
  const limits = at(tree, node, "limits");
  const require = at(tree, node, "require");
  const level = (key: string): Sensitivity | undefined => oneOf(textAt(tree, require, key)?.value, SENSITIVITIES);
  const credentials = at(tree, node, "credentials");
  const days = (key: string, of: Node | null = node): number | undefined => {
    const count = /^([1-9]\d*)d$/.exec(textAt(tree, of, key)?.value ?? "")?.[1];
    return count === undefined ? undefined : Number(count);
  };
  return {
    limits: limits
      ? present(Object.fromEntries(SENSITIVITIES.map((name) => [name, numberAt(tree, limits, name)])))
      : DEFAULT_POLICY.limits,
    require: require
      ? present({ reason: level("reason"), owner: level("owner"), until: level("until") })
      : DEFAULT_POLICY.require,
    ...present({ longest: days("longest"), review: days("review") }),
    credentials: {
      age: days("age", credentials) ?? DEFAULT_POLICY.credentials.age,
      unused: days("unused", credentials) ?? DEFAULT_POLICY.credentials.unused,
    },
    bots: itemsOf(tree, at(tree, node, "bots")).flatMap((item): KnownBot[] => {
      const name = textAt(tree, item, "name");
      const terms = present({ owner: textAt(tree, item, "owner"), until: textAt(tree, item, "until") });
      return name ? [{ name, ...terms }] : [];
    }),
    classes: itemsOf(tree, at(tree, node, "classes")).map(
      (item): PolicyClass => ({
        groups: textsAt(tree, item, "groups"),
        ...(textAt(tree, item, "only")?.value === "read" ? { only: "read" as const } : {}),
        never: textsAt(tree, item, "never"),
        span: spanOf(item),
      }),
    ),
    apart: itemsOf(tree, at(tree, node, "apart")).flatMap((item): (readonly [Spanned<string>, Spanned<string>])[] => {
      const [one, other] = itemsOf(tree, item).map((name) => textOf(tree, name));
      // Nobody can hold a permission apart from itself.
      return one && other && one.value !== other.value ? [[one, other]] : [];
    }),
    names: {
      groups: patterns(tree, node, "groups"),
      roles: patterns(tree, node, "roles"),
      teams: patterns(tree, node, "teams"),
    },
    rules: new Map(
      entriesOf(tree, at(tree, node, "rules")).flatMap((item): [string, RuleSetting][] => {
        const setting = oneOf(textOf(tree, item.value)?.value, SETTINGS);
        return setting ? [[item.key, setting]] : [];
      }),
    ),
    overrides: itemsOf(tree, at(tree, node, "overrides")).flatMap((item) => override(tree, item)),
    locked: textsAt(tree, node, "locked").map((glob) => glob.value),
    named: {
      rules: entriesOf(tree, at(tree, node, "rules")).map(({ key, keySpan }) => ({ value: key, span: keySpan })),
      patterns: [...inOverrides(tree, node, "rules"), ...textsAt(tree, node, "locked")],
      organizations: inOverrides(tree, node, "organizations"),
    },
    assistants:
      oneOf(textAt(tree, node, "assistants")?.value, ["names", "counts", "none"] as const) ?? DEFAULT_POLICY.assistants,
  };
}

const SETTINGS = ["off", "info", "warning", "error"] as const;

/** None without rules or severity: half an override must not change anything. */
function override(tree: Tree, item: Node): RuleOverride[] {
  const severity = oneOf(textAt(tree, item, "severity")?.value, SETTINGS);
  const rules = textsAt(tree, item, "rules");
  if (!severity || rules.length === 0) return [];
  return [
    {
      rules,
      files: textsAt(tree, item, "files"),
      organizations: textsAt(tree, item, "organizations").map(({ value }) => value),
      severity,
      span: spanOf(item),
    },
  ];
}

function inOverrides(tree: Tree, policyNode: Node, key: string): readonly Spanned<string>[] {
  return itemsOf(tree, at(tree, policyNode, "overrides")).flatMap((item) => textsAt(tree, item, key));
}

function patterns(tree: Tree, policyNode: Node, kind: string): readonly string[] {
  return textsAt(tree, at(tree, policyNode, "names"), kind).map(({ value }) => value);
}

function safety(tree: Tree, node: Node | null): Safety {
  const removals = at(tree, node, "removals");
  const share = /^(\d+)%$/.exec(textAt(tree, removals, "share")?.value ?? "")?.[1];
  const { removals: ordinary, admins } = DEFAULT_SAFETY;
  return {
    removals: {
      share: share === undefined ? ordinary.share : Number(share) / 100,
      people: numberAt(tree, removals, "people") ?? ordinary.people,
      floor: numberAt(tree, removals, "floor") ?? ordinary.floor,
    },
    admins: Math.max(1, numberAt(tree, node, "admins") ?? admins),
    redactsJournal: textAt(tree, node, "journal")?.value === "redacted",
  };
}

function at(tree: Tree, node: Node | null, key: string): Node | null {
  return entry(tree, node, key)?.value ?? null;
}

function oneOf<T extends string>(value: string | undefined, allowed: readonly T[]): T | undefined {
  return allowed.find((candidate) => candidate === value);
}
