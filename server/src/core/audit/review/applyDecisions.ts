/**
 * Decisions as edits of mapping files, with who decided and when as a comment; and as tasks where a mapping cannot say it.
 * Nobody's decision on their own access counts, nor one on a grant that the files say otherwise by now.
 */

import { groupName, type ResolvedMapping, resolvedMappings } from "../../analysis/grants.ts";
import { lineOf, startsIn, toEdits } from "../../analysis/places.ts";
import { resolveRole, resolveTeam } from "../../analysis/resolve.ts";
import { type Snapshot, textIn } from "../../analysis/snapshot.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { push } from "../../model/maps.ts";
import { printable } from "../../model/printable.ts";
import { applyEdits } from "../../syntax/edit.ts";
import type { Decision } from "./decisions.ts";
import { changeEdit, newEnd, revokeEdit } from "./edits.ts";
import { fingerprintOf, type GivenItem, grantsIn, membersGap } from "./grant.ts";
import { reviewedNote, withoutNotes } from "./reviewedNote.ts";
import type { Hash } from "./rows.ts";
import { unfold, withText } from "./unfold.ts";

export interface AppliedDecisions {
  /** New texts of files, by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** What somebody has to do by hand, one sentence each. */
  readonly tasks: readonly string[];
  /** Why nothing may be written, one sentence each. */
  readonly refused: readonly string[];
  readonly kept: number;
}

interface Found {
  readonly resolved: ResolvedMapping;
  readonly grant: GivenItem;
}

/**
 * The files with all decisions in them, or none: one row that cannot count refuses the whole review, with every such
 * row named. A row is found by its fingerprint, so one whose facts changed since is refused, too.
 */
export function applyDecisions(snapshot: Snapshot, decisions: readonly Decision[], hash: Hash): AppliedDecisions {
  const index = indexGrants(snapshot, hash);
  const refused = decisions.flatMap((decision) => {
    const why = whyRefused(snapshot, decision, index.get(decision.fingerprint) ?? []);
    return why === undefined ? [] : [`row ${decision.row}: ${why}`];
  });
  if (refused.length > 0) return { texts: new Map(), tasks: [], refused, kept: 0 };
  const tasks: string[] = [];
  let now = snapshot;
  // Another end makes every grant of an entry another question: that comes last.
  const inOrder = [...decisions].sort((a, b) => Number(newEnd(a) !== undefined) - Number(newEnd(b) !== undefined));
  for (const decision of inOrder) {
    const found = index.get(decision.fingerprint) ?? [];
    if (decision.kind !== "grant") {
      if (decision.decision !== "keep") tasks.push(taskOf(decision, found[0]));
      continue;
    }
    for (const { resolved, grant } of found) {
      const done = perform(now, decision, resolved.file.file, grant.bundle, hash);
      if ("byHand" in done) tasks.push(done.byHand);
      else now = done.after;
    }
  }
  const changed = snapshot.files.flatMap(({ file }): [string, string][] => {
    const text = textIn(now, file) ?? "";
    return text === textIn(snapshot, file) ? [] : [[file, text]];
  });
  const kept = decisions.filter(({ decision }) => decision === "keep").length;
  return { texts: new Map(changed), tasks, refused, kept };
}

/** One decision on the first grant of the file that it is about. */
function perform(
  snapshot: Snapshot,
  decision: Decision,
  file: string,
  bundle: string | undefined,
  hash: Hash,
): { readonly after: Snapshot } | { readonly byHand: string } {
  const here = findAgain(snapshot, decision.fingerprint, hash, file, bundle);
  if (!here)
    return {
      byHand: `${verb(decision)} ${decision.access} of ${decision.group} in ${file}: another decision has changed the entry`,
    };
  const byHand = (why: string) => {
    const { source, span } = here.resolved.mapping;
    const { line } = lineOf(snapshot, { source, span });
    return {
      byHand: `${verb(decision)} ${here.grant.name} of ${groupName(here.resolved)}, at ${file}:${line}: ${why}`,
    };
  };
  const apart = isAboutOne(decision) ? takeApart(snapshot, here) : { snapshot, found: here };
  if (apart === undefined)
    return byHand(
      `it comes with the bundle "${here.grant.bundle}", and the entry cannot be edited as it is written: name what else the bundle brings instead of it`,
    );
  const made =
    decision.decision === "keep" ? { edits: [], removesEntry: false } : editOf(apart.snapshot, decision, apart.found);
  if (made === undefined || "byHand" in made)
    return byHand(made?.byHand ?? "the entry cannot be edited as it is written");
  const { source, span } = apart.found.resolved.mapping;
  const text = textIn(apart.snapshot, file) ?? "";
  const start = startsIn(apart.snapshot)(source) + span.start;
  const said = made.removesEntry ? withoutNotes(text, start) : reviewedNote(text, start, decision);
  return { after: withText(apart.snapshot, file, applyEdits(text, [...made.edits, ...(said ? [said] : [])])) };
}

/** Another end is the whole entry's, and what is kept stays as it is written. */
function isAboutOne(decision: Decision): boolean {
  return decision.decision !== "keep" && newEnd(decision) === undefined;
}

/** What a bundle brings is named by the mapping itself, so that one thing of it can go: others use the bundle too. */
function takeApart(
  snapshot: Snapshot,
  found: Found,
): { readonly snapshot: Snapshot; readonly found: Found } | undefined {
  const { bundle, kind, written } = found.grant;
  if (bundle === undefined) return { snapshot, found };
  const unfolded = unfold(snapshot, found.resolved, bundle);
  const grant = unfolded && grantsIn(unfolded.resolved).find((one) => one.kind === kind && one.written === written);
  return grant && { snapshot: unfolded.snapshot, found: { resolved: unfolded.resolved, grant } };
}

function indexGrants(snapshot: Snapshot, hash: Hash): ReadonlyMap<string, readonly Found[]> {
  const index = new Map<string, Found[]>();
  for (const resolved of resolvedMappings(snapshot))
    for (const grant of resolved.mapping.group ? grantsIn(resolved) : [])
      push(index, fingerprintOf(resolved, grant, hash), { resolved, grant });
  return index;
}

/** The grant in files that other decisions have changed already; what came with a bundle may stand by itself by now. */
function findAgain(
  snapshot: Snapshot,
  fingerprint: string,
  hash: Hash,
  file: string,
  bundle: string | undefined,
): Found | undefined {
  for (const resolved of resolvedMappings(snapshot)) {
    if (resolved.file.file !== file || !resolved.mapping.group) continue;
    const was = (one: GivenItem, from = one.bundle) =>
      fingerprintOf(resolved, { ...one, ...(from !== undefined && { bundle: from }) }, hash) === fingerprint;
    const grant = grantsIn(resolved).find((one) => was(one) || was(one, bundle));
    if (grant) return { resolved, grant };
  }
  return undefined;
}

function whyRefused(snapshot: Snapshot, decision: Decision, found: readonly Found[]): string | undefined {
  const { kind, person, reviewer, access, group } = decision;
  const own = reviewer.toLowerCase();
  if (kind !== "grant" && isPerson(snapshot, person, own)) return `${reviewer} decides on their own ${access}`;
  if (kind === "outside") return undefined;
  if (found.length === 0)
    return `the files no longer say this of ${access} through ${group}${nearby(snapshot, decision)}; make a new pack`;
  if (!found.some((one) => isSaid(decision, one)))
    return `the row is about ${access} through ${group}, and its fingerprint about something else: a column that is not yours to fill in was changed; make a new pack`;
  if (kind === "person") return undefined;
  for (const { resolved } of found) {
    const gap = membersGap(resolved);
    const isIn = [...itemsOf(resolved.members).values()].some(({ login, email }) => login === own || email === own);
    if (isIn) return `${reviewer} is in ${group} and decides on their own ${access}`;
    if (gap)
      return `whether ${reviewer} is in ${group} cannot be told, so the decision may be on their own access: ${gap.message}`;
  }
  return undefined;
}

/** True when what the row says in words is what its fingerprint stands for: the reviewer saw the words. */
function isSaid({ access, group, organization }: Decision, { resolved, grant }: Found): boolean {
  // A role's name of then may not be known now, nor the other way round.
  const names = grant.kind === "team" ? [`team ${grant.name}`] : [grant.name, grant.written];
  const isSame = (said: string, word: string) => printable(word).trim() === said;
  return (
    names.some((name) => isSame(access, name)) &&
    isSame(group, groupName(resolved)) &&
    isSame(organization, resolved.organization?.name ?? "")
  );
}

/** A login or address may be that of the same person under another one. */
function isPerson(snapshot: Snapshot, person: string, reviewer: string): boolean {
  if (person.toLowerCase() === reviewer) return true;
  const isBoth = (one: string, other: string) =>
    [one, other].includes(reviewer) && [one, other].includes(person.toLowerCase());
  const members = [...snapshot.directories.values()].flatMap((directory) => [...directory.members.values()]);
  const accounts = [...snapshot.targets.values()].flatMap((target) => [...itemsOf(target.accounts).values()]);
  return (
    members.some((list) => [...itemsOf(list).values()].some(({ login, email }) => isBoth(login, email))) ||
    accounts.some(({ handle, email, serviceAccount }) => !serviceAccount && isBoth(handle, email))
  );
}

/** Where the group is mapped now, for whoever looks what became of the line. */
function nearby(snapshot: Snapshot, { group, organization }: Decision): string {
  const places = resolvedMappings(snapshot)
    .filter((one) => one.organization?.name === organization && one.mapping.group && groupName(one) === group)
    .map(({ mapping }) => lineOf(snapshot, { source: mapping.source, span: mapping.span }))
    .map(({ file, line }) => `${file}:${line}`);
  return places.length === 0 ? ": no mapping names the group" : `, see ${places.join(", ")}`;
}

function taskOf(decision: Decision, found: Found | undefined): string {
  const { kind, person, access, group, organization, reviewer, date, comment } = decision;
  const by = `decided by ${reviewer} on ${date}${comment === "" ? "" : `: ${comment}`}`;
  const end = decision.decision === "change" ? newEnd(decision) : undefined;
  const isOther = decision.decision === "change" && end === undefined;
  const how = isOther ? ` and give them ${decision.change} instead` : end === undefined ? "" : ` at the end of ${end}`;
  if (kind === "person") {
    const directory = found?.resolved.directory?.name ?? "the directory";
    return `Take ${person} out of ${group} in ${directory}${how} (${access}; ${by}): a mapping cannot leave out one person`;
  }
  return `Take ${access} from ${person} in ${organization}${how} (${by}): no mapping gives it, so do it in Datadog unless a plan does`;
}

function verb({ decision }: Decision): string {
  return decision === "revoke" ? "Revoke" : "Change";
}

function editOf(snapshot: Snapshot, decision: Decision, { resolved, grant }: Found) {
  const { mapping, target, organization } = resolved;
  const edit =
    decision.decision === "revoke"
      ? revokeEdit(resolved, grant)
      : changeEdit(resolved, grant, decision, (name) => {
          const where = organization?.name ?? "";
          const answer =
            grant.kind === "role"
              ? resolveRole(target, { name, span: mapping.span }, where)
              : resolveTeam(target, name, where);
          return answer.answer === "absent" ? `there is no ${grant.kind} "${name}" in ${where}` : undefined;
        });
  if (edit === undefined || "byHand" in edit) return edit;
  return { edits: toEdits(snapshot, [edit.edit]), removesEntry: edit.removesEntry };
}
