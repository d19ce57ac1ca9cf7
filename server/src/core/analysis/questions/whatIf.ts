/** What would change if a person joined or left a group, or a group got or lost a role. Nothing is written anywhere. */

import { indexBy } from "../../model/maps.ts";
import { baselineOf } from "../effective.ts";
import { classOfPerson, whyMorePeople } from "../engine/answers.ts";
import {
  type AccessChanges,
  changesBetween,
  type PersonChange,
  type Shift,
  withGrants,
  withMember,
} from "../engine/changes.ts";
import { type Engine, engineFor, type GroupNode } from "../engine/engine.ts";
import { groupsNamed, peopleNamed } from "../engine/find.ts";
import { gapText } from "../engine/fromSnapshot.ts";
import { pathText } from "../engine/pathWords.ts";
import type { Relation } from "../engine/relation.ts";
import { countOf, fold, inQuotes } from "../words.ts";
import { gapLines } from "./gaps.ts";
import {
  type Asked,
  type NoAnswer,
  pathData,
  type Reply,
  type SupposedChange,
  severalMeant,
  unheardOf,
} from "./question.ts";

/** People told one by one. */
const MOST = 20;
/** Permissions told by name for each way. */
const SHOWN = 8;

/** Answers from an engine of the changed relation; the snapshot stays as it is. */
export function askWhatIf(asked: Asked, change: SupposedChange): Reply | NoAnswer {
  const { engine, organization } = asked;
  const [group, ...others] = groupsNamed(engine, change.group);
  if (!group) {
    const names = [...engine.groups.values()].map(({ facts }) => facts.name);
    return unheardOf(`No mapping in force of ${organization.name} names the group`, change.group, names);
  }
  if (others.length > 0) return { problem: `Groups of several directories are called "${change.group}"` };
  const supposed = "person" in change ? membership(engine, group, change) : grant(asked, group, change);
  if ("problem" in supposed) return supposed;
  const changes = changesBetween(engine, engineFor(supposed.relation, engine));
  const gaps = gapsOf(group, change);
  return {
    title: `If ${supposed.text}`,
    lines: [...supposed.notes, ...changeLines(asked, changes), ...gapLines(gaps)],
    data: {
      supposed: change,
      people: asked.people === "counts" ? changes.people.length : changes.people.map((one) => personData(asked, one)),
      groups: changes.groups.map(({ name, gains, losses }) => ({
        group: name,
        gains: gains.map((shift) => shiftData(asked, shift)),
        losses: losses.map((shift) => shiftData(asked, shift)),
      })),
      isWhole: gaps.length === 0,
      gaps,
    },
  };
}

interface Supposed {
  readonly relation: Relation;
  readonly text: string;
  readonly notes: readonly string[];
}

function membership(
  engine: Engine,
  group: GroupNode,
  { what, person }: Extract<SupposedChange, { person: string }>,
): Supposed | NoAnswer {
  const keys = peopleNamed(engine, person);
  const [known] = keys;
  if (keys.length > 1) return severalMeant(engine, person, keys);
  const name = inQuotes(group.facts.name);
  const isMember = known !== undefined && group.facts.members.has(known);
  if (what === "leaves" && !isMember) {
    const why = group.facts.membersGap;
    return {
      problem:
        why === undefined
          ? `${person} is no active member of ${name}`
          : `${person} is not known to be a member of ${name}: ${why}`,
    };
  }
  if (what === "joins" && isMember) return { problem: `${person} is a member of ${name} already` };
  const key = known ?? `login ${person.toLowerCase()}`;
  const people =
    known === undefined
      ? new Map(engine.relation.people).set(key, { name: person.toLowerCase(), kind: "person", outside: [] })
      : engine.relation.people;
  const gap = whyMorePeople(engine);
  const stranger =
    gap === undefined
      ? `${person} is in no mapped group and has no enabled account: taken for somebody new`
      : `${person} is not known: taken for somebody new, which is not certain: ${gap}`;
  const notes = known === undefined ? [stranger] : [];
  const groupCount = known === undefined ? 0 : (classOfPerson(engine, known)?.groups.length ?? 0);
  return {
    relation: withMember({ ...engine.relation, people }, group.key, key, what === "joins"),
    text: `${person} ${what === "joins" ? "joined" : "left"} ${name}`,
    notes: [...notes, ...(groupCount === 0 ? [] : [`${person} is in ${countOf(groupCount, "mapped group")} today`])],
  };
}

function grant(
  { engine, snapshot, organization }: Asked,
  group: GroupNode,
  { what, role }: Extract<SupposedChange, { role: string }>,
): Supposed | NoAnswer {
  const named = [...engine.relation.roles.values()].filter(({ name }) => name === role);
  const [found, ...others] = named;
  if (!found) {
    const roles = snapshot.targets.get(organization.name)?.roles;
    const gap = roles && gapText(`roles of ${organization.name}`, roles);
    const names = [...engine.relation.roles.values()].map((known) => known.name);
    return unheardOf(
      gap === undefined ? "The organization has no role" : "No role is known that is called",
      role,
      names,
      gap,
    );
  }
  if (others.length > 0) return { problem: `Several roles are called "${role}"` };
  const { grants, name } = group.facts;
  const left = grants.filter((one) => one.kind !== "role" || one.role !== found.id);
  if (what === "loses" && left.length === grants.length)
    return { problem: `"${name}" does not get "${role}" from a mapping` };
  return {
    relation: withGrants(
      engine.relation,
      group.key,
      what === "loses" ? left : [...grants, { kind: "role", role: found.id }],
    ),
    text: `${inQuotes(name)} ${what === "loses" ? "lost" : "got"} ${inQuotes(role)}`,
    notes: [],
  };
}

function changeLines(asked: Asked, { people, groups }: AccessChanges): readonly string[] {
  const own = baselineFor(asked);
  const lines: string[] = [];
  if (people.length === 0) lines.push("Nobody who is known gains or loses a permission");
  else lines.push(`${countOf(people.length, "person", "people")} would gain or lose permissions`);
  for (const { name, gains, losses } of groups)
    lines.push(`  ${inQuotes(name)} as a group`, ...shiftLines(gains, losses, own));
  if (asked.people === "counts") return lines;
  for (const { person, gains, losses } of people.slice(0, MOST))
    lines.push(`  ${person.name}`, ...shiftLines(gains, losses, own));
  if (people.length > MOST) lines.push(`  and ${people.length - MOST} more (--format json lists them)`);
  return lines;
}

function baselineFor({ snapshot, organization }: Asked): ReadonlySet<string> {
  const target = snapshot.targets.get(organization.name);
  return target ? baselineOf(target) : new Set();
}

/** By sensitivity and way: an administrator's role alone has hundreds of permissions. */
function shiftLines(
  gains: readonly Shift[],
  losses: readonly Shift[],
  baseline: ReadonlySet<string>,
): readonly string[] {
  const told = (word: string, shifts: readonly Shift[]) => {
    const beyond = shifts.filter(({ permission }) => !baseline.has(permission.name));
    const rest = shifts.length - beyond.length;
    const ways = indexBy(beyond, ({ permission, path }) => `${permission.sensitivity}: ${pathText(path)}`);
    const lines = [...ways].map(
      ([way, those]) =>
        `    ${word} ${way}  ${fold(
          those.map(({ permission }) => permission.name),
          SHOWN,
        )}`,
    );
    return rest === 0 ? lines : [...lines, `    ${word} ${rest} that everybody or the Datadog Read Only Role has`];
  };
  return [...told("gains", gains), ...told("loses", losses)];
}

/** Whoever joins gets what the group gives, known or not; who else is in it matters to a change of the group alone. */
function gapsOf({ facts }: GroupNode, change: SupposedChange): readonly string[] {
  const gaps = [facts.grantsGap, "role" in change ? facts.membersGap : undefined];
  return gaps.filter((gap) => gap !== undefined);
}

function personData(asked: Asked, { person, gains, losses }: PersonChange) {
  return {
    person: person.name,
    gains: gains.map((shift) => shiftData(asked, shift)),
    losses: losses.map((shift) => shiftData(asked, shift)),
  };
}

function shiftData(asked: Asked, { permission, path }: Shift) {
  return { permission: permission.name, sensitivity: permission.sensitivity, through: pathData(asked, path) };
}
