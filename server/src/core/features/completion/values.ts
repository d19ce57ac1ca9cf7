/** Values for a subject: live names, names of the project's own files, permissions, rules, dates, and fixed choices. */

import { findPermission } from "../../analysis/effective.ts";
import { memo, type Snapshot } from "../../analysis/snapshot.ts";
import { CATALOGUE } from "../../model/catalogue.ts";
import { itemsOf } from "../../model/knowledge.ts";
import type { Permission } from "../../model/target.ts";
import { addDays, dayOf } from "../../model/time.ts";
import type { Schema } from "../../syntax/schema.ts";
import { prose } from "../support/markdown.ts";
import type { Subject } from "../support/subject.ts";
import { type Candidate, choose, NOTHING, type Offer, type Spot } from "./candidates.ts";
import { bundles, groups, roles, teams } from "./live.ts";
import { type Indexed, index } from "./rank.ts";

/** Days from today that an end date is offered for: a month, a quarter, half a year. */
const ENDS = [30, 90, 180];

export function valuesOf(subject: Subject, spot: Spot): Offer {
  switch (subject) {
    case "group":
      return groups(spot, "name");
    case "group-id":
      return groups(spot, "id");
    case "role":
      return roles(spot, "name");
    case "role-id":
      return roles(spot, "id");
    case "team":
      return teams(spot);
    case "bundle":
      return bundles(spot);
    case "permission":
      return permissions(spot);
    case "directory":
      return configured(spot, spot.snapshot.project?.content.directories, ({ type }) => type);
    case "organization":
      return configured(spot, spot.snapshot.project?.content.organizations, ({ site }) => site.value);
    case "rule":
      return ruleIds(spot);
    case "owner":
      return owners(spot);
    case "date":
      return dates(spot);
    case "person":
      return NOTHING; // logins are personal data: they are not listed to whoever opens a file
  }
}

/** The values that a schema itself fixes. */
export function choicesOf(schema: Schema): Offer {
  const values = schema.enum ?? (schema.const === undefined ? [] : [String(schema.const)]);
  return {
    candidates: values.map((label): Candidate => ({ label, kind: "value", raw: { text: label } })),
    isCut: false,
  };
}

/** Rule ids, as items or as keys. */
export function ruleIds(spot: Spot): Offer {
  return choose(
    spot,
    index(spot.rules, (rule) => rule.id),
    (label, rule): Candidate => ({ label, kind: "rule", detail: rule.severity, value: label }),
  );
}

function permissions(spot: Spot): Offer {
  const known = memo(spot.snapshot, indexPermissions);
  return choose(spot, known, (label, permission): Candidate => {
    const { sensitivity, group, summary, reason } = spot.target ? findPermission(spot.target, label) : permission;
    const words = [summary, reason].filter((sentence) => sentence !== undefined).map((sentence) => prose(sentence));
    return {
      label,
      kind: "permission",
      detail: `${sensitivity} · ${group}`,
      ...(words.length > 0 ? { documentation: words.join("\n\n") } : {}),
    };
  });
}

function configured<T>(spot: Spot, known: ReadonlyMap<string, T> | undefined, detail: (config: T) => string): Offer {
  return choose(
    spot,
    index(known ?? [], ([name]) => name),
    (label, [, config]): Candidate => ({ label, kind: "value", detail: detail(config) }),
  );
}

function owners(spot: Spot): Offer {
  const names = spot.snapshot.files.flatMap(({ content }) =>
    [content.owner, ...content.mappings.map((mapping) => mapping.owner)].flatMap((owner) => owner?.value ?? []),
  );
  return choose(
    spot,
    index(new Set(names), String),
    (label): Candidate => ({ label, kind: "value", detail: "used in this project" }),
  );
}

function dates({ snapshot }: Spot): Offer {
  const today = dayOf(snapshot.now);
  const longest = snapshot.project?.content.policy.longest;
  const days = [
    ...ENDS.filter((end) => longest === undefined || end < longest),
    ...(longest === undefined ? [] : [longest]),
  ];
  return {
    candidates: days.map((end): Candidate => {
      const label = addDays(today, end);
      return {
        label,
        kind: "date",
        detail: `in ${end} days${end === longest ? ", the longest allowed" : ""}`,
        raw: { text: label },
      };
    }),
    isCut: false,
  };
}

/** What organizations list, and what the catalogue knows besides. */
function indexPermissions(snapshot: Snapshot): readonly Indexed<Permission>[] {
  const known = new Map(CATALOGUE);
  for (const target of snapshot.targets.values())
    for (const [name, permission] of itemsOf(target.permissions)) known.set(name, permission);
  return index(
    [...known.values()].filter((permission) => !permission.deprecated),
    (permission) => permission.name,
  );
}
