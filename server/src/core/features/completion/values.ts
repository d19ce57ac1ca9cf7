/** Values for a subject: live names, names of the project's own files, permissions, rules, dates, and fixed choices. */

import { findPermission } from "../../analysis/effective.ts";
import { addDays, dayOf } from "../../model/time.ts";
import { allMappings, type ReadMappingFile } from "../../syntax/readMappingFile.ts";
import type { Schema } from "../../syntax/schema.ts";
import { prose } from "../support/markdown.ts";
import type { Subject } from "../support/subject.ts";
import { type Candidate, type CompletionSpot, choose, NOTHING, type Offer } from "./candidates.ts";
import { bundles, groups, roles, teams } from "./live.ts";
import { NEARNESS } from "./match.ts";
import { toNames } from "./nameIndex.ts";
import { permissionLists } from "./names.ts";

/** Days from today that an end date is offered for: a month, a quarter, half a year. */
const ENDS = [30, 90, 180];

/** What can be offered for a value of this meaning, at this place. */
export function valuesOf(subject: Subject, spot: CompletionSpot): Offer {
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
    isIncomplete: false,
  };
}

/** Rule ids, as items or as keys. */
function ruleIds(spot: CompletionSpot): Offer {
  return choose(
    spot,
    [toNames(spot.rules, (rule) => rule.id)],
    (label, rule): Candidate => ({ label, kind: "rule", detail: rule.severity, value: label }),
  );
}

function permissions(spot: CompletionSpot): Offer {
  return choose(spot, permissionLists(spot.snapshot), (label, permission): Candidate => {
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

function configured<T>(
  spot: CompletionSpot,
  known: ReadonlyMap<string, T> | undefined,
  detail: (config: T) => string,
): Offer {
  return choose(
    spot,
    [toNames(known ?? [], ([name]) => name)],
    (label, [, config]): Candidate => ({ label, kind: "value", detail: detail(config) }),
  );
}

function owners(spot: CompletionSpot): Offer {
  const names = spot.snapshot.files.flatMap(ownersIn);
  return choose(
    spot,
    [toNames(new Set(names), String)],
    (label): Candidate => ({ label, kind: "value", detail: "used in this project" }),
    { near: new Map((spot.read ? ownersIn(spot.read) : []).map((name) => [name, NEARNESS.nearby])) },
  );
}

function ownersIn(read: ReadMappingFile): readonly string[] {
  const all = [read.head.owner, ...allMappings(read).map(({ owner }) => owner)];
  return all.flatMap((owner) => owner?.value ?? []);
}

function dates({ snapshot }: CompletionSpot): Offer {
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
    isIncomplete: false,
  };
}
