/** Effective permissions as an answer lists them: the most sensitive first, each with where it comes from. */

import { SENSITIVITIES, type Sensitivity } from "../../model/target.ts";
import type { Held } from "../engine/answers.ts";
import { fold } from "../words.ts";
import { type Asked, pathLine } from "./question.ts";

/** What everybody or the Datadog Read Only Role has (`baseline`, by name) is only counted. */
export function permissionLines(asked: Asked, held: readonly Held[], baseline: ReadonlySet<string>): readonly string[] {
  const beyond = held.filter(({ permission }) => !baseline.has(permission.name));
  const rest = held.length - beyond.length;
  return [
    "Effective permissions, before resource restrictions",
    ...[...SENSITIVITIES].reverse().flatMap((level) => levelLines(asked, level, beyond)),
    ...(rest === 0
      ? []
      : [`  ${beyond.length === 0 ? "only" : "and"} ${rest} that everybody or the Datadog Read Only Role has`]),
    ...(held.length === 0 ? ["  none"] : []),
  ];
}

function levelLines(asked: Asked, level: Sensitivity, held: readonly Held[]): readonly string[] {
  const own = held.filter(({ permission }) => permission.sensitivity === level);
  if (own.length === 0) return [];
  const lines = own.map(({ permission, paths: [first, ...more], lacking }) => {
    const others = more.length > 0 ? ` and ${more.length} more` : "";
    const note = lacking.length === 0 ? "" : `  (without effect, lacks ${fold(lacking.map(({ name }) => name))})`;
    return `    ${permission.name.padEnd(40)} ${first ? pathLine(asked, first) : ""}${others}${note}`;
  });
  return [`  ${level} (${own.length})`, ...lines];
}
