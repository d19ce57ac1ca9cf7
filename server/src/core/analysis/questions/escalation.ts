/** Which groups come to an administrator's power without holding it openly, the shortest way, and the fewest edits that end all. */

import { indexBy } from "../../model/maps.ts";
import type { GroupNode } from "../engine/engine.ts";
import { cutFor, escalationOf, isOpenlyAdministrator } from "../engine/escalation.ts";
import type { EscalationStep } from "../engine/escalationSteps.ts";
import { groupsNamed } from "../engine/find.ts";
import { lineOf } from "../places.ts";
import { fold, inQuotes } from "../words.ts";
import { gapLines } from "./gaps.ts";
import { type Asked, type NoAnswer, type Reply, unheardOf } from "./question.ts";

interface Found {
  readonly group: GroupNode;
  readonly way: readonly EscalationStep[];
}

/** Of one group by its name, or of all that are mapped. */
export function askEscalation(asked: Asked, name: string | undefined): Reply | NoAnswer {
  const { engine, organization } = asked;
  const groups = name === undefined ? [...engine.groups.values()] : groupsNamed(engine, name);
  if (name !== undefined && groups.length === 0) {
    const names = [...engine.groups.values()].map(({ facts }) => facts.name);
    return unheardOf(`No mapping in force of ${organization.name} names the group`, name, names);
  }
  const open = groups.filter((group) => isOpenlyAdministrator(engine, group));
  const found = groups.flatMap((group): Found[] => {
    const way = open.includes(group) ? undefined : escalationOf(engine, group);
    return way ? [{ group, way }] : [];
  });
  const cut = cutFor(
    engine,
    found.map(({ group }) => group),
  );
  const gaps = [...(engine.relation.links?.gaps ?? []), ...gapsOf(asked)];
  return {
    title: `Ways to an administrator's power in ${organization.name}${name === undefined ? "" : ` for ${inQuotes(name)}`}`,
    lines: [
      ...(open.length === 0 ? [] : [`Openly administrators: ${fold(open.map(({ facts }) => inQuotes(facts.name)))}`]),
      ...wayLines(asked, found, groups.length > open.length),
      ...cutLines(asked, found, cut),
      ...gapLines(gaps, "Not checked"),
    ],
    data: {
      openly: open.map(({ facts }) => facts.name),
      ways: found.map(({ group, way }) => ({
        group: group.facts.name,
        steps: way.map((step) => stepData(asked, step)),
      })),
      fewestEdits: cut?.map((step) => stepData(asked, step).edit) ?? null,
      gaps,
    },
  };
}

/** Groups whose ways go on alike are told together. */
function wayLines(asked: Asked, found: readonly Found[], isAnyLeft: boolean): readonly string[] {
  if (found.length === 0) return isAnyLeft ? ["No other way is known"] : [];
  const alike = indexBy(found, ({ way }) =>
    way
      .slice(1)
      .map(({ text }) => text)
      .join("\n"),
  );
  return [...alike.values()].flatMap((those) => {
    const [first] = those;
    const names = those.map(({ group }) => inQuotes(group.facts.name));
    return [`  ${fold(names)}`, ...(first?.way ?? []).map((step) => `    ${stepText(asked, step)}`)];
  });
}

function cutLines(
  asked: Asked,
  found: readonly Found[],
  cut: readonly EscalationStep[] | undefined,
): readonly string[] {
  if (found.length === 0) return [];
  if (!cut) return ["No edit known here ends all of them"];
  const what = cut.length === 1 ? "One edit ends" : `${cut.length} edits, and no fewer, end`;
  return [`${what} all of them`, ...cut.map((step) => `  ${stepData(asked, step).edit}`)];
}

function stepText({ snapshot }: Asked, { text, edit }: EscalationStep): string {
  const place = edit?.grant?.spot && lineOf(snapshot, edit.grant.spot);
  return `${text}${place ? `  ${place.file}:${place.line}` : ""}`;
}

function stepData({ snapshot }: Asked, { text, edit }: EscalationStep) {
  return {
    text,
    ...(edit ? { edit: edit.text } : {}),
    ...(edit?.grant?.spot ? lineOf(snapshot, edit.grant.spot) : {}),
  };
}

/** Whatever is not known of roles and accounts may lead on too. */
function gapsOf({ engine: { relation } }: Asked): readonly string[] {
  const all = [
    relation.strayGap,
    relation.peopleGap,
    ...[...relation.roles.values()].map(({ gap }) => gap),
    ...[...relation.groups.values()].map(({ grantsGap }) => grantsGap),
  ];
  return [...new Set(all.filter((gap) => gap !== undefined))];
}
