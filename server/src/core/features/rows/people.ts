/** Rows of everybody whom the mappings reach or who has an account, and of where somebody's access comes from. */

import { classOfPerson, groupsOf } from "../../analysis/engine/answers.ts";
import { type Engine, roleIdsOf } from "../../analysis/engine/engine.ts";
import type { PersonFacts, Relation } from "../../analysis/engine/relation.ts";
import { memo } from "../../analysis/memo.ts";
import { countOf, fold } from "../../analysis/words.ts";
import { rolePage } from "../../model/adminPages.ts";
import { compareText } from "../../model/order.ts";
import { privilegesOfBits } from "../support/privileges.ts";
import type { Organization } from "./mapped.ts";
import { privilegesOfRole } from "./roles.ts";
import { EMPTY, type Level, levelOf, note, placeOf, type Row, saying, type View } from "./row.ts";

/** Everybody by name, below why there may be more. */
export function peopleLevel(organization: Organization, filter: string): Level {
  const { engine } = organization;
  if (!engine) return saying(`${organization.config.name} has not been read yet`, "unknown");
  const level = levelOf(
    peopleIn(engine),
    ([, { name, email }]) => `${name} ${email ?? ""}`,
    ([key]) => personRow(organization, key),
    filter,
  );
  const [gap] = gapsOf(engine);
  return gap === undefined
    ? level
    : { ...level, rows: [note("gap", `There may be more: ${gap}`, "unknown"), ...level.rows] };
}

/** Everybody by name; `isWhole` is false where there may be more. */
export function listedPeople({ engine }: Organization) {
  return engine && { people: peopleIn(engine), isWhole: gapsOf(engine).length === 0 };
}

function peopleIn({ relation }: Engine): readonly (readonly [string, PersonFacts])[] {
  return memo(relation, sortPeople);
}

function sortPeople({ people }: Relation): readonly (readonly [string, PersonFacts])[] {
  return [...people].sort(([, one], [, other]) => compareText(one.name, other.name));
}

function gapsOf({ relation, groups }: Engine): readonly string[] {
  const unread = [...groups.values()].flatMap(({ facts }) => facts.membersGap ?? []);
  return [...new Set([...(relation.peopleGap === undefined ? [] : [relation.peopleGap]), ...unread])];
}

/** The row of a person; `key` is that of `Relation.people`. */
export function personRow({ engine, target }: Organization, key: string): Row {
  const facts = engine?.relation.people.get(key);
  const one = engine && classOfPerson(engine, key);
  const held = engine && target && one ? privilegesOfBits(engine, target, one.bits) : "";
  const through = [
    ...(facts?.kind === "service" ? ["service account"] : []),
    ...(one && one.groups.length > 0 ? [countOf(one.groups.length, "group")] : []),
    ...(one && one.outside.length > 0 ? [`${countOf(one.outside.length, "role")} outside the files`] : []),
  ];
  return {
    key,
    kind: "person",
    label: facts?.name ?? key,
    detail: [...through, ...(held ? [held] : [])].join(" · "),
    tooltip: [facts?.name ?? key, facts?.email].filter(Boolean).join("\n"),
    opens: true,
  };
}

/** The groups somebody is in with what they give, and the roles held outside the files. */
export function personLevel({ snapshot }: View, organization: Organization, key: string): Level {
  const { engine, target, config } = organization;
  const one = engine && classOfPerson(engine, key);
  if (!engine || !target || !one) return EMPTY;
  const groups = groupsOf(engine, one).map(({ key: groupKey, facts }): Row => {
    const roles = [...new Set(roleIdsOf(engine.relation, facts))].map(
      (id) => engine.relation.roles.get(id)?.name ?? id,
    );
    const spot = facts.grants[0]?.spot;
    return {
      key: groupKey,
      kind: "group",
      label: facts.name,
      name: groupKey,
      detail: roles.length === 0 ? "gives no role" : fold(roles),
      ...(spot ? { place: placeOf(snapshot, spot) } : {}),
    };
  });
  const outside = one.outside.map((id): Row => {
    const held = privilegesOfRole(engine, target, id);
    const page = rolePage(config, id);
    return {
      key: `outside ${id}`,
      kind: "role",
      label: engine.relation.roles.get(id)?.name ?? id,
      detail: ["held outside the files", ...(held ? [held] : [])].join(" · "),
      ...(page ? { page } : {}),
    };
  });
  const rows = [...groups, ...outside];
  return rows.length === 0 ? saying("Holds nothing") : { rows, hidden: 0 };
}
