/** The sample project: mapping files of a good team with a few honest mistakes, dated relative to today. */

import { parse } from "yaml";
import { BUSINESS } from "./sample/business.ts";
import { CONTRACTORS } from "./sample/contractors.ts";
import { type Managed, renderLock } from "./sample/lock.ts";
import { PLATFORM } from "./sample/platform.ts";
import { PRODUCT } from "./sample/product.ts";
import { PROJECT } from "./sample/project.ts";
import { README } from "./sample/readme.ts";
import { SECURITY } from "./sample/security.ts";
import { GROUPS } from "./seed/groups.ts";
import { TEAMS } from "./seed/live.ts";

const MAPPING_FILES: Readonly<Record<string, string>> = {
  "access/business.accessmap.yaml": BUSINESS,
  "access/contractors.accessmap.yaml": CONTRACTORS,
  "access/platform.accessmap.yaml": PLATFORM,
  "access/product.accessmap.yaml": PRODUCT,
  "access/security.accessmap.yaml": SECURITY,
};

/** The files of the sample by relative path. `today` is `YYYY-MM-DD`; one grant has ended and one ends soon, whatever the day. */
export function renderSample(today: string): Map<string, string> {
  const files = { "README.md": README, "accessmap.yaml": PROJECT, ...MAPPING_FILES };
  const rendered = Object.entries(files).map(([path, text]): [string, string] => [path, withDates(text, today)]);
  return new Map([...rendered, ["accessmap.lock", renderLock(managed(rendered))]]);
}

/** `{{today+9d}}` and `{{today-20d}}` become days. */
function withDates(text: string, today: string): string {
  return text.replace(/\{\{today([+-]\d+)d\}\}/g, (_, days: string) => {
    const date = new Date(`${today}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + Number(days));
    return date.toISOString().slice(0, 10);
  });
}

interface Given {
  readonly roles?: readonly string[];
  readonly teams?: readonly string[];
}

/** What the files name, as `accessmap lock` would write it: only what exists has an id to pin. */
function managed(files: readonly (readonly [string, string])[]): Managed {
  const parsed = files.filter(([path]) => path in MAPPING_FILES).map(([, text]) => parse(text));
  const mappings: (Given & { group: string })[] = parsed.flatMap((file) => file.mappings);
  const given: Given[] = [...mappings, ...parsed.flatMap((file) => Object.values<Given>(file.bundles ?? {}))];
  const known = { teams: new Set(TEAMS.map(({ handle }) => handle)), groups: new Set(GROUPS.map(({ name }) => name)) };
  const unique = (names: readonly string[]) => [...new Set(names)];
  return {
    roles: unique(given.flatMap(({ roles = [] }) => roles)),
    teams: unique(given.flatMap(({ teams = [] }) => teams)).filter((handle) => known.teams.has(handle)),
    groups: unique(mappings.map(({ group }) => group)).filter((name) => known.groups.has(name)),
  };
}
