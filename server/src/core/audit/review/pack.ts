/** An access review: every row with whoever decides it, and the proof that no row is missing. Nobody decides on their own access. */

import { mappingsOf, resolvedMappings } from "../../analysis/grants.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import { countOf } from "../../analysis/words.ts";
import { itemsOf, type Knowledge } from "../../model/knowledge.ts";
import { indexBy } from "../../model/maps.ts";
import { compareText } from "../../model/order.ts";
import type { Instant } from "../../model/time.ts";
import { type Read, readOf } from "../reads.ts";
import { outsideRows } from "./outside.ts";
import { type ReviewedGrant, type ReviewRow, type RowMaterial, reviewMaterial } from "./rows.ts";
import type { GrantHistory } from "./since.ts";

export interface RoutedRow extends ReviewRow {
  readonly reviewer: string;
  /** Why somebody else than the owner decides. */
  readonly note?: string;
}

export interface ReviewPack {
  readonly madeAt: Instant;
  readonly project: string;
  /** The commit that the files are from, where there is one. */
  readonly commit?: string;
  readonly rows: readonly RoutedRow[];
  /** Whatever rows could be missing from. */
  readonly reads: readonly Read[];
  /** What is told of people outside the files comes from these. */
  readonly states: readonly Read[];
  /** How old grants are known to be, in one sentence. */
  readonly ages: string;
  /** In no row are those that have ended, and those that give nothing or name no group: `empty`. */
  readonly mappings: { readonly reviewed: number; readonly empty: number; readonly ended: number };
  /** Teams that no mapping names: their members are read by nobody, and in no row. */
  readonly otherTeams: number;
}

export interface PackOptions extends RowMaterial {
  /** Why there is no history of the grants. */
  readonly noHistory?: string;
  /** Who decides what its owner cannot, and what has no owner. */
  readonly second?: string;
  readonly commit?: string;
}

/** Stands where nobody is named who may decide: the pack's maker has to find somebody. */
export const UNASSIGNED = "unassigned";

/**
 * Every row of all organizations with its reviewer; `second` decides where the owner may not, or where there is none.
 * `mappings` counts those with rows, those in force that give nothing, and those that have ended, so that the sum is
 * all there are.
 */
export function reviewPack(snapshot: Snapshot, options: PackOptions): ReviewPack {
  const { second, commit, history, noHistory, people } = options;
  const organizations = [...(snapshot.project?.content.organizations.values() ?? [])];
  const rows = organizations.flatMap((organization) => {
    const { grants, isVague } = reviewMaterial(snapshot, organization, options);
    const why = `no mapping ${isVague ? "is known to give" : "gives"} it, so it has no owner`;
    return [
      ...grants.flatMap((grant) => routeGrant(grant, second)),
      ...outsideRows(snapshot, organization, options).map((row) =>
        row.owner === undefined ? routeTo(row, second, why) : { ...row, reviewer: row.owner },
      ),
    ];
  });
  const all = resolvedMappings(snapshot);
  const inForce = all.filter((resolved) => resolved.inForce).length;
  const withRows = new Set(rows.flatMap(({ kind, place }) => (kind === "grant" ? [place] : []))).size;
  return {
    madeAt: snapshot.now,
    project: snapshot.project?.content.name ?? "",
    ...(commit !== undefined && { commit }),
    rows,
    reads: readsOf(snapshot),
    states: [...people].map(([directory, list]) => readOf(directory, "people", list)),
    ages: history ? describeHistory(history) : `The age of grants is not known: ${noHistory ?? "no history was read"}.`,
    otherTeams: [...snapshot.targets.values()].flatMap(({ teams, teamMembers }) =>
      [...itemsOf(teams).keys()].filter((id) => !teamMembers.has(id)),
    ).length,
    mappings: { reviewed: withRows, empty: inForce - withRows, ended: all.length - inForce },
  };
}

/** The rows of each reviewer, by address as it is written first: in letters of either case it is the same person's. */
export function byReviewer({ rows }: ReviewPack): ReadonlyMap<string, readonly RoutedRow[]> {
  const all = [...indexBy(rows, ({ reviewer }) => reviewer.toLowerCase())];
  const named = all.map(([key, own]) => [own[0]?.reviewer ?? key, own] as const);
  return new Map(named.sort(([a], [b]) => compareText(a, b)));
}

function routeGrant({ grant, people, beneficiaries }: ReviewedGrant, second: string | undefined): readonly RoutedRow[] {
  const { owner } = grant;
  if (owner === undefined) {
    const note = "the mapping names no owner";
    return [grant, ...people].map((row) => routeFor(row, beneficiaries, second, note));
  }
  const gets = beneficiaries.has(owner.toLowerCase());
  return [
    gets
      ? routeFor(grant, beneficiaries, second, `${owner} owns it and is in the group`)
      : { ...grant, reviewer: owner },
    ...people.map((row) =>
      isSelf(row, owner)
        ? routeFor(row, beneficiaries, second, `${owner} owns it and has it`)
        : { ...row, reviewer: owner },
    ),
  ];
}

/** To the second reviewer, unless it would be their own access too. */
function routeFor(
  row: ReviewRow,
  beneficiaries: ReadonlySet<string>,
  second: string | undefined,
  note: string,
): RoutedRow {
  const isOwn =
    second !== undefined && (row.kind === "grant" ? beneficiaries.has(second.toLowerCase()) : isSelf(row, second));
  return routeTo(row, isOwn ? undefined : second, isOwn ? `${note}; ${second} has it too` : note);
}

function routeTo(row: ReviewRow, reviewer: string | undefined, note: string): RoutedRow {
  const isOwn = reviewer !== undefined && row.kind !== "grant" && isSelf(row, reviewer);
  return { ...row, reviewer: isOwn ? UNASSIGNED : (reviewer ?? UNASSIGNED), note };
}

function isSelf({ person, email }: ReviewRow, reviewer: string): boolean {
  return [person, email].some((name) => name?.toLowerCase() === reviewer.toLowerCase());
}

function describeHistory({ commits, atLeast }: GrantHistory): string {
  const seen = `The age of grants is told by ${countOf(commits, "commit")} of the checked-out branch`;
  return `${seen}${atLeast.size > 0 ? "; there may be older ones, which say more of those marked so" : ""}.`;
}

/** Members are due only of what is mapped and there. */
function readsOf(snapshot: Snapshot): readonly Read[] {
  const all = resolvedMappings(snapshot);
  const isDueOf = (name: string) =>
    all.some(({ directory, group }) => directory?.name === name && group?.answer === "present");
  const isDueIn = (name: string) =>
    mappingsOf(snapshot, name).some(({ teams }) => teams.some(({ team }) => team.answer === "present"));
  return [
    ...[...snapshot.directories.values()].flatMap(({ name, groups, members }) => [
      readOf(name, "groups", groups),
      ...allOf(name, "members of mapped groups", [...members.values()], isDueOf(name)),
    ]),
    ...[...snapshot.targets.values()].flatMap(({ name, accounts, roles, teams, teamMembers }) => [
      readOf(name, "accounts", accounts),
      readOf(name, "roles", roles),
      readOf(name, "teams", teams),
      ...allOf(name, "members of mapped teams", [...teamMembers.values()], isDueIn(name)),
    ]),
  ];
}

/** Many reads as one: as old as the oldest, whole if all are. None where none was due. */
function allOf(
  system: string,
  what: string,
  parts: readonly Knowledge<unknown>[],
  isDue: boolean,
): readonly [] | readonly [Read] {
  if (parts.length === 0 && !isDue) return [];
  const reads = parts.map((part) => readOf(system, what, part));
  const failed = reads.find(({ whole }) => !whole);
  const [oldest] = reads.flatMap(({ asOf }) => asOf ?? []).sort();
  const read = {
    system,
    what: `${what} (${parts.length})`,
    ...(oldest !== undefined && { asOf: oldest }),
    whole: failed === undefined && parts.length > 0,
    rows: reads.reduce((sum, { rows }) => sum + rows, 0),
    ...(failed?.why !== undefined && { why: failed.why }),
  };
  return [read];
}
