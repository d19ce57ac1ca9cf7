/** What groups get and who gets it through them, as rows that somebody can be asked to keep, revoke or change. */

import { accountsOf } from "../../analysis/accounts.ts";
import { sensitivityOf } from "../../analysis/effective.ts";
import { activeMembers, groupName, mappingsOf, type ResolvedMapping } from "../../analysis/grants.ts";
import { daysSince } from "../../analysis/judgements/credentialAges.ts";
import { lineOf, startsIn } from "../../analysis/places.ts";
import type { Snapshot } from "../../analysis/snapshot.ts";
import type { Principal } from "../../model/directory.ts";
import { itemsOf } from "../../model/knowledge.ts";
import { compareText } from "../../model/order.ts";
import type { Problem } from "../../model/problem.ts";
import type { OrganizationConfig } from "../../model/project.ts";
import type { Account, Sensitivity, TargetInventory } from "../../model/target.ts";
import { stateText } from "../directoryStates.ts";
import type { DirectoryPeople } from "../leavers.ts";
import { fingerprintOf, type GivenItem, grantsIn, isGone, membersGap } from "./grant.ts";
import { type GrantHistory, grantKey, sinceText } from "./since.ts";

/** `grant`: what a group gets; `person`: somebody in that group; `outside`: what an account holds that no mapping gives. */
export type ReviewRowKind = "grant" | "person" | "outside";

export interface ReviewRow {
  readonly kind: ReviewRowKind;
  readonly organization: string;
  /** Of a grant: how many active people the group has, as text, with `at least` where not all are known. */
  readonly people?: string;
  readonly person?: string;
  /** Where it is another text than `person`. */
  readonly email?: string;
  readonly name?: string;
  /** State in the directory, or what kind of account it is. */
  readonly state?: string;
  readonly account?: string;
  readonly lastLogin?: string;
  /** Days since the account was made. */
  readonly age?: number;
  readonly access: string;
  readonly accessKind: "role" | "team";
  readonly sensitivity?: Sensitivity;
  readonly group?: string;
  readonly directory?: string;
  /** `access/platform.accessmap.yaml:12` */
  readonly place?: string;
  readonly reason?: string;
  readonly until?: string;
  readonly owner?: string;
  /** Day since when the files give it, as text; see `sinceText`. */
  readonly since?: string;
  /** Ids of rules. */
  readonly findings: readonly string[];
  /** Hash of what the files said of the grant. */
  readonly fingerprint?: string;
}

/** A grant with everybody who has it: what beneficiaries are told by. */
export interface ReviewedGrant {
  readonly grant: ReviewRow;
  readonly people: readonly ReviewRow[];
  /** Logins and addresses of all people in the group. */
  readonly beneficiaries: ReadonlySet<string>;
}

export interface ReviewMaterial {
  readonly grants: readonly ReviewedGrant[];
  /** Members of some group are not wholly known: what looks as if nothing gave it may come through that. */
  readonly isVague: boolean;
}

export type Hash = (text: string) => string;

/** What rows are told with besides the snapshot. */
export interface RowMaterial {
  /** Of the whole project, by file. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  /** What directories told of everybody in them, also of those in no mapped group. */
  readonly people: DirectoryPeople;
  readonly hash: Hash;
  readonly history?: GrantHistory;
}

/** Of one organization, in file order. */
export function reviewMaterial(
  snapshot: Snapshot,
  organization: OrganizationConfig,
  material: RowMaterial,
): ReviewMaterial {
  const target = snapshot.targets.get(organization.name);
  const mappings = mappingsOf(snapshot, organization.name).filter(({ inForce, mapping }) => inForce && mapping.group);
  const grants = mappings.flatMap((resolved) => {
    const findings = findingsAt(snapshot, resolved, material.problems);
    return grantsIn(resolved).map((grant) => reviewedGrant(snapshot, target, resolved, grant, findings, material));
  });
  const isVague = mappings.some((resolved) => membersGap(resolved) !== undefined);
  return { grants, isVague };
}

function reviewedGrant(
  snapshot: Snapshot,
  target: TargetInventory | undefined,
  resolved: ResolvedMapping,
  grant: GivenItem,
  findings: readonly string[],
  { hash, history }: RowMaterial,
): ReviewedGrant {
  const { mapping, file, directory, members } = resolved;
  const { line } = lineOf(snapshot, { source: mapping.source, span: mapping.span });
  const owner = mapping.owner?.value ?? file.owner?.value;
  const shared = {
    organization: resolved.organization?.name ?? "",
    access: grant.name,
    accessKind: grant.kind,
    ...(grant.role && target && { sensitivity: sensitivityOf(target, grant.role) }),
    group: groupName(resolved),
    ...(directory && { directory: directory.name }),
    place: `${file.file}:${line}`,
    ...(mapping.reason && { reason: mapping.reason.value }),
    ...(mapping.until && { until: mapping.until.value }),
    ...(owner !== undefined && { owner }),
    since: history ? sinceText(history, grantKey(resolved, grant)) : "not known",
    fingerprint: fingerprintOf(resolved, grant, hash),
  } as const;
  const active = [...activeMembers(members)].sort((a, b) => compareText(a.login, b.login));
  const gap = membersGap(resolved);
  const people = members.state === "unknown" && gap ? "not known" : `${gap ? "at least " : ""}${active.length}`;
  return {
    grant: {
      kind: "grant",
      people: isGone(resolved) ? `${people}, there is no such group` : people,
      findings,
      ...shared,
    },
    people: active.map((person) => ({
      kind: "person",
      findings: [],
      ...shared,
      ...personFields(snapshot, target, person),
    })),
    beneficiaries: new Set([...itemsOf(members).values()].flatMap(({ login, email }) => [login, email])),
  };
}

function personFields(snapshot: Snapshot, target: TargetInventory | undefined, person: Principal) {
  const [account, ...others] = target ? accountsOf(target, person) : [];
  const own = others.length === 0 ? account : undefined;
  return {
    person: person.login,
    ...(person.email !== person.login && { email: person.email }),
    name: person.name,
    state: stateText(person),
    account: others.length > 0 ? "several" : (own?.status ?? "none"),
    ...(own && accountFields(snapshot, own)),
  };
}

/** When it was used last, and how old it is. */
export function accountFields({ now }: Snapshot, { lastLogin, createdAt }: Account) {
  return {
    ...(lastLogin !== undefined && { lastLogin: lastLogin.slice(0, 10) }),
    ...(createdAt !== undefined && { age: daysSince(createdAt, now) }),
  };
}

/** Rules that have something to say at the mapping, its own names included. */
function findingsAt(
  snapshot: Snapshot,
  { mapping }: ResolvedMapping,
  problems: ReadonlyMap<string, readonly Problem[]>,
): readonly string[] {
  const by = startsIn(snapshot)(mapping.source);
  const [start, end] = [mapping.span.start + by, mapping.span.end + by];
  const own = (problems.get(mapping.source.file) ?? []).filter(
    ({ place: { span } }) => span.start >= start && span.start < end,
  );
  return [...new Set(own.map(({ rule }) => rule))].sort();
}
