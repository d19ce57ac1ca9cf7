/** Access tests: whether what a file expects of access holds, with a counter-example where it does not. */

import type { Expectation } from "../../model/mapping.ts";
import type { Span, Spanned } from "../../model/text.ts";
import { fold, inQuotes } from "../words.ts";
import {
  classOfPerson,
  groupHolds,
  groupsOf,
  type Holder,
  type Holding,
  openFor,
  type Path,
  pathsOf,
  personHolds,
  whoCan,
  whyMorePeople,
} from "./answers.ts";
import { has } from "./bits.ts";
import type { Engine, GroupNode } from "./engine.ts";
import { groupsNamed, peopleNamed } from "./find.ts";
import { pathText } from "./pathWords.ts";
import { lackingFor } from "./vocabulary.ts";

/** One claim of an expectation. `unproven`: what is known neither confirms nor refutes it. */
export interface ClaimVerdict {
  readonly verdict: "holds" | "fails" | "unproven";
  /** What is claimed, e.g. `"dd-ro" cannot logs_read_data`. */
  readonly claim: string;
  /** Place of the claim in the expectation's source. */
  readonly span: Span;
  /** Why it fails or is not proven. */
  readonly why?: string;
  /** The access that refutes it. */
  readonly path?: Path;
}

/** Every claim of an expectation with what comes of it; one that claims nothing fails as such. */
export function judgeExpectation(engine: Engine, expectation: Expectation): readonly ClaimVerdict[] {
  const { group, members, person, permission, people } = expectation;
  const { indexes } = engine.relation.vocabulary;
  const outcomes: ClaimVerdict[] = [];
  const [subject, judges] = group ? [group, OF_GROUP] : members ? [members, OF_MEMBERS] : [person, OF_PERSON];
  for (const words of ["can", "cannot"] as const) {
    for (const claim of subject ? expectation[words] : []) {
      const index = indexes.get(claim.value);
      const finding = index === undefined ? noPermission(claim) : judges[words](engine, subject?.value ?? "", index);
      const who = `${members && !group ? "members of " : ""}${inQuotes(subject?.value ?? "")}`;
      outcomes.push({ claim: `${who} ${words} ${claim.value}`, span: claim.span, ...finding });
    }
  }
  if (permission && people) outcomes.push(...countHolders(engine, permission, people));
  if (outcomes.length > 0) return outcomes;
  const why = "it needs a group, members or a person with can or cannot, or a permission with people";
  return [{ verdict: "fails", claim: "This expectation tests nothing", span: expectation.span, why }];
}

type Finding = Pick<ClaimVerdict, "verdict" | "why" | "path">;

const HOLDS: Finding = { verdict: "holds" };

type Judge = (engine: Engine, name: string, index: number) => Finding;

/** What the group gives, except that its members may have what they must be able to do from elsewhere too. */
const OF_GROUP: Readonly<Record<"can" | "cannot", Judge>> = { can: groupCan, cannot: groupCannot };
/** What its members hold by any way. */
const OF_MEMBERS: Readonly<Record<"can" | "cannot", Judge>> = { can: groupCan, cannot: membersCannot };
const OF_PERSON: Readonly<Record<"can" | "cannot", Judge>> = { can: personCan, cannot: personCannot };

/** Every member has what the group gives, so who they are matters only where it does not give it. */
function groupCan(engine: Engine, name: string, index: number): Finding {
  const groups = groupsNamed(engine, name);
  if (groups.length === 0) return { verdict: "fails", why: "no mapping in force gives this group anything" };
  const findings = groups.map((group) => {
    const own = can(index, engine, groupHolds(engine, group.key));
    return own.verdict === "holds" ? own : elsewhere(engine, group, index, own);
  });
  return findings.find(({ verdict }) => verdict !== "holds") ?? HOLDS;
}

function elsewhere(engine: Engine, { facts }: GroupNode, index: number, own: Finding): Finding {
  const members = [...facts.members];
  const lacking = members.find((key) => !isUsable(engine, key, index));
  if (own.verdict === "unproven") return own;
  if (lacking === undefined) {
    if (facts.membersGap !== undefined) return { verdict: "unproven", why: facts.membersGap };
    return members.length === 0 ? own : HOLDS;
  }
  const [gap] = openFor(engine, index, [lacking]);
  if (gap !== undefined) return { verdict: "unproven", why: gap };
  if (own.path) return own;
  return { ...own, why: `${own.why}, and ${engine.relation.people.get(lacking)?.name} has it from nowhere else` };
}

function personCan(engine: Engine, name: string, index: number): Finding {
  const [key] = peopleNamed(engine, name);
  if (key === undefined) return nobody(engine, "fails");
  return can(index, engine, personHolds(engine, key), openFor(engine, index, [key]));
}

function can(index: number, { relation }: Engine, holding: Holding | undefined, gaps = holding?.gaps ?? []): Finding {
  const found = holding?.held.find(({ permission }) => permission === relation.vocabulary.permissions[index]);
  if (found?.lacking.length === 0) return HOLDS;
  if (gaps[0] !== undefined) return { verdict: "unproven", why: gaps[0] };
  if (!found) return { verdict: "fails", why: "no role gives it" };
  const why = `it has no effect without ${fold(found.lacking.map(({ name }) => name))}`;
  return { verdict: "fails", why, ...pathOf(found.paths) };
}

function isUsable(engine: Engine, key: string, index: number): boolean {
  const bits = classOfPerson(engine, key)?.bits;
  return bits !== undefined && has(bits, index) && lackingFor(engine.relation.vocabulary, bits, index).length === 0;
}

function groupCannot(engine: Engine, name: string, index: number): Finding {
  const groups = groupsNamed(engine, name);
  if (groups.length === 0) return { verdict: "unproven", why: "no mapping in force names this group" };
  for (const group of groups) {
    const [path] = has(group.bits, index) ? pathsOf(engine, index, { groups: [group], outside: [] }) : [];
    if (path) return { verdict: "fails", why: `it comes through ${pathText(path)}`, path };
  }
  const [gap] = groups.flatMap(({ key }) => groupHolds(engine, key)?.gaps ?? []);
  return gap === undefined ? HOLDS : { verdict: "unproven", why: gap };
}

/** Neither the group nor any other way of its members may lead to the permission. */
function membersCannot(engine: Engine, name: string, index: number): Finding {
  const own = groupCannot(engine, name, index);
  if (own.verdict === "fails") return own;
  const groups = groupsNamed(engine, name);
  const members = groups.flatMap(({ facts }) => [...facts.members]);
  for (const key of members) {
    const path = pathOfPerson(engine, key, index);
    const person = engine.relation.people.get(key)?.name;
    if (path) return { verdict: "fails", why: `${person} can, through ${pathText(path)}`, path };
  }
  const [gap] = [...groups.flatMap(({ facts }) => facts.membersGap ?? []), ...openFor(engine, index, members)];
  return gap === undefined ? own : { verdict: "unproven", why: gap };
}

function personCannot(engine: Engine, name: string, index: number): Finding {
  const [key] = peopleNamed(engine, name);
  if (key === undefined) return nobody(engine, "holds");
  const path = pathOfPerson(engine, key, index);
  if (path) return { verdict: "fails", why: `it comes through ${pathText(path)}`, path };
  const [gap] = openFor(engine, index, [key]);
  return gap === undefined ? HOLDS : { verdict: "unproven", why: gap };
}

function pathOfPerson(engine: Engine, key: string, index: number): Path | undefined {
  const one = classOfPerson(engine, key);
  if (!one || !has(one.bits, index)) return undefined;
  const [path] = pathsOf(engine, index, { groups: groupsOf(engine, one), outside: one.outside });
  return path;
}

/** Somebody whom neither the groups nor the accounts have holds nothing, if these are known. */
function nobody(engine: Engine, verdict: "holds" | "fails"): Finding {
  const gap = whyMorePeople(engine);
  if (gap !== undefined) return { verdict: "unproven", why: gap };
  return verdict === "holds" ? HOLDS : { verdict, why: "nobody of this name is in a mapped group or has an account" };
}

function countHolders(
  engine: Engine,
  permission: Spanned<string>,
  people: NonNullable<Expectation["people"]>,
): readonly ClaimVerdict[] {
  const { permission: known, holders, gaps } = whoCan(engine, permission.value);
  const humans = holders.filter(({ person }) => person.kind === "person");
  const claims: { readonly claim: string; readonly finding: Finding }[] = [];
  if (people.min !== undefined)
    claims.push({
      claim: `at least ${people.min} can ${permission.value}`,
      finding: atLeast(humans, people.min, gaps),
    });
  if (people.max !== undefined)
    claims.push({ claim: `at most ${people.max} can ${permission.value}`, finding: atMost(humans, people.max, gaps) });
  return claims.map(({ claim, finding }) => ({
    claim,
    span: people.span,
    ...(known ? finding : noPermission(permission)),
  }));
}

function atLeast(holders: readonly Holder[], min: number, [gap]: readonly string[]): Finding {
  if (holders.length >= min) return HOLDS;
  if (gap !== undefined) return { verdict: "unproven", why: gap };
  return { verdict: "fails", why: `${holders.length} can${holders.length === 0 ? "" : `: ${namesOf(holders)}`}` };
}

function atMost(holders: readonly Holder[], max: number, [gap]: readonly string[]): Finding {
  if (holders.length <= max) return gap === undefined ? HOLDS : { verdict: "unproven", why: gap };
  const [first] = holders;
  const through = first ? `, ${first.person.name} through ${pathText(first.path)}` : "";
  return {
    verdict: "fails",
    why: `${holders.length} can: ${namesOf(holders)}${through}`,
    ...pathOf(holders.map(({ path }) => path)),
  };
}

function namesOf(holders: readonly Holder[]): string {
  return fold(holders.map(({ person }) => person.name));
}

/** Not a failed test: an unknown name is a finding of its own. */
function noPermission({ value }: Spanned<string>): Finding {
  return { verdict: "unproven", why: `no list has a permission ${inQuotes(value)}` };
}

function pathOf([path]: readonly Path[]): { readonly path?: Path } {
  return path ? { path } : {};
}
