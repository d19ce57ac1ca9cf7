/** The difference between two organizations as text for people, and as data for programs. */

import { countOf, fold } from "../analysis/words.ts";
import type { GroupDifference, Lacking, OrganizationDifference } from "./compareOrganizations.ts";

/** Enough to see what a role is about. */
const MOST_PERMISSIONS = 6;

/** `reverse`: how many groups hold more the other way round. */
export function renderDifference(difference: OrganizationDifference, reverse: number): string {
  const { from, to, groups, roles, unknown } = difference;
  const lines = [
    groups.length === 0
      ? `The mappings of ${from} give nothing that those of ${to} do not.`
      : `The mappings of ${from} give ${countOf(groups.length, "group")} what those of ${to} do not:`,
    ...groups.flatMap((group) => ["", nameOf(group), ...group.lacking.map(renderLacking)]),
    ...(roles.length === 0 ? [] : ["", "Roles of one name that permit different things:"]),
    ...roles.flatMap(({ role, onlyFrom, onlyTo }) => [
      `  ${role}`,
      ...(onlyFrom.length === 0 ? [] : [`    only in ${from}: ${fold(onlyFrom, MOST_PERMISSIONS)}`]),
      ...(onlyTo.length === 0 ? [] : [`    only in ${to}: ${fold(onlyTo, MOST_PERMISSIONS)}`]),
    ]),
    ...(unknown.length === 0 ? [] : ["", "Not compared:", ...unknown.map((text) => `  ${text}`)]),
    ...(reverse === 0
      ? []
      : [
          "",
          `The other way round: ${countOf(reverse, "group holds", "groups hold")} more in ${to} (accessmap diff ${to} ${from}).`,
        ]),
  ];
  return lines.join("\n");
}

/** Nothing of it names a place in memory: the mapping behind a grant is told by file and line. */
export function differenceToJson({ from, to, groups, roles, unknown }: OrganizationDifference): string {
  const plain = groups.map(({ lacking, ...group }) => ({
    ...group,
    lacking: lacking.map(({ mapping: _, ...rest }) => rest),
  }));
  return JSON.stringify({ from, to, groups: plain, roles, unknown }, undefined, 2);
}

function nameOf({ group, directory }: GroupDifference): string {
  return directory === undefined ? group : `${group} (${directory})`;
}

function renderLacking({ kind, name, file, line, until, obstacle }: Lacking): string {
  const end = until === undefined ? "" : `, until ${until}`;
  return `  + ${kind} ${name}  ${file}:${line}${end}${obstacle === undefined ? "" : `; ${obstacle}`}`;
}
