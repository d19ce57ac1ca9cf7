/** Answers to the files of a new project: commented, in the order that the formatter keeps, and without findings of form. */

import { quote } from "../syntax/edit.ts";
import { type Answers, directoryNames } from "./questions.ts";

/** Texts by path relative to the new project's folder. All questions must have answers. */
export function newProject(answers: Answers): ReadonlyMap<string, string> {
  const organization = answers.get("organization") ?? "";
  return new Map([
    ["accessmap.yaml", projectFile(answers)],
    [mappingFileOf(organization), emptyMappingFile(organization)],
  ]);
}

/** What Windows takes for a device, whatever stands behind the first full stop. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** Where mappings of an organization go that stand nowhere yet. */
export function mappingFileOf(organization: string, folder = "access"): string {
  const name = organization.replaceAll(/[^A-Za-z0-9._-]+/g, "-").replace(DEVICE, "$&-");
  return `${folder}/${name}.accessmap.yaml`;
}

function projectFile(answers: Answers): string {
  const at = (key: string) => answers.get(key) ?? "";
  const names = directoryNames(answers);
  const isSaml = at("roles") === "saml" || at("teams") === "saml";
  const lines = [
    "# Where directories and Datadog organizations are, and what is allowed. One such file per repository; mapping",
    "# files (*.accessmap.yaml) below it say which groups hold which roles and teams.",
    "version: 1",
    "",
    "# Marks what this repository owns in Datadog.",
    `project: ${quote(at("project"))}`,
    "",
    "# Identity providers, by a name of your choice. They are read, never written.",
    "directories:",
    ...names.flatMap((name, index) => directory(answers, name, index)),
    "",
    "# Datadog organizations, by a name of your choice.",
    "organizations:",
    `  ${quote(at("organization"))}:`,
    `    site: ${quote(at("site"))}`,
    ...(at("id") === ""
      ? ["    # id: the organization's id; with it, keys of any other organization are refused"]
      : [`    id: ${quote(at("id"))} # keys of any other organization are refused`]),
    `    directory: ${quote(at("directory") || (names[0] ?? ""))} # where group names are looked for`,
    ...(isSaml ? [`    attribute: ${quote(at("attribute"))} # SAML attribute that carries the groups`] : []),
    "    push:",
    `      roles: ${at("roles")} # scim | saml | members | off`,
    `      teams: ${at("teams")} # scim | saml | members | off`,
    `      users: ${at("users")} # off | deactivate | full`,
    "",
    "policy:",
    "  # Most people whom a grant of that sensitivity may reach.",
    "  limits: { critical: 10 }",
    "  # From which sensitivity on a mapping has to say why.",
    "  require: { reason: high }",
  ];
  return `${lines.join("\n")}\n`;
}

/** Keys in the order of the format. What is not answered is left out, and so is what holds anyway. */
function directory(answers: Answers, name: string, index: number): readonly string[] {
  const entry = (key: string, comment = "", usual = "") => {
    const value = answers.get(`directories.${index}.${key}`) ?? "";
    return value === "" || value === usual ? [] : [`    ${key}: ${quote(value)}${comment && ` # ${comment}`}`];
  };
  return [
    `  ${name}:`,
    ...entry("type"),
    ...entry("domain"),
    ...entry("tenant"),
    ...entry("cloud", "", "public"),
    ...entry("customer"),
    ...entry("admin", "whom the service account acts for"),
    ...entry("url"),
    ...entry("groups", "only these are listed; other names are looked up one by one"),
    ...entry("claim", "the SAML claim carries object ids", "name"),
  ];
}

function emptyMappingFile(organization: string): string {
  return `# Which groups hold which roles and teams in ${organization}. An entry looks like this:
#
#   - group: dd-sre
#     roles: [SRE] # Datadog roles by name
#     teams: [sre] # Datadog teams by handle
#     reason: On call for production
#     owner: sre-leads@example.com
#     until: 2099-12-31 # last day, in UTC
#
# \`accessmap import\` writes what is there now.
organization: ${quote(organization)}
mappings: []
`;
}
